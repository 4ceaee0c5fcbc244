/** Who comes to a branch in a day: kiosks, staff at counters, and holders with phones. Each goes on until its work is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTicketToken } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { IssuedTicket } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { Result } from '@frontdesk/protocol/result';
import type { Random } from '../random.js';
import type { PushService } from '../../support/push-service.js';
import type { DayCounter } from './branch.js';
import { createClient, openHttpWire, openSocketWire, type Client, type CommandInput } from './client.js';
import type { CommandName } from './day-history.js';
import type { Holder, Stage } from './stage.js';

/** More would not come in to wait. */
const LONGEST_LINE = 40;
/** Staff may call again after this (queue.md 5.2). */
const RECALL_AFTER_MS = 5_100;

export async function workAsKiosk(stage: Stage, client: Client, welcome: (holder: Holder) => void): Promise<void> {
  const random = stage.random.fork();
  while (stage.unissued > 0 && Date.now() < stage.endsAtMs) {
    await sleep(random.int(5, 60));
    if (stage.open.size >= LONGEST_LINE || stage.unissued <= 0) continue;
    stage.unissued -= 1;
    const token = createTicketToken();
    const serviceId = random.pick(stage.branch.serviceIds);
    const result = await client.command<IssuedTicket>('ticket:issue', {
      serviceId,
      token,
      language: 'en',
      classKey: null,
      name: null,
      phone: null,
      hasConsented: false,
    });
    if (result?.ok) welcome({ ticketId: result.data.ticketId, label: result.data.label, token });
  }
}

export async function workAtCounter(stage: Stage, client: Client, counter: DayCounter): Promise<void> {
  const random = stage.random.fork();
  const counterId = counter.id;
  let view: CounterView | null = null;
  for (;;) {
    if (view === null) {
      const answer = await client.read<CounterView>('counter:read', { counterId });
      if (!answer.ok) throw new Error(`${counter.label} cannot be read: ${answer.error.code}`);
      view = answer.data;
    }
    const { name, input } = await choose(stage, view, random);
    const result: Result<CounterView> | null = await client.command<CounterView>(name, { counterId, ...input });
    view = result?.ok ? result.data : null;
    const isOver = name === 'ticket:complete' || name === 'ticket:cancel';
    if (result?.ok && isOver && input?.ticketId !== undefined) stage.open.delete(input.ticketId);
    if (result === null || result.ok) continue;
    if (stage.isClosing && result.error.code === 'QUEUE_EMPTY') return;
    await sleep(random.int(20, 80));
  }
}

interface Choice {
  readonly name: CommandName;
  readonly input?: CommandInput;
}

/** What staff do next with what they see, after the time that it takes. */
async function choose(stage: Stage, view: CounterView, random: Random): Promise<Choice> {
  const { current } = view;
  if (!current) return chooseNext(view, random, stage.isClosing);
  const { id: ticketId, state } = current.ticket;
  const dice = random.next();
  if (state === 'called') {
    await sleep(random.int(...stage.walkMs));
    if (dice < 0.1) return { name: 'ticket:mark-no-show', input: { ticketId } };
    if (dice < 0.13 && current.reason.rule !== 'held') return { name: 'ticket:undo-call', input: { ticketId } };
    if (dice < 0.14) return { name: 'ticket:cancel', input: { ticketId, reason: 'Left' } };
    if (dice < 0.145) await sleep(RECALL_AFTER_MS);
    if (dice < 0.145) return { name: 'ticket:recall', input: { ticketId } };
    if (dice < 0.8) return { name: 'ticket:start', input: { ticketId } };
  } else {
    await sleep(random.int(20, 120));
    if (dice < 0.08) return { name: 'ticket:hold', input: { ticketId, scope: 'counter', minutes: null } };
    if (dice < 0.2 && !stage.isClosing) {
      const mode = random.pick(['front', 'sorted', 'back'] as const);
      const serviceId = random.pick(stage.branch.serviceIds);
      const input = { ticketId, serviceId, mode, toCounterId: null, note: null };
      return { name: 'ticket:transfer', input };
    }
  }
  return { name: 'ticket:complete', input: { ticketId, outcome: null } };
}

function chooseNext({ counter, held, noShows }: CounterView, random: Random, isClosing: boolean): Choice {
  if (counter.status !== 'open') return { name: 'counter:open' };
  const mine = held.find(({ hold }) => hold?.counterId === counter.id);
  if (mine && (isClosing || random.chance(0.5))) return { name: 'ticket:call-held', input: { ticketId: mine.id } };
  const back = noShows.at(-1);
  if (back && !isClosing && random.chance(0.03)) return { name: 'ticket:return', input: { ticketId: back.id } };
  return { name: 'ticket:call-next' };
}

/** Holders who look at their phone now and then, and do something with it. */
export async function lookAtPhones(stage: Stage, stop: AbortSignal): Promise<void> {
  const random = stage.random.fork();
  while (!stop.aborted) {
    await sleep(random.int(20, 120));
    const holders = [...stage.open.values()];
    if (holders.length === 0) continue;
    const holder = random.pick(holders);
    const client = openPhone(stage, holder, random);
    const answer = await client.read<HolderState>('ticket:read', {});
    if (answer.ok) await act(stage, holder, client, { state: answer.data.ticket.state, random });
    client.close();
  }
}

async function act(
  stage: Stage,
  holder: Holder,
  client: Client,
  { state, random }: { readonly state: string; readonly random: Random },
): Promise<void> {
  const dice = random.next();
  if (state === 'completed' || state === 'cancelled') stage.open.delete(holder.ticketId);
  if (state === 'waiting' && dice < 0.05) await client.command('ticket:leave', {});
  else if (state === 'waiting' && dice < 0.3) {
    await client.command('ticket:defer', { places: random.int(1, 3) });
  } else if (state === 'called' && dice < 0.1) await client.command('ticket:leave', {});
  else if (state === 'no-show' && dice < 0.6) await client.command('ticket:come-back', {});
  else if (state === 'no-show') stage.open.delete(holder.ticketId);
}

export function openPhone(stage: Stage, { ticketId, token }: Holder, random: Random): Client {
  const open = random.chance(0.5) ? openHttpWire : openSocketWire;
  return createClient(stage, {
    wire: open({ url: stage.url, audience: 'ticket', getToken: () => token }),
    actor: `ticket:${ticketId}`,
    ticketId,
    random,
    readAnswer: ({ ticket }: HolderState) => ({ rev: ticket.rev, ticketId, label: ticket.label }),
  });
}

/** Gives the browser's address, as its page does after the holder has agreed. */
export async function askToBeTold(
  stage: Stage,
  holder: Holder,
  push: PushService,
  note: (endpoint: string) => void,
): Promise<void> {
  const { subscription } = push.subscribe();
  // Before the server knows it: a notice may come sooner than the answer.
  note(subscription.endpoint);
  const client = openPhone(stage, holder, stage.random.fork());
  const answer = await client.read('ticket:subscribe-push', { subscription });
  client.close();
  if (answer.ok) stage.recorder.add({ type: 'subscribed', ticketId: holder.ticketId, endpoint: subscription.endpoint });
  else stage.recorder.add({ type: 'incident', what: `an address was refused: ${answer.error.code}` });
}
