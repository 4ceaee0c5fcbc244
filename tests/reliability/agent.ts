/**
 * A member of the business at a screen with all threads open. Replies wait for one another inside a thread, as a person
 * does; what an agent typed lives in memory only, so a killed page leaves an unknown outcome behind.
 */
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import {
  createStaffClient,
  createStaffThread,
  type StaffClient,
  type StaffThread,
  type ThreadItem,
} from '@frontdesk/widgets/core/client/index';
import { createBrowser, type BrowserTab } from './browser.js';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { FinalDisplay, Recorder } from './history.js';
import type { StaffSession } from './provision.js';
import type { Random } from './random.js';
import { createScreen, threadOf, type Screen, type ScreenLine } from './screen.js';

export interface AgentOptions {
  /** Unique in the run, for example `A/agent1`. */
  readonly name: string;
  readonly tenant: string;
  readonly serverUrl: string;
  /** Origin of the staff pages: the server's own. */
  readonly origin: string;
  readonly staff: StaffSession;
  readonly recorder: Recorder;
  readonly random: Random;
  readonly haste?: number;
}

type StaffListPage = StaffCommands['conversation:list']['output'];

interface OpenThread {
  readonly id: ConversationId;
  readonly thread: StaffThread;
  readonly screen: Screen;
  outstanding: string | null;
}

export interface Agent {
  readonly name: string;
  readonly client: StaffClient;
  readonly openThreadCount: number;
  /** True when the thread was free and a reply (or a note) is on its way. */
  write(mode: 'reply' | 'note'): Promise<boolean>;
  /** Reload of the staff page, by force. */
  restart(): void;
  wake(): void;
  /** The server ended this session; the agent stays to see whether anything still comes. */
  recordRevocation(): void;
  countPending(): number;
  loadAll(): Promise<void>;
  display(): FinalDisplay[];
  stop(): void;
}

function toLine({ seq, kind, body, isMine, state, error }: ThreadItem): ScreenLine {
  return { seq, kind, body, isMine, state, errorCode: error?.code ?? null };
}

export function createAgent(options: AgentOptions): Agent {
  return new VirtualAgent(options);
}

class VirtualAgent implements Agent {
  readonly name: string;
  client!: StaffClient;
  private readonly options: AgentOptions;
  private readonly random: Random;
  private readonly threads = new Map<string, OpenThread>();
  private tab!: BrowserTab;
  private lives = 0;
  private written = 0;
  private isRevoked = false;

  constructor(options: AgentOptions) {
    this.options = options;
    this.name = options.name;
    this.random = options.random;
    this.begin();
  }

  get openThreadCount(): number {
    return this.threads.size;
  }

  async write(mode: 'reply' | 'note'): Promise<boolean> {
    const free = [...this.threads.values()].filter(
      ({ outstanding, screen }) => outstanding === null && screen.items.length > 0,
    );
    if (free.length === 0) return false;
    const open = this.random.pick(free);
    const first = open.screen.items.find(({ kind }) => kind === 'message');
    if (!first) return false;
    this.written += 1;
    const thread = threadOf(first.body);
    const body = `${thread}|${this.name}|${this.lives}.${this.written}${mode === 'note' ? ' (note)' : ''}`;
    const { recorder, tenant } = this.options;
    const client = open.screen.client;
    recorder.add({ type: 'invoke', client, sender: client, audience: 'staff', tenant, thread, body });
    open.outstanding = body;
    await open.thread.send(body, mode);
    return true;
  }

  restart(): void {
    this.end();
    this.begin();
  }

  wake(): void {
    this.tab.lifecycle.emit('wake');
  }

  recordRevocation(): void {
    this.isRevoked = true;
    for (const { screen } of this.threads.values()) {
      this.options.recorder.add({ type: 'revoked', client: screen.client });
    }
  }

  countPending(): number {
    return [...this.threads.values()].filter(({ outstanding }) => outstanding !== null).length;
  }

