/** What the launcher imports at the first sign of interest: the panel, its language, and the connection behind it. */
import { getConversationSession } from '../../core/client/conversation-session.js';
import { getVisitorClient } from '../../core/client/visitor-client.js';
import type { MountPanel } from '../panel-contract.js';
import { ChatController, type ChatConnector } from './chat-controller.js';
import './define.js';

const connector: ChatConnector = {
  connect(serverUrl, site) {
    const client = getVisitorClient({ serverUrl, site });
    return { client, session: getConversationSession(client) };
  },
};

export const mountPanel: MountPanel = (parent, owner, options) => {
  const panel = document.createElement('frontdesk-chat-panel');
  panel.setAttribute('exportparts', 'panel, header, thread, composer');
  const controller = new ChatController(panel, owner, options, connector);
  parent.append(panel);
  return controller;
};
