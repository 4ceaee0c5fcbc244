/**
 * Judges a history (delivery-protocol 6.1). Pure: the same history always gets the same verdict. C9 (delivery sinks)
 * has no subject yet; it belongs here when channels exist.
 */
import type { Audience, FinalLog, History, HistoryRecord, LogEntry, RenderedItem } from './history.js';

export type CheckName = 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C10' | 'C11';

export interface Violation {
  readonly check: CheckName;
  readonly message: string;
}

/** Revocation reaches open sockets within this (P17). */
const REVOCATION_LIMIT_MS = 5_000;
const CONVERGENCE_LIMIT_MS = 30_000;
/** A server that served a whole run may have grown by its caches and its heap's slack, not by its history. */
const MEMORY_GROWTH_LIMIT_BYTES = 256 * 1024 * 1024;

type RecordOf<Type extends HistoryRecord['type']> = Extract<HistoryRecord, { type: Type }>;

interface Operation {
  readonly invoke: RecordOf<'invoke'>;
  keptAt: number | null;
  ok: RecordOf<'ok'> | null;
  failed: boolean;
  /** Where the final log has it. */
  readonly found: { readonly log: FinalLog; readonly entry: LogEntry }[];
}

interface Case {
  readonly history: History;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly violations: Violation[];
}

export function checkHistory(history: History): Violation[] {
  const violations: Violation[] = [];
  const subject: Case = { history, operations: collectOperations(history), violations };
  checkAcknowledged(subject);
  checkOrigins(subject);
  checkNumbering(subject);
  checkOrder(subject);
  checkRenders(subject);
  checkDisplays(subject);
  checkMarkers(subject);
  checkRevokedWrites(subject);
  checkConvergence(subject);
  checkHealth(subject);
  return violations;
}

function report({ violations }: Case, check: CheckName, message: string): void {
  violations.push({ check, message });
}

function select<Type extends HistoryRecord['type']>(history: History, type: Type): RecordOf<Type>[] {
  return history.records.filter((record): record is RecordOf<Type> => record.type === type);
}

function collectOperations(history: History): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const record of history.records) {
    if (record.type === 'invoke') {
      operations.set(record.body, { invoke: record, keptAt: null, ok: null, failed: false, found: [] });
    }
    if (record.type === 'kept') {
      const operation = operations.get(record.body);
      if (operation) operation.keptAt ??= record.t;
    }
    if (record.type === 'ok') {
      const operation = operations.get(record.body);
      if (operation) operation.ok ??= record;
    }
    if (record.type === 'fail') {
      const operation = operations.get(record.body);
      if (operation) operation.failed = true;
    }
  }
  for (const log of history.logs) {
    for (const entry of log.entries) operations.get(entry.body)?.found.push({ log, entry });
  }
  return operations;
}

/** The number by which the audience knows an entry; a visitor does not know notes and events at all. */
function numberFor(audience: Audience, entry: LogEntry): number {
  return audience === 'staff' ? entry.seq : entry.visitorSeq;
}

/** C1: what was acknowledged is in the log exactly once, under the number that was acknowledged. */
function checkAcknowledged(subject: Case): void {
  for (const { invoke, ok, found } of subject.operations.values()) {
    if (ok === null) continue;
    if (found.length !== 1) {
      report(subject, 'C1', `"${invoke.body}" was acknowledged and is in the log ${found.length} times`);
    } else if (numberFor(invoke.audience, found[0]!.entry) !== ok.seq) {
      report(subject, 'C1', `"${invoke.body}" was acknowledged as ${ok.seq} and is another number in the log`);
    }
  }
}

/** C2: nothing comes from nowhere; what has an unknown outcome is there at most once, what was refused is not there. */
function checkOrigins(subject: Case): void {
  for (const log of subject.history.logs) {
    for (const entry of log.entries) {
      if (entry.kind !== 'event' && !subject.operations.has(entry.body)) {
        report(subject, 'C2', `entry ${entry.seq} of ${log.conversation} was never sent: "${entry.body}"`);
      }
    }
  }
  for (const { invoke, ok, failed, found } of subject.operations.values()) {
    if (ok === null && found.length > 1) report(subject, 'C2', `"${invoke.body}" was stored ${found.length} times`);
    if (failed && ok === null && found.length > 0) report(subject, 'C2', `"${invoke.body}" was refused and stored`);
  }
}

