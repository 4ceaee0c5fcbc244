/**
 * Between the panel, which draws, and the conversation session, which knows. All side effects of the open chat are in
 * this file: storage flags, sound, public events, read marks.
 */
import type { SiteKey } from '@frontdesk/protocol/ids';
import type { ChatState, ConversationSession } from '../../core/client/session-types.js';
import type { VisitorClient } from '../../core/client/visitor-client.js';
import { loadTranslator, type Translator } from '../../core/locale.js';
import { directionOf } from '../../core/resolve-locale.js';
import { applyTheme, parseColorScheme } from '../../core/theme.js';
import { customerCatalogue } from '../../locales/customer.js';
import {
  FrontdeskConversationStartedEvent,
  FrontdeskErrorEvent,
  FrontdeskMessageEvent,
  FrontdeskUnreadChangedEvent,
} from '../chat-events.js';
import type { CustomerKey } from '../../locales/en.js';
import type { MountedPanel, PanelOptions, PanelOwner } from '../panel-contract.js';
import type { FrontdeskChatPanel } from './chat-panel.js';
import { createChime } from './chime.js';
import { ChatRequestEvent, type ChatRequestName, type ChatRequests } from './requests.js';

const OTHER_SIDE = { start: 'end', end: 'start' } as const;

export interface ChatConnector {
  connect(serverUrl: string, site: SiteKey): { readonly client: VisitorClient; readonly session: ConversationSession };
}

export class ChatController implements MountedPanel {
  readonly #panel: FrontdeskChatPanel;
  readonly #owner: PanelOwner;
  readonly #connector: ChatConnector;
  readonly #chime = createChime();
  #options: PanelOptions;
  #client: VisitorClient;
  #session: ConversationSession;
  #unsubscribe: () => void = () => undefined;
  #state: ChatState;
  #identityToken: string | null = null;
  #isIdentified = false;
  #isShown = false;

  constructor(
    panel: FrontdeskChatPanel,
    owner: PanelOwner,
    options: PanelOptions,
    connector: ChatConnector,
    translator: Translator<CustomerKey>,
  ) {
    this.#panel = panel;
    this.#owner = owner;
    this.#options = options;
    this.#connector = connector;
    const { client, session } = connector.connect(options.serverUrl, options.site as SiteKey);
    this.#client = client;
    this.#session = session;
    this.#state = session.getState();
    panel.translator = translator;
    panel.isMuted = client.storage.readFlag('sound') === false;
    panel.state = this.#state;
    panel.addEventListener(ChatRequestEvent.eventName, (event) => this.#handleRequest(event as ChatRequestEvent));
    for (const gesture of ['pointerdown', 'keydown']) panel.addEventListener(gesture, () => this.#chime.unlock());
    panel.addController({
      hostConnected: () => {
        this.#applyLook();
        this.#start();
      },
      hostDisconnected: () => this.#stop(),
    });
    if (translator.tag !== options.language.tag) this.#loadLanguage();
    this.#identify();
  }

  configure(options: PanelOptions): void {
    const before = this.#options;
    this.#options = options;
    if (options.serverUrl !== before.serverUrl || options.site !== before.site) this.#reconnect();
    if (options.language.tag !== before.language.tag) this.#loadLanguage();
    this.#applyLook();
    if (options.identityToken !== before.identityToken) this.#identify();
  }

  show({ shouldFocus }: { readonly shouldFocus: boolean }): void {
    this.#isShown = true;
    this.#panel.isOpen = true;
    if (this.#canUseServer) this.#session.open();
    this.#rememberOpen();
    // The page may be in the middle of a gesture that opened the chat: the chime may be unlocked by it.
    if (shouldFocus) {
      this.#chime.unlock();
      void this.#panel.updateComplete.then(() => this.#panel.focusComposer());
    }
  }

  hide(): void {
    this.#isShown = false;
    this.#panel.isOpen = false;
    this.#rememberOpen();
  }

  send(body: string): Promise<boolean> {
    return this.#session.send(body);
  }

  async reset(): Promise<void> {
    this.#isIdentified = false;
    await this.#session.forget();
  }

  get #canUseServer(): boolean {
    return this.#options.site !== '';
  }

  #start(): void {
    this.#unsubscribe();
    this.#unsubscribe = this.#session.subscribe(() => this.#handleState(this.#session.getState()));
    document.addEventListener('visibilitychange', this.#handleVisibility);
    if (!this.#canUseServer) {
      this.#owner.announce(new FrontdeskErrorEvent('VALIDATION', 'The attribute "site" is missing.'));
      return;
    }
    this.#session.setStartDetails({ locale: this.#options.language.locale });
    this.#session.start();
    this.#handleState(this.#session.getState());
  }

  #stop(): void {
    this.#unsubscribe();
    this.#unsubscribe = () => undefined;
    document.removeEventListener('visibilitychange', this.#handleVisibility);
    if (this.#canUseServer) this.#session.stop();
  }

  #reconnect(): void {
    this.#stop();
    const { client, session } = this.#connector.connect(this.#options.serverUrl, this.#options.site as SiteKey);
    this.#client = client;
    this.#session = session;
    this.#isIdentified = false;
    this.#identityToken = null;
    if (this.#panel.isConnected) this.#start();
    if (this.#isShown && this.#canUseServer) this.#session.open();
  }

  /** The whole theme goes on `<frontdesk-chat>` itself, so that the page can override any token there. */
  #applyLook(): void {
    const { accent, colorScheme, side, language } = this.#options;
    // The launcher keeps to the page's direction also while, or because, the panel has to speak English.
    const isMirrored = this.#panel.translator.direction !== directionOf(language.locale);
    this.#panel.dataset['side'] = isMirrored ? OTHER_SIDE[side] : side;
    const root = this.#panel.getRootNode();
    if (root instanceof ShadowRoot) applyTheme(root, accent, parseColorScheme(colorScheme));
  }

  #loadLanguage(): void {
    const { language } = this.#options;
    this.#session.setStartDetails({ locale: language.locale });
    void loadTranslator(customerCatalogue, language).then((translator) => {
      if (language.tag !== this.#options.language.tag) return;
      this.#panel.translator = translator;
      this.#applyLook();
    });
  }

  /** The token goes to the server as soon as there is one; a refused one is the page developer's to repair. */
  #identify(): void {
    const { identityToken } = this.#options;
    if (identityToken === null || identityToken === this.#identityToken) return;
    this.#identityToken = identityToken;
    void this.#session.identify(identityToken).then((result) => {
      if (identityToken !== this.#identityToken) return;
      this.#isIdentified = result.ok;
      if (!result.ok) this.#owner.announce(new FrontdeskErrorEvent(result.error.code, result.error.message));
      this.#handleState(this.#session.getState());
    });
  }

  #handleState(next: ChatState): void {
    const before = this.#state;
    this.#state = next;
    this.#panel.state = next;
    this.#panel.needsSignIn = next.site?.requireIdentity === true && !this.#isIdentified;
    if (next.site && next.site !== before.site) this.#owner.handleTheme(next.site.theme);
    if (next.conversation && before.conversation?.id !== next.conversation.id) this.#handleConversation(before, next);
    if (next.messages !== before.messages) this.#handleMessages(before, next);
    if (next.unreadCount !== before.unreadCount) {
      this.#owner.handleUnread(next.unreadCount);
      this.#owner.announce(new FrontdeskUnreadChangedEvent(next.unreadCount));
    }
    this.#markRead();
    const { connection, error } = next;
    const reason = connection.phase === 'refused' ? connection.reason : next.phase === 'failed' ? error : null;
    const reasonBefore = before.connection.phase === 'refused' ? before.connection.reason : before.error;
    if (reason && reason !== reasonBefore) {
      this.#owner.announce(new FrontdeskErrorEvent(reason.code, reason.message));
    }
  }

  #handleConversation(before: ChatState, next: ChatState): void {
    this.#rememberOpen();
    // Found again is not started: only a message of this page's visitor makes a conversation new.
    const isStarted = before.conversation === null && before.messages.some(({ isMine, seq }) => isMine && seq === null);
    if (isStarted && next.conversation) {
      this.#owner.announce(new FrontdeskConversationStartedEvent(next.conversation.id));
    }
  }

