/**
 * The wire contract. Browser code imports the files without a validator (`version`, `result`, `ids`, `limits`,
 * `locales`, `vocabulary`) by value and everything else as types.
 */
export * from './auth.js';
export * from './cards.js';
export * from './catalogue.js';
export * from './chat.js';
export * from './command.js';
export type * from './device.js';
export * from './devices.js';
export * from './facts.js';
export * from './hours.js';
export * from './ids.js';
export * from './limits.js';
export * from './locales.js';
export * from './locations.js';
export * from './proof.js';
export * from './queue-counter.js';
export * from './queue-device.js';
export * from './queue-fields.js';
export * from './queue-phone.js';
export * from './queue-reports.js';
export * from './queue-setup.js';
export * from './queue-tickets.js';
export * from './result.js';
export type * from './staff.js';
export * from './tenancy.js';
export type * from './ticket.js';
export * from './version.js';
export type * from './visitor.js';
export * from './vocabulary.js';