  async loadAll(): Promise<void> {
    for (const { thread } of this.threads.values()) {
      while (thread.getState().hasOlder) {
        const before = thread.getState().items.length;
        await thread.loadOlder();
        if (thread.getState().items.length === before) break;
      }
    }
  }

  display(): FinalDisplay[] {
    if (this.isRevoked) return [];
    return [...this.threads.values()].map(({ id, screen }) => ({
      client: screen.client,
      audience: 'staff',
      conversation: id,
      items: screen.items.map(({ seq, kind, body }) => ({ seq, kind, body })),
    }));
  }

  stop(): void {
    this.end();
  }

  private begin(): void {
    this.lives += 1;
    const { staff, serverUrl, haste } = this.options;
    this.tab = createBrowser({ random: this.random.fork(), origin: this.options.origin, haste: haste ?? 1 }).openTab();
    this.client = createStaffClient({
      serverUrl,
      getAccessToken: staff.getAccessToken,
      refreshAccessToken: staff.refresh,
      environment: this.tab.environment,
    });
    const { connection } = this.client;
    const { tab } = this;
    connection.acquire();
    connection.subscribe(({ phase }) => {
      if (phase === 'online' && tab.isAlive) void this.list();
    });
    // Facts are how an inbox hears of new threads; the list after a reconnect is how it hears of missed ones.
    connection.on('conversation:changed', ({ conversation }) => tab.isAlive && this.open(conversation));
    connection.on('entry:appended', ({ conversationId }) => {
      if (tab.isAlive && !this.threads.has(conversationId)) void this.list();
    });
  }

  private end(): void {
    this.tab.kill();
    for (const { outstanding, screen } of this.threads.values()) {
      if (outstanding !== null) this.options.recorder.add({ type: 'info', client: screen.client, body: outstanding });
    }
    this.threads.clear();
  }

  private async list(): Promise<void> {
    const { client, tab } = this;
    let cursor: string | null = null;
    do {
      const input: { view: 'all-open'; cursor?: string } = { view: 'all-open' };
      if (cursor !== null) input.cursor = cursor;
      const page: Result<StaffListPage> = await client.connection.request('conversation:list', input);
      if (!page.ok || !tab.isAlive) return;
      for (const conversation of page.data.conversations) this.open(conversation);
      ({ cursor } = page.data);
    } while (cursor !== null);
  }

  private open(conversation: Pick<StaffConversationDto, 'id'>): void {
    const { id } = conversation;
    if (this.threads.has(id)) return;
    const { recorder, tenant, staff } = this.options;
    const { client, tab } = this;
    const thread = createStaffThread({ client, memberId: staff.session.membership.id, conversationId: id });
    const screen = createScreen({
      recorder,
      client: `${this.name}.${this.lives}:${id}`,
      audience: 'staff',
      tenant,
      thread: null,
      handleSettled: (line) => {
        if (open.outstanding === line.body) open.outstanding = null;
        if (line.state === 'failed' && !this.isRevoked) {
          recorder.add({ type: 'incident', what: `"${line.body}" was refused with ${line.errorCode}` });
        }
      },
    });
    const open: OpenThread = { id, thread, screen, outstanding: null };
    this.threads.set(id, open);
    thread.subscribe((state) => {
      if (!tab.isAlive) return;
      screen.show(state.items.map(toLine));
      // The reply was held back because the customer wrote meanwhile; this agent always sends it anyway.
      if (state.moved !== null) void thread.sendAnyway();
      if (state.conversation !== null) {
        screen.mark(`${state.conversation.epoch} staffReadUpTo`, state.conversation.staffReadUpTo);
        screen.mark(`${state.conversation.epoch} visitorReadUpTo`, state.conversation.visitorReadUpTo);
      }
      if (this.random.chance(0.2)) thread.markRead();
    });
    thread.start();
  }
}
