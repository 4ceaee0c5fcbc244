/**
 * Styles that every Frontdesk shadow tree shares. Each is a module of its own, because a style sheet that is imported
 * is bundled whether it is used or not; where bytes matter, import the one.
 */
export * from './base-styles.js';
export * from './button-styles.js';
export * from './input-styles.js';
export * from './select-styles.js';
export * from './surface-styles.js';
