/** What is said about classes, beside what booking says. */
import type { Translator } from '../../core/locale.js';
import type { ClassKey } from '../../locales/class.js';

export type ClassWords = Translator<ClassKey>;
