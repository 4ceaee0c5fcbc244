/** The framework-free realtime client. See README.md in this folder. */
export type * from './connection-types.js';
export type * from './outbox-item.js';
export type * from './session-types.js';
export type * from './staff-types.js';
export * from './clock.js';
export * from './conversation-session.js';
export * from './environment.js';
export * from './lifecycle.js';
export * from './outcome.js';
export * from './staff-client.js';
export * from './staff-list.js';
export * from './staff-thread.js';
export * from './storage.js';
export * from './store.js';
export * from './visitor-client.js';