/** C3: both numberings are without holes, repetitions or surprises. */
function checkNumbering(subject: Case): void {
  for (const { conversation, entries, minSeq, head } of subject.history.logs) {
    const last = entries.at(-1)?.seq ?? minSeq - 1;
    if (last !== head) report(subject, 'C3', `${conversation} claims head ${head} and ends at ${last}`);
    entries.forEach((entry, index) => {
      if (entry.seq !== minSeq + index) {
        report(subject, 'C3', `${conversation} has ${entry.seq} where ${minSeq + index} belongs`);
      }
      const previous = entries[index - 1];
      const step = entry.kind === 'message' ? 1 : 0;
      if (previous && entry.visitorSeq !== previous.visitorSeq + step) {
        report(subject, 'C3', `${conversation} numbers ${entry.seq} as ${entry.visitorSeq} for its visitor`);
      }
    });
  }
}

/**
 * C4: one sender's messages stand in the order of sending; between two tabs of one sender the first counts as sent when
 * it was kept. C8: what was acknowledged before another message was begun stands before it.
 */
function checkOrder(subject: Case): void {
  const stored = [...subject.operations.values()]
    .filter(({ found }) => found.length === 1)
    .sort((a, b) => a.invoke.t - b.invoke.t);
  checkPrecedence(
    subject,
    'C4',
    stored,
    ({ invoke }) => `${invoke.thread} ${invoke.sender}`,
    ({ keptAt }) => keptAt,
  );
  checkPrecedence(
    subject,
    'C4',
    stored,
    ({ invoke }) => `${invoke.thread} ${invoke.client}`,
    ({ invoke }) => invoke.t,
  );
  checkPrecedence(
    subject,
    'C8',
    stored,
    ({ invoke }) => invoke.thread,
    ({ ok }) => ok?.t ?? null,
  );
}

/** Within a group: whatever was `settled` before another was invoked has the smaller seq. */
function checkPrecedence(
  subject: Case,
  check: CheckName,
  inOrderOfInvocation: readonly Operation[],
  groupOf: (operation: Operation) => string,
  settledAt: (operation: Operation) => number | null,
): void {
  const groups = new Map<string, Operation[]>();
  for (const operation of inOrderOfInvocation) {
    const group = groups.get(groupOf(operation)) ?? [];
    groups.set(groupOf(operation), group);
    group.push(operation);
  }
  for (const group of groups.values()) {
    const settled = group
      .filter((operation) => settledAt(operation) !== null)
      .sort((a, b) => settledAt(a)! - settledAt(b)!);
    let next = 0;
    let highest: Operation | undefined;
    for (const operation of group) {
      for (; next < settled.length && settledAt(settled[next]!)! < operation.invoke.t; next += 1) {
        if (!highest || seqOf(settled[next]!) > seqOf(highest)) highest = settled[next];
      }
      if (highest && seqOf(highest) > seqOf(operation)) {
        report(subject, check, `"${operation.invoke.body}" stands before "${highest.invoke.body}", which came first`);
      }
    }
  }
}

function seqOf(operation: Operation): number {
  return operation.found[0]!.entry.seq;
}

/** C5 and C6 while it happens: no double on any screen, no disorder, nothing foreign, nothing after a revocation. */
function checkRenders(subject: Case): void {
  const { records } = subject.history;
  const births = new Map(select(subject.history, 'born').map((record) => [record.client, record]));
  const revokedAt = new Map(select(subject.history, 'revoked').map((record) => [record.client, record.t]));
  const screens = new Map<string, RenderedItem[]>();
  for (const record of records) {
    if (record.type !== 'render') continue;
    const screen = screens.get(record.client) ?? [];
    screens.set(record.client, screen);
    const removed = screen.splice(record.keep);
    screen.push(...record.items);
    checkScreen(subject, record.client, screen);
    const limit = (revokedAt.get(record.client) ?? Infinity) + REVOCATION_LIMIT_MS;
    const before = new Set(removed.map(({ body }) => body));
    for (const item of record.items) {
      // A line without a number is the reader's own text that went nowhere.
      if (record.t > limit && item.seq !== null && !before.has(item.body)) {
        report(subject, 'C6', `${record.client} was shown "${item.body}" after its session was revoked`);
      }
      checkAudience(subject, births.get(record.client), item);
    }
  }
}

function checkScreen(subject: Case, client: string, screen: readonly RenderedItem[]): void {
  const bodies = new Set<string>();
  let lastSeq = 0;
  for (const item of screen) {
    if (item.kind !== 'event' && bodies.has(item.body)) {
      return report(subject, 'C5', `${client} showed "${item.body}" twice`);
    }
    bodies.add(item.body);
    if (item.seq === null) continue;
    if (item.seq <= lastSeq) return report(subject, 'C5', `${client} showed ${item.seq} after ${lastSeq}`);
    lastSeq = item.seq;
  }
}

