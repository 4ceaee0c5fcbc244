/**
 * The wire contract. Browser code imports the files without a validator (`version`, `result`, `ids`, `limits`,
 * `locales`, `vocabulary`) by value and everything else as types.
 */
export * from './auth.js';
export * from './catalogue.js';
export * from './chat.js';
export * from './command.js';
export * from './facts.js';
export * from './ids.js';
export * from './limits.js';
export * from './locales.js';
export * from './result.js';
export type * from './staff.js';
export * from './tenancy.js';
export * from './version.js';
export type * from './visitor.js';
export * from './vocabulary.js';