  /** Tells the page about what is new; the history of a returning visitor is not. */
  #handleMessages(before: ChatState, next: ChatState): void {
    if (before.phase === 'loading' || next.phase === 'loading') return;
    const isHistory = before.conversation === null && before.messages.length === 0;
    if (isHistory) return;
    const known = new Map(before.messages.map((message) => [message.id, message.seq]));
    const newest = Math.max(0, ...before.messages.map(({ seq }) => seq ?? 0));
    for (const { id, isMine, authorName, body, at, seq } of next.messages) {
      if (seq === null || seq <= newest || (known.get(id) ?? null) !== null) continue;
      this.#owner.announce(new FrontdeskMessageEvent({ id, isMine, authorName, body, at }));
      const isSeen = this.#isShown && document.visibilityState === 'visible';
      if (!isMine && !isSeen && !this.#panel.isMuted) this.#chime.play();
    }
  }

  readonly #handleVisibility = (): void => this.#markRead();

  #markRead(): void {
    const isSeen = this.#isShown && document.visibilityState === 'visible';
    if (isSeen && this.#state.unreadCount > 0 && this.#panel.isAtNewest) this.#session.markRead();
  }

  /** Written only for those who chat already: a look into an empty chat leaves no trace. */
  #rememberOpen(): void {
    const { storage } = this.#client;
    if (storage.hasHistory()) storage.writeFlag('chatOpen', this.#isShown);
  }

  #handleRequest(event: ChatRequestEvent): void {
    event.stopPropagation();
    const handlers: { [Name in ChatRequestName]: (detail: ChatRequests[Name]) => void } = {
      send: ({ body }) => void this.#sendTyped(body),
      retry: ({ key }) => void this.#session.retryMessage(key),
      remove: ({ key }) => void this.#session.removeMessage(key),
      draft: ({ text }) => {
        this.#session.setDraft(text);
        this.#session.setTyping(text.trim() !== '');
      },
      read: () => this.#markRead(),
      older: () => void this.#session.loadOlder(),
      reload: () => this.#session.retry(),
      close: () => this.#owner.handleClose(),
      sound: ({ isOn }) => {
        this.#panel.isMuted = !isOn;
        this.#client.storage.writeFlag('sound', isOn);
      },
    };
    (handlers[event.request] as (detail: unknown) => void)(event.detail);
  }

  /** What the visitor typed is in the field again if it could not even be kept. */
  async #sendTyped(body: string): Promise<void> {
    const isKept = await this.#session.send(body).catch(() => false);
    if (!isKept && body.trim() !== '') this.#session.setDraft(body);
  }
}
