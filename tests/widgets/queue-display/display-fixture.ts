/** A display in a world that the test drives: its clock, its server, its loudspeaker. No test library, because the soak loads it too. */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import { createDeviceToken } from '@frontdesk/protocol/ids';
import type { SoundState } from '@frontdesk/widgets/core/announcer/audio-output';
import { createEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { createMemoryWebStorage, type StorageBackends } from '@frontdesk/widgets/core/client/storage';
import { createDeviceStorage } from '@frontdesk/widgets/core/client/storage-device';
import '@frontdesk/widgets/queue-display/define';
import type { FrontdeskQueueBoard } from '@frontdesk/widgets/queue-display/queue-board';
import type { FrontdeskQueueDisplay } from '@frontdesk/widgets/queue-display/queue-display';
import {
  createManualClock,
  createScriptedOutput,
  createScriptedServer,
  createScriptedSpeech,
  settle,
  type ManualClock,
  type ScriptedOutput,
  type ScriptedServer,
  type ScriptedSpeech,
} from './scripted-world.js';

export * from './scripted-world.js';

export interface DisplayFixture {
  readonly display: FrontdeskQueueDisplay;
  readonly clock: ManualClock;
  readonly server: ScriptedServer;
  readonly output: ScriptedOutput;
  readonly speech: ScriptedSpeech;
  readonly backends: StorageBackends;
  readonly reloads: { count: number };
  board(): FrontdeskQueueBoard;
  /** Labels on the board in the order of reading. */
  labels(): string[];
  text(selector: string): string;
  advance(ms: number): Promise<void>;
  close(): void;
}

export interface DisplayChoices {
  readonly backends?: StorageBackends;
  readonly clock?: ManualClock;
  readonly sound?: SoundState;
  readonly ownsPage?: boolean;
  readonly isPaired?: boolean;
  readonly fetch?: typeof globalThis.fetch;
  readonly size?: { readonly width: number; readonly height: number };
  readonly device?: DeviceSelf;
  readonly isOnline?: boolean;
}

const answerJson = (data: unknown): Response => new Response(JSON.stringify(data), { status: 200 });
/** No clips, no pairing: a server that answers nothing but its health. */
const healthOnly: typeof globalThis.fetch = (input) =>
  String(input instanceof Request ? input.url : input).endsWith('/health')
    ? Promise.resolve(answerJson({ ok: true }))
    : Promise.reject(new TypeError('no network'));

export function buildBackends(): StorageBackends {
  return { local: createMemoryWebStorage(), session: createMemoryWebStorage(), indexedDB: null };
}

const holders = new Set<HTMLElement>();

/** Takes every display off the page; call it after each test. */
export function closeDisplays(): void {
  for (const holder of holders) holder.remove();
  holders.clear();
}

export async function openDisplay(choices: DisplayChoices = {}): Promise<DisplayFixture> {
  const { backends = buildBackends(), clock = createManualClock(), size = { width: 1280, height: 720 } } = choices;
  const storage = createDeviceStorage('display', backends);
  const server = createScriptedServer(clock);
  if (choices.device) server.device = choices.device;
  if (choices.isPaired !== false && storage.readToken() === null) {
    storage.writeToken(createDeviceToken());
    storage.writeSnapshot({ version: 1, device: server.device, board: null, updatedAtMs: null, lastSequence: 0 });
  }
  const output = createScriptedOutput(clock, choices.sound);
  const speech = createScriptedSpeech(clock);
  const reloads = { count: 0 };
  const environment = createEnvironment({
    clock,
    lifecycle: createManualLifecycle(),
    storage: backends,
    fetch: choices.fetch ?? healthOnly,
    createChannel: null,
    locks: null,
  });
  const holder = document.createElement('div');
  document.body.append(holder);
  holders.add(holder);
  Object.assign(holder.style, {
    position: 'fixed',
    top: '0',
    inlineSize: `${size.width}px`,
    blockSize: `${size.height}px`,
  });
  const display = document.createElement('frontdesk-queue-display') as FrontdeskQueueDisplay;
  display.style.blockSize = '100%';
  display.ownsPage = choices.ownsPage ?? false;
  display.world = {
    environment,
    output,
    speech,
    createClient: (options) => server.createClient(options),
    reloadPage: () => void (reloads.count += 1),
  };
  holder.append(display);
  const finish = async (): Promise<void> => {
    await settle();
    await display.updateComplete;
    await boardOf(display)?.updateComplete;
  };
  if (choices.isOnline !== false) await server.goOnline();
  await finish();
  return {
    display,
    clock,
    server,
    output,
    speech,
    backends,
    reloads,
    board() {
      const board = boardOf(display);
      if (!board) throw new Error('There is no board.');
      return board;
    },
    labels: () =>
      [...(boardOf(display)?.shadowRoot?.querySelectorAll('[data-call] .label') ?? [])].map(
        (label) => label.textContent ?? '',
      ),
    text: (selector) => boardOf(display)?.shadowRoot?.querySelector(selector)?.textContent?.trim() ?? '',
    async advance(ms) {
      await clock.advance(ms);
      await finish();
    },
    close: () => holder.remove(),
  };
}

function boardOf(display: FrontdeskQueueDisplay): FrontdeskQueueBoard | null {
  return display.shadowRoot?.querySelector<FrontdeskQueueBoard>('frontdesk-queue-board') ?? null;
}
