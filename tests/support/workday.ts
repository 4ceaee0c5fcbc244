/** A branch on a day whose clock is set by hand, with staff who sign in again whenever their token is too old. */
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { openBranch, type Branch, type BranchOptions } from './phones.js';
import {
  callHttp,
  dataOf,
  startTestServer,
  type CallAnswer,
  type TestServer,
  type TestServerOptions,
} from './server.js';

const minuteMs = 60_000;
/** Access tokens live ten minutes. */
const TOKEN_MS = 9 * minuteMs;

export interface Workday {
  readonly test: TestServer;
  readonly branch: Branch;
  nowMs(): number;
  wait(minutes: number): void;
  /** As the owner. */
  ask<T>(name: string, input: object, key?: string): Promise<CallAnswer<T>>;
  must<T>(name: string, input: object): Promise<T>;
  /** As a new member with this role. */
  askAs<T>(role: Role, name: string, input: object): Promise<CallAnswer<T>>;
  issue(more?: Readonly<Record<string, unknown>>): Promise<{ readonly id: string; readonly label: string }>;
  /** Calls who is next at the first counter, starts, and completes after so many minutes. */
  serve(minutes: number): Promise<string>;
  /** Everything that was acknowledged stands in rows and reports. */
  settle(): Promise<void>;
  /** The collection behind the product's back. */
  collection(name: string): ReturnType<TestServer['server']['core']['connection']['collection']>;
  close(): Promise<void>;
}

export async function startWorkday(
  startAt: string,
  options: BranchOptions = {},
  serverOptions: TestServerOptions = {},
): Promise<Workday> {
  let nowMs = Date.parse(startAt);
  const test = await startTestServer({ clock: { now: () => nowMs }, ...serverOptions });
  const branch = await openBranch(test, options);
  let token = branch.accessToken;
  let signedInMs = nowMs;

  async function ask<T>(name: string, input: object, key?: string): Promise<CallAnswer<T>> {
    if (nowMs - signedInMs > TOKEN_MS) {
      ({ accessToken: token } = await branch.shop.signIn(branch.shop.ownerEmail));
      signedInMs = nowMs;
    }
    return callHttp<T>(test.url, name, input, { audience: 'staff', token, ...(key && { key }) });
  }
  const must = async <T>(name: string, input: object): Promise<T> => dataOf(await ask<T>(name, input));
  const counterId = branch.counter.id;
  return {
    test,
    branch,
    nowMs: () => nowMs,
    wait(minutes) {
      nowMs += minutes * minuteMs;
    },
    ask,
    must,
    async askAs(role, name, input) {
      const { email } = await branch.shop.addMember(role, `The ${role}`);
      const { accessToken } = await branch.shop.signIn(email);
      return callHttp(test.url, name, input, { audience: 'staff', token: accessToken });
    },
    async issue(more = {}) {
      const { ticket } = await must<{ ticket: { id: string; label: string } }>('ticket:issue-at-desk', {
        locationId: branch.locationId,
        serviceId: branch.service.id,
        language: 'en',
        classKey: null,
        name: null,
        phone: null,
        note: '',
        overridesLimits: true,
        bookedFor: null,
        ...more,
      });
      return ticket;
    },
    async serve(minutes) {
      const view = await must<CounterView>('ticket:call-next', { counterId });
      const ticketId = view.current?.ticket.id ?? '';
      await must('ticket:start', { counterId, ticketId });
      nowMs += minutes * minuteMs;
      await must('ticket:complete', { counterId, ticketId, outcome: null });
      return ticketId;
    },
    settle: () => test.server.queue.flush(),
    collection: (name) => test.server.core.connection.collection(name),
    close: () => test.close(),
  };
}
