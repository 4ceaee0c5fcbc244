/** Puts one of the states of states.ts on a page, themed as `<frontdesk-chat>` would theme it. For tests and docs. */
import { loadTranslator } from '../core/locale.js';
import { applyTheme, parseColorScheme } from '../core/theme.js';
import { matchLocale } from '../core/resolve-locale.js';
import { customerCatalogue } from '../locales/customer.js';
import { LOCALES } from '@frontdesk/protocol/locales';
import './panel/define.js';
import type { FrontdeskChatPanel } from './panel/chat-panel.js';
import type { ChatExample } from './states.js';

export interface ExampleLook {
  readonly locale?: string;
  readonly accent?: string;
  readonly colorScheme?: string;
  readonly side?: 'start' | 'end';
}

export async function showExample(
  parent: Element,
  example: ChatExample,
  look: ExampleLook = {},
): Promise<FrontdeskChatPanel> {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, look.accent, parseColorScheme(look.colorScheme));
  const panel = document.createElement('frontdesk-chat-panel');
  const language = matchLocale(look.locale ?? example.locale, LOCALES) ?? { locale: 'en', tag: 'en' };
  panel.translator = await loadTranslator(customerCatalogue, language);
  panel.state = example.state;
  panel.isMuted = example.isMuted ?? false;
  panel.needsSignIn = example.needsSignIn ?? false;
  panel.offlineNoticeAfterMs = 0;
  panel.dataset['side'] = look.side ?? 'end';
  panel.isOpen = true;
  root.append(panel);
  parent.append(host);
  await panel.updateComplete;
  return panel;
}
