/** Months in minutes: a display whose clock, server and loudspeaker the test turns, as fast as the browser can draw. */
import type { BoardCall } from '@frontdesk/protocol/queue-device';
import { buildBoard, buildCalls, openDisplay, type DisplayFixture } from './display-fixture.js';

const HOUR_SECONDS = 3_600;
const BEAT_SECONDS = 8;
/** Counters at work, and calls that stand among those before. */
const COUNTERS = 8;
const BEFORE = 12;

export interface Soak {
  /** Lets an hour pass in which this many calls are made, every tenth of them twice. */
  passHour(calls: number): Promise<void>;
  countNodes(): number;
  readonly announced: number;
  readonly labels: readonly string[];
}

function countNodes(root: Node): number {
  let count = 1;
  for (const child of root.childNodes) count += countNodes(child);
  return root instanceof Element && root.shadowRoot ? count + countNodes(root.shadowRoot) : count;
}

class Room implements Soak {
  announced = 0;
  #sequence = 0;
  #rev = 1;
  #calls: BoardCall[] = [];
  readonly #fixture: DisplayFixture;

  constructor(fixture: DisplayFixture) {
    this.#fixture = fixture;
  }

  get labels(): readonly string[] {
    return this.#fixture.labels();
  }

  countNodes(): number {
    return countNodes(this.#fixture.display);
  }

  async passHour(calls: number): Promise<void> {
    const every = Math.max(1, Math.floor(HOUR_SECONDS / calls));
    for (let second = 0; second < HOUR_SECONDS; second += 1) {
      if (second % every === 0 && second / every < calls) await this.#call();
      if (second % BEAT_SECONDS === 0) await this.#fixture.server.beat();
      await this.#fixture.advance(1_000);
    }
    this.#forgetEvidence();
  }

  async #call(): Promise<void> {
    const { clock, server } = this.#fixture;
    this.#sequence += 1;
    const [call] = buildCalls(clock, 1, this.#sequence);
    const [latest] = this.#calls;
    if (!call) return;
    const recalledAt = new Date(clock.now()).toISOString();
    const isRecall = this.#sequence % 10 === 0 && latest !== undefined;
    const [first, others] = isRecall
      ? [{ ...latest, sequence: this.#sequence, recalledAt }, this.#calls.slice(1)]
      : [call, this.#calls];
    this.#calls = [first, ...others]
      .map((one, index): BoardCall => (index < COUNTERS ? one : { ...one, state: 'gone' }))
      .slice(0, COUNTERS + BEFORE);
    this.#rev += 1;
    await server.push(buildBoard(this.#calls, { rev: this.#rev }));
  }

  /** What the fixtures write down is not the display's. */
  #forgetEvidence(): void {
    const { server, speech, output } = this.#fixture;
    this.announced += speech.said.length;
    server.sent.length = 0;
    speech.said.length = 0;
    output.played.length = 0;
  }
}

export async function startSoak(): Promise<Soak> {
  return new Room(await openDisplay());
}
