/** What the launcher imports at the first sign of interest: the panel, its language, and the connection behind it. */
import { getConversationSession } from '../../core/client/conversation-session.js';
import { getVisitorClient } from '../../core/client/visitor-client.js';
import { createEnglishTranslator, loadTranslator, type Translator } from '../../core/locale.js';
import { customerCatalogue } from '../../locales/customer.js';
import type { CustomerKey } from '../../locales/en.js';
import type { MountPanel } from '../panel-contract.js';
import { ChatController, type ChatConnector } from './chat-controller.js';
import './define.js';

const connector: ChatConnector = {
  connect(serverUrl, site) {
    const client = getVisitorClient({ serverUrl, site });
    return { client, session: getConversationSession(client) };
  },
};

/** A language that takes longer than this to arrive follows the panel instead of holding it back. */
const LANGUAGE_WAIT_MS = 3_000;

export const mountPanel: MountPanel = async (parent, owner, options) => {
  const translator = await Promise.race([loadTranslator(customerCatalogue, options.language), createEnglishLater()]);
  const panel = document.createElement('frontdesk-chat-panel');
  panel.setAttribute('exportparts', 'panel, header, thread, composer');
  const controller = new ChatController(panel, owner, options, connector, translator);
  parent.append(panel);
  return controller;
};

function createEnglishLater(): Promise<Translator<CustomerKey>> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(createEnglishTranslator(customerCatalogue)), LANGUAGE_WAIT_MS);
  });
}
