/**
 * Binds the store of the inbox to the client and to its element. Requests come in, results and pushed facts become
 * actions; nothing here knows how anything looks.
 */
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { StaffClient } from '../core/client/staff-client.js';
import { createStaffList } from '../core/client/staff-list.js';
import { createStaffThread } from '../core/client/staff-thread.js';
import type { ConversationChange, StaffList, StaffThread } from '../core/client/staff-types.js';
import type { DeskSession } from './inbox-desk.js';
import type { InboxRequest } from './inbox-events.js';
import { INITIAL_INBOX, reduceInbox, type InboxAction, type InboxState } from './inbox-store.js';

export class InboxController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: InboxState = INITIAL_INBOX;
  #client: StaffClient | null = null;
  #session: DeskSession | null = null;
  #list: StaffList | null = null;
  #thread: StaffThread | null = null;
  /** The conversation of `#thread`; the chosen one may be ahead of it for a moment. */
  #openId: ConversationId | null = null;
  #leaveThread: (() => void) | null = null;
  /** Threads that were left with texts on their way; what is in their outboxes is nowhere else. */
  readonly #parked = new Map<ConversationId, { readonly thread: StaffThread; readonly unsubscribe: () => void }>();
  readonly #cleanUps: (() => void)[] = [];
  /** Whose drafts are kept after a sign-out; another person must not find them. */
  #lastMember: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): InboxState {
    return this.#state;
  }

  get session(): DeskSession | null {
    return this.#session;
  }

  hostDisconnected(): void {
    this.leave();
  }

  enter(client: StaffClient, session: DeskSession): void {
    const { id: memberId } = session.membership;
    if (this.#lastMember !== null && this.#lastMember !== memberId) this.#state = INITIAL_INBOX;
    this.#lastMember = memberId;
    this.#client = client;
    this.#session = session;
    const list = createStaffList({ client, memberId });
    this.#list = list;
    const { connection } = client;
    this.#cleanUps.push(
      connection.acquire(),
      connection.subscribe(({ phase }) => this.#dispatch({ type: 'connection-changed', connection: phase })),
      connection.on('presence:changed', (fact) => this.#dispatch({ type: 'presence-changed', ...fact })),
      connection.on('workspace:changed', () => void this.#loadWorkspace(client)),
      list.subscribe((state) => this.#dispatch({ type: 'list-changed', list: state })),
    );
    list.start();
    this.#dispatch({ type: 'connection-changed', connection: connection.getState().phase });
    this.#dispatch({ type: 'list-changed', list: list.getState() });
    void this.#loadWorkspace(client);
    if (this.#state.selectedId !== null) this.#openThread(this.#state.selectedId);
  }

  leave(): void {
    this.#closeThread();
    this.#returnUnsent();
    this.#list?.stop();
    this.#list = null;
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    if (this.#client === null) return;
    this.#client = null;
    this.#session = null;
    this.#dispatch({ type: 'signed-out' });
  }

  handle(request: InboxRequest): void {
    switch (request.type) {
      case 'choose-view':
        return this.#list?.setView(request.view);
      case 'filter':
        return this.#dispatch({ type: 'filter-typed', text: request.text });
      case 'choose-density':
        return this.#dispatch({ type: 'density-chosen', density: request.density });
      case 'load-more':
        return void this.#list?.loadMore();
      case 'reload-list':
        return void this.#list?.refresh();
      case 'show-pane':
        return this.#dispatch({ type: 'pane-shown', pane: request.pane });
      case 'toggle-help':
        return this.#dispatch({ type: 'help-toggled', open: request.open });
      case 'switch-shortcuts':
        return this.#dispatch({ type: 'shortcuts-switched', on: request.on });
      case 'dismiss-failure':
        return this.#dispatch({ type: 'failure-shown', error: null });
      case 'dismiss-conflict':
        return this.#dispatch({ type: 'conflict-dismissed' });
      case 'set-presence':
        return void this.#setPresence(request.availability);
      case 'open':
        return this.#open(request.conversationId);
      case 'sign-out':
        return;
      default:
        return this.#handleThread(request);
    }
  }

  #handleThread(request: ThreadRequest): void {
    const conversationId = this.#state.selectedId;
    const thread = this.#thread;
    if (conversationId === null) return;
    switch (request.type) {
      case 'choose-mode':
        return this.#dispatch({ type: 'mode-chosen', conversationId, mode: request.mode });
      case 'type-draft':
        return this.#dispatch({ type: 'draft-typed', conversationId, text: request.text });
      case 'set-typing':
        return thread?.setTyping(request.on, request.mode);
      case 'send':
        return void this.#send(conversationId, request.text, request.mode);
      case 'send-anyway':
        return void thread?.sendAnyway();
      case 'take-back':
        return void this.#takeBack(conversationId);
      case 'retry-entry':
        return void thread?.retryMessage(request.key);
      case 'remove-entry':
        return void this.#takeBackEntry(conversationId, request.key);
      case 'seen':
        return thread?.markRead();
      case 'load-older':
        return void thread?.loadOlder();
      case 'reload-thread':
        return thread?.retry();
      case 'change':
        return void this.#change(conversationId, request.set);
      case 'change-again': {
        const wanted = this.#state.conflict?.wanted;
        this.#dispatch({ type: 'conflict-dismissed' });
        return wanted === undefined ? undefined : void this.#change(conversationId, wanted);
      }
    }
  }

  #dispatch(action: InboxAction): void {
    const next = reduceInbox(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.#host.requestUpdate();
  }

  #open(conversationId: ConversationId | null): void {
    const isSame = conversationId === this.#state.selectedId && this.#thread !== null;
    this.#dispatch({ type: 'thread-chosen', conversationId });
    if (isSame) return;
    this.#closeThread();
    if (conversationId !== null) this.#openThread(conversationId);
  }

  #openThread(conversationId: ConversationId): void {
    if (this.#client === null || this.#session === null) return;
    const thread =
      this.#unpark(conversationId) ??
      createStaffThread({
        client: this.#client,
        memberId: this.#session.membership.id,
        conversationId,
      });
    this.#thread = thread;
    this.#openId = conversationId;
    const follow = (): void => this.#dispatch({ type: 'thread-changed', conversationId, thread: thread.getState() });
    const unsubscribe = thread.subscribe(follow);
    this.#leaveThread = () => {
      unsubscribe();
      thread.stop();
    };
    thread.start();
    follow();
  }

  #closeThread(): void {
    const thread = this.#thread;
    this.#leaveThread?.();
    this.#leaveThread = null;
    this.#thread = null;
    if (thread !== null && this.#openId !== null && thread.listUnsent().length > 0) this.#park(this.#openId, thread);
    this.#openId = null;
  }

  #park(conversationId: ConversationId, thread: StaffThread): void {
    const follow = (): void => {
      if (thread.listUnsent().length === 0) this.#unpark(conversationId);
      else this.#noteUnsent();
    };
    this.#parked.set(conversationId, { thread, unsubscribe: thread.subscribe(follow) });
    this.#noteUnsent();
  }

  #unpark(conversationId: ConversationId): StaffThread | undefined {
    const parked = this.#parked.get(conversationId);
    if (parked === undefined) return undefined;
    parked.unsubscribe();
    this.#parked.delete(conversationId);
    this.#noteUnsent();
    return parked.thread;
  }

  #noteUnsent(): void {
    const unsent = [...this.#parked]
      .filter(([, { thread }]) => thread.listUnsent().some(({ needsPerson }) => needsPerson))
      .map(([id]) => id);
    if (unsent.join() !== this.#state.unsent.join()) this.#dispatch({ type: 'unsent-changed', unsent });
  }

  /** The session ended before these were sent: they become drafts again, for their writer and nobody else. */
  #returnUnsent(): void {
    for (const conversationId of [...this.#parked.keys()]) {
      // Each is put above what is there, so the last one goes first.
      for (const { body, mode } of [...(this.#unpark(conversationId)?.listUnsent() ?? [])].reverse()) {
        this.#dispatch({ type: 'draft-returned', conversationId, mode, text: body });
      }
    }
  }

  async #send(conversationId: ConversationId, text: string, mode: 'reply' | 'note'): Promise<void> {
    if (this.#thread === null) return;
    // The mode comes with the request, from the moment of the key press, so a later switch cannot redirect a note.
    this.#dispatch({ type: 'draft-sent', conversationId, mode });
    const isShown = await this.#thread.send(text, mode);
    if (!isShown) this.#dispatch({ type: 'draft-returned', conversationId, mode, text });
  }

  async #takeBack(conversationId: ConversationId): Promise<void> {
    const text = await this.#thread?.takeBackMoved();
    if (text) this.#dispatch({ type: 'draft-returned', conversationId, mode: 'reply', text });
  }

  async #takeBackEntry(
    conversationId: ConversationId,
    key: Parameters<StaffThread['removeMessage']>[0],
  ): Promise<void> {
    const item = this.#thread?.getState().items.find((candidate) => candidate.key === key);
    if (item === undefined || !(await this.#thread?.removeMessage(key))) return;
    const mode = item.kind === 'note' ? 'note' : 'reply';
    this.#dispatch({ type: 'draft-returned', conversationId, mode, text: item.body });
  }

  async #change(conversationId: ConversationId, wanted: ConversationChange): Promise<void> {
    const result = await this.#thread?.update(wanted);
    if (result === undefined || result.ok) return;
    const { error } = result;
    if (error.code === 'CONFLICT') {
      const current = readCurrent(error.current) ?? this.#state.thread?.conversation ?? null;
      if (current !== null) {
        this.#dispatch({ type: 'conflict-found', conflict: { conversationId, wanted, current } });
        return;
      }
    }
    this.#dispatch({ type: 'failure-shown', error });
  }

  async #setPresence(availability: 'online' | 'away'): Promise<void> {
    const result = await this.#client?.connection.request('presence:set', { availability });
    const memberId = this.#session?.membership.id;
    if (result?.ok && memberId !== undefined) this.#dispatch({ type: 'presence-changed', memberId, availability });
    else if (result?.ok === false) this.#dispatch({ type: 'failure-shown', error: result.error });
  }

  async #loadWorkspace(client: StaffClient): Promise<void> {
    const { connection } = client;
    const [members, teams, inboxes] = await Promise.all([
      connection.request('member:list', {}),
      connection.request('team:list', {}),
      connection.request('inbox:list', {}),
    ]);
    if (client !== this.#client) return;
    this.#dispatch({
      type: 'workspace-loaded',
      ...(members.ok ? { members: members.data.members } : {}),
      ...(teams.ok ? { teams: teams.data.teams } : {}),
      ...(inboxes.ok ? { inboxes: inboxes.data.inboxes } : {}),
    });
  }
}

type ThreadRequest = Exclude<
  InboxRequest,
  {
    type:
      | 'choose-view'
      | 'filter'
      | 'choose-density'
      | 'load-more'
      | 'reload-list'
      | 'show-pane'
      | 'toggle-help'
      | 'switch-shortcuts'
      | 'dismiss-failure'
      | 'dismiss-conflict'
      | 'set-presence'
      | 'open'
      | 'sign-out';
  }
>;

/** `current` of a CONFLICT is the conversation, or an object that holds it; anything else is not trusted. */
function readCurrent(current: unknown): StaffConversationDto | null {
  if (typeof current !== 'object' || current === null) return null;
  const candidate = 'conversation' in current ? current.conversation : current;
  if (typeof candidate !== 'object' || candidate === null || !('rev' in candidate)) return null;
  return candidate as StaffConversationDto;
}
