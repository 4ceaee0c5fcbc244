import { defineElement } from '../../core/define-element.js';
import { FrontdeskChatComposer } from './chat-composer.js';
import { FrontdeskChatPanel } from './chat-panel.js';
import { FrontdeskChatThread } from './chat-thread.js';

defineElement('frontdesk-chat-thread', FrontdeskChatThread);
defineElement('frontdesk-chat-composer', FrontdeskChatComposer);
defineElement('frontdesk-chat-panel', FrontdeskChatPanel);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-chat-thread': FrontdeskChatThread;
    'frontdesk-chat-composer': FrontdeskChatComposer;
    'frontdesk-chat-panel': FrontdeskChatPanel;
  }
}