function checkAudience(subject: Case, reader: RecordOf<'born'> | undefined, item: RenderedItem): void {
  const origin = subject.operations.get(item.body)?.invoke;
  if (!origin || !reader) return;
  if (origin.tenant !== reader.tenant) {
    report(subject, 'C6', `${reader.client} was shown "${item.body}" of another tenant`);
  } else if (origin.thread !== reader.thread) {
    report(subject, 'C6', `${reader.client} was shown "${item.body}" of another conversation`);
  } else if (reader.audience === 'visitor' && item.kind !== 'message') {
    report(subject, 'C6', `${reader.client} was shown the ${item.kind} "${item.body}"`);
  }
}

/** C5 at the end: every screen is the log, the whole log, in its order. */
function checkDisplays(subject: Case): void {
  const { displays, logs } = subject.history;
  for (const { client, audience, conversation, items } of displays) {
    const log = logs.find((candidate) => candidate.conversation === conversation);
    const visible = (log?.entries ?? []).filter(({ kind }) => audience === 'staff' || kind === 'message');
    const expected = visible.map((entry) => describe(numberFor(audience, entry), entry));
    const shown = items.map((item) => describe(item.seq, item));
    const at = expected.findIndex((line, index) => line !== shown[index]);
    const position = at === -1 && shown.length > expected.length ? expected.length : at;
    if (position === -1) continue;
    report(
      subject,
      'C5',
      `${client} shows ${shown[position] ?? 'nothing'} at ${position}, the log has ${expected[position] ?? 'nothing'}` +
        ` (${shown.length} shown, ${expected.length} in ${conversation})`,
    );
  }
  for (const log of logs) {
    const threads = new Set(log.entries.flatMap(({ body }) => subject.operations.get(body)?.invoke.thread ?? []));
    if (threads.size > 1) report(subject, 'C6', `${log.conversation} mixes ${[...threads].join(' and ')}`);
    const tenants = log.entries.map(({ body }) => subject.operations.get(body)?.invoke.tenant ?? log.tenant);
    if (tenants.some((tenant) => tenant !== log.tenant)) {
      report(subject, 'C6', `${log.conversation} of ${log.tenant} holds another tenant's message`);
    }
  }
}

function describe(seq: number | null, { kind, body }: { kind: string; body: string }): string {
  return `${seq ?? '-'} ${kind} "${body}"`;
}

/** C7: what a client knows about a position only ever grows. */
function checkMarkers(subject: Case): void {
  const known = new Map<string, number>();
  for (const { client, name, value } of select(subject.history, 'marker')) {
    const key = `${client} ${name}`;
    const previous = known.get(key) ?? 0;
    if (value < previous) report(subject, 'C7', `${name} of ${client} went back from ${previous} to ${value}`);
    known.set(key, Math.max(previous, value));
  }
}

/** C6 for writing: a revoked session is not obeyed either. */
function checkRevokedWrites(subject: Case): void {
  for (const { client, t } of select(subject.history, 'revoked')) {
    for (const { invoke, ok } of subject.operations.values()) {
      if (invoke.client === client && ok && invoke.t > t + REVOCATION_LIMIT_MS) {
        report(subject, 'C6', `"${invoke.body}" of ${client} was accepted after its session was revoked`);
      }
    }
  }
}

/** C10: once the faults are over everything arrives, and soon. */
function checkConvergence(subject: Case): void {
  const quiesce = select(subject.history, 'quiesce').at(-1);
  const converged = select(subject.history, 'converged').at(-1);
  if (!quiesce) return report(subject, 'C10', 'the run never came to rest');
  if (!converged) report(subject, 'C10', 'the clients never showed the whole log');
  else if (converged.t - quiesce.t > CONVERGENCE_LIMIT_MS) {
    report(subject, 'C10', `the clients needed ${Math.round(converged.t - quiesce.t)} ms to show the whole log`);
  }
  for (const { invoke, keptAt, failed, found } of subject.operations.values()) {
    if (keptAt !== null && !failed && found.length === 0) {
      report(subject, 'C10', `"${invoke.body}" was kept and never arrived`);
    }
  }
}

/** C11: nobody crashed, and what was taken was given back. */
function checkHealth(subject: Case): void {
  for (const { what } of select(subject.history, 'incident')) report(subject, 'C11', what);
  const usage = select(subject.history, 'usage');
  const before = usage.find(({ phase }) => phase === 'before');
  const after = usage.findLast(({ phase }) => phase === 'after');
  if (!before || !after) return;
  if (after.sockets > before.sockets) {
    report(subject, 'C11', `${after.sockets} connections are open, ${before.sockets} were at the start`);
  }
  if (after.rssBytes - before.rssBytes > MEMORY_GROWTH_LIMIT_BYTES) {
    report(subject, 'C11', `the server grew from ${before.rssBytes} to ${after.rssBytes} bytes`);
  }
}
