export { FrontdeskChat } from './chat.js';
export * from './chat-events.js';
