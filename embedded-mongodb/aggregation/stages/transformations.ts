/** Stages that make one document of each; they are also what a pipeline update is made of. */
import type { Scope } from '../expressions/scope.js';
import type { Transformation } from '../stage.js';
import { replaceRoot, replaceWith } from './replace.js';
import { addFields, project, unset } from './shape.js';

export type TransformationFactory = (specification: unknown, scope: Scope) => Transformation;

export const transformations: ReadonlyMap<string, TransformationFactory> = new Map(
  Object.entries<TransformationFactory>({
    $project: project,
    $addFields: addFields,
    $set: addFields,
    $unset: unset,
    $replaceRoot: replaceRoot,
    $replaceWith: replaceWith,
  }),
);
