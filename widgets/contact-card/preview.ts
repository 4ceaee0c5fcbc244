/** What a preview needs to draw a card that is not stored yet. */
import './define.js';

export { describeView } from './card-session.js';
export { loadCardWords } from './card-words.js';
