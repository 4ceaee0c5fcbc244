import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  createLogState,
  hasOlder,
  isBehind,
  needsTail,
  reduceLog,
  type LogPage,
  type LogState,
} from '@frontdesk/widgets/core/client/conversation-log';
import { REORDER_BUFFER_MAX } from '@frontdesk/protocol/limits';

interface Entry {
  readonly seq: number;
  readonly text: string;
}

interface Truth {
  readonly epoch: string;
  readonly minSeq: number;
  readonly entries: readonly Entry[];
}

function buildTruth(head: number, epoch = 'epoch-a', minSeq = 1): Truth {
  const entries = Array.from({ length: head - minSeq + 1 }, (_, index) => {
    const seq = minSeq + index;
    return { seq, text: `${epoch}/${seq}` };
  });
  return { epoch, minSeq, entries };
}

/** What a server that knows the log up to `head` answers. */
function readPage(truth: Truth, head: number, after: number, limit: number): LogPage<Entry> {
  const known = truth.entries.filter((entry) => entry.seq <= head);
  const entries = known.filter((entry) => entry.seq > after).slice(0, limit);
  return { entries, head, minSeq: truth.minSeq, epoch: truth.epoch, more: (entries.at(-1)?.seq ?? head) < head };
}

function readTail(truth: Truth, head: number, limit: number): LogPage<Entry> {
  return { ...readPage(truth, head, Math.max(head - limit, truth.minSeq - 1), limit), more: false };
}

/** What log-sync does, without the network. */
function catchUp(state: LogState<Entry>, truth: Truth, limit: number): LogState<Entry> {
  const head = truth.entries.at(-1)?.seq ?? truth.minSeq - 1;
  let next = reduceLog(state, { type: 'head', epoch: truth.epoch, seq: head });
  for (let tries = 0; isBehind(next) && tries < 1_000; tries += 1) {
    const isRefused = next.epoch !== truth.epoch || next.cursor > head;
    if (!needsTail(next) && isRefused) next = reduceLog(next, { type: 'reset' });
    next = needsTail(next)
      ? reduceLog(next, { type: 'tail', page: readTail(truth, head, limit) })
      : reduceLog(next, { type: 'page', page: readPage(truth, head, next.cursor, limit) });
  }
  return next;
}

