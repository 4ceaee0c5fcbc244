import { FrontdeskChat } from './chat.js';

// A second copy of the bundle on the page finds the first one's element and leaves it be.
if (!customElements.get('frontdesk-chat')) customElements.define('frontdesk-chat', FrontdeskChat);
