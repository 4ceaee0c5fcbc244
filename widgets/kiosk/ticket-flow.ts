/** From the last decision to the number on the screen and the paper in the tray. */
import { createIdempotencyKey, createTicketToken, type TicketToken } from '@frontdesk/protocol/ids';
import type { Attempt } from './offline-queue.js';
import type { IssueOutcome, Issuer } from './issuer.js';
import { readArrival, type CheckedIn, type KioskCheckIn } from './kiosk-check-in.js';
import { buildSlip, type KioskWords } from './kiosk-format.js';
import { languageOf, type Arrival, type KioskAction, type KioskState, type ShownTicket } from './kiosk-store.js';
import type { PrintDesk, PrintTarget } from './print-desk.js';
import { describeShownTicket } from './shown-ticket.js';

export interface TicketFlowDeps {
  readonly serverUrl: string;
  readonly issuer: Issuer;
  readonly checkIn: KioskCheckIn;
  readonly printDesk: PrintDesk;
  getState(): KioskState;
  dispatch(action: KioskAction): void;
  now(): number;
  loadWords(language: string): Promise<KioskWords>;
  /** A number was given; `isHeldBack` says that the server does not know of it yet. */
  handleGiven(isHeldBack: boolean): void;
}

export interface TicketFlow {
  /** Asks for what the customer decided; the same wish again until it is answered or forgotten. */
  issue(): Promise<void>;
  /** The next wish is another one. */
  forget(): void;
  /** Shows and prints what came of a wish, just now or before a power cut. */
  finish(outcome: IssueOutcome, token: TicketToken): Promise<void>;
  runCheckIn(code: string): Promise<void>;
  /** What was missing of a booking that somebody arrives for. */
  goOn(more: Partial<Arrival>): Promise<void>;
  testPrint(): Promise<void>;
}

export function createTicketFlow(deps: TicketFlowDeps): TicketFlow {
  const { issuer, checkIn, printDesk, getState, dispatch, now } = deps;
  let attempt: Attempt | null = null;

  function buildAttempt(): Attempt | null {
    const { serviceId, classKey = null, name = null, phone = null } = getState().session.answers;
    if (serviceId === undefined) return null;
    const language = languageOf(getState());
    const hasConsented = name !== null || phone !== null;
    const token = createTicketToken();
    return {
      key: createIdempotencyKey(),
      request: { serviceId, token, language, classKey, name, phone, hasConsented },
    };
  }

  async function show(ticket: ShownTicket, target: PrintTarget): Promise<void> {
    dispatch({ type: 'ticket-shown', ticket, print: printDesk.progress() });
    const words = await deps.loadWords(languageOf(getState()));
    await printDesk.print(buildSlip(words, ticket, getState(), now()), target);
  }

  function fail(outcome: Extract<IssueOutcome, { readonly kind: 'refused' | 'unavailable' }>): void {
    const error = outcome.kind === 'refused' ? outcome.error : null;
    // A no is an answer: whoever tries again wishes something new. Silence is none.
    if (error) attempt = null;
    dispatch({ type: 'failed', failure: { during: 'issue', code: error?.code ?? 'offline', error, atMs: now() } });
  }

  async function finish(outcome: IssueOutcome, token: TicketToken): Promise<void> {
    if (outcome.kind === 'refused' || outcome.kind === 'unavailable') return fail(outcome);
    attempt = null;
    const { serverUrl } = deps;
    const ticket = describeShownTicket(outcome, getState(), { token, serverUrl, nowMs: now() });
    deps.handleGiven(outcome.kind === 'handed-out');
    await show(ticket, outcome.kind === 'issued' ? { ticketId: outcome.ticket.ticketId } : { key: outcome.ticket.key });
  }

  async function showCheckedIn(done: CheckedIn | null): Promise<void> {
    if (done) await show(done.shown, { ticketId: done.ticketId });
  }

  return {
    async issue() {
      attempt ??= buildAttempt();
      if (attempt !== null) await finish(await issuer.issue(attempt), attempt.request.token);
    },
    forget() {
      attempt = null;
    },
    finish,
    async runCheckIn(code) {
      const arrival = readArrival(code);
      if (arrival === null) return showCheckedIn(await checkIn.run(code));
      if (arrival.isLink) return showCheckedIn(await checkIn.arrive(arrival));
      dispatch({ type: 'arrival-asked', screen: 'phone-end', arrival });
    },
    async goOn(more) {
      const { arrival } = getState().session;
      if (arrival) await showCheckedIn(await checkIn.arrive({ ...arrival, ...more }));
    },
    async testPrint() {
      const words = await deps.loadWords(languageOf(getState()));
      const ticket: ShownTicket = {
        label: 'A000',
        serviceNames: { en: words.t('kiosk.testPrint') },
        issuedAt: new Date(now()).toISOString(),
        place: null,
        url: deps.serverUrl,
        warnsOfClosing: false,
        isCheckIn: false,
      };
      await printDesk.print(buildSlip(words, ticket, getState(), now()), null);
    },
  };
}