const operation = fc.oneof(
  fc.record({ type: fc.constant('fact' as const), seq: fc.nat(400) }),
  fc.record({ type: fc.constant('head' as const), seq: fc.nat(400) }),
  /** A page for any cursor and any past head: late, early, overlapping or doubled. */
  fc.record({
    type: fc.constant('page' as const),
    after: fc.nat(400),
    head: fc.nat(400),
    limit: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ type: fc.constant('tail' as const), head: fc.nat(400), limit: fc.integer({ min: 1, max: 50 }) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

function applyOperation(state: LogState<Entry>, truth: Truth, op: Operation): LogState<Entry> {
  const last = truth.entries.at(-1)?.seq ?? 0;
  const first = truth.minSeq;
  const clamp = (seq: number): number => Math.min(Math.max(seq, first), last);
  switch (op.type) {
    case 'fact': {
      const entry = truth.entries[clamp(op.seq) - first];
      return entry ? reduceLog(state, { type: 'entry', epoch: truth.epoch, head: entry.seq, entry }) : state;
    }
    case 'head':
      return reduceLog(state, { type: 'head', epoch: truth.epoch, seq: clamp(op.seq) });
    case 'page': {
      const head = clamp(op.head);
      // A client asks from its cursor or, with an answer that comes late, from where its cursor once was.
      const after = Math.min(op.after, state.cursor, head);
      if (!state.isLoaded && state.epoch === null) return state;
      return reduceLog(state, { type: 'page', page: readPage(truth, head, after, op.limit) });
    }
    case 'tail':
      return needsTail(state)
        ? reduceLog(state, { type: 'tail', page: readTail(truth, clamp(op.head), op.limit) })
        : state;
  }
}

function expectSound(state: LogState<Entry>, truth: Truth): void {
  const first = state.entries[0]?.seq ?? 0;
  state.entries.forEach((entry, index) => {
    if (entry.seq !== first + index) throw new Error(`a gap or a double at ${entry.seq}`);
    if (entry !== truth.entries[entry.seq - truth.minSeq]) throw new Error(`another entry at ${entry.seq}`);
  });
  if (state.entries.length > 0) expect(state.entries.at(-1)?.seq).to.equal(state.cursor);
  expect(state.buffer.length).to.be.at.most(REORDER_BUFFER_MAX);
  expect(state.buffer.every((entry) => entry.seq > state.cursor + (state.isLoaded ? 1 : 0))).to.equal(true);
}

describe('conversation log', () => {
  it('P2 P3 any interleaving, loss and duplication of facts and pages converges to the log, and no cursor goes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(operation, { maxLength: 120 }),
        fc.integer({ min: 1, max: 60 }),
        (length, minSeq, operations, limit) => {
          const truth = buildTruth(minSeq - 1 + length, 'epoch-a', minSeq);
          let state = createLogState<Entry>();
          for (const op of length > 0 ? operations : []) {
            const next = applyOperation(state, truth, op);
            expect(next.cursor, 'cursor').to.be.at.least(state.cursor);
            expectSound(next, truth);
            state = next;
          }
          state = catchUp(state, truth, limit);
          expect(isBehind(state)).to.equal(false);
          expect(state.cursor).to.equal(minSeq - 1 + length);
          expectSound(state, truth);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('P25 another epoch makes everything known stale until the newest page of the restored log is loaded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.array(operation, { maxLength: 40 }),
        fc.array(operation, { maxLength: 40 }),
        (headBefore, headAfter, before, late) => {
          const old = buildTruth(headBefore, 'epoch-a');
          const restored = buildTruth(headAfter, 'epoch-b');
          let state = catchUp(createLogState<Entry>(), old, 50);
          for (const op of before) state = applyOperation(state, old, op);
          state = catchUp(state, restored, 50);
          // Facts of the old log that were still on their way.
          for (const op of late) if (op.type === 'fact') state = applyOperation(state, old, op);
          state = catchUp(state, restored, 50);
          expect(state.epoch).to.equal('epoch-b');
          expect(state.cursor).to.equal(headAfter);
          expectSound(state, restored);
        },
      ),
    );
  });

  it('applies the next entry, drops a known one and buffers one from further ahead', () => {
    const truth = buildTruth(5);
    let state = catchUp(createLogState<Entry>(), buildTruth(2), 50);
    const receive = (seq: number): void => {
      const entry = truth.entries[seq - 1];
      if (entry) state = reduceLog(state, { type: 'entry', epoch: truth.epoch, head: seq, entry });
    };
    receive(4);
    expect([state.cursor, state.buffer.length, isBehind(state)]).to.deep.equal([2, 1, true]);
    receive(2);
    expect(state.entries).to.have.length(2);
    receive(3);
    expect([state.cursor, state.buffer.length, isBehind(state)]).to.deep.equal([4, 0, false]);
  });

  it('P5 a head that is further than the cursor makes the log behind, although no entry is missing in between', () => {
    const state = catchUp(createLogState<Entry>(), buildTruth(3), 50);
    expect(isBehind(reduceLog(state, { type: 'head', epoch: 'epoch-a', seq: 4 }))).to.equal(true);
  });

  it('puts older pages in front and knows when there are none left', () => {
    const truth = buildTruth(10);
    let state = reduceLog(createLogState<Entry>(), { type: 'tail', page: readTail(truth, 10, 4) });
    expect([state.entries[0]?.seq, hasOlder(state)]).to.deep.equal([7, true]);
    state = reduceLog(state, { type: 'older', page: readPage(truth, 10, 0, 6) });
    expect([state.entries.length, hasOlder(state)]).to.deep.equal([10, false]);
    expectSound(state, truth);
  });
});
