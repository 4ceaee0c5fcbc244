import type { Problem } from './boundaries.mjs';

export function findLongFunctions(path: string, text: string): Problem[];
