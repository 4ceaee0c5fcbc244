import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles, surfaceStyles } from '../core/styles.js';
import { CounterElement, SecondClock } from './counter-element.js';
import { icon, type CounterIcon } from './counter-icons.js';
import { keyOf, type ShortcutAction } from './counter-keys.js';
import { findService, isLongService } from './counter-store.js';
import { renderPerson, renderReceipt, renderTags, type Current } from './counter-ticket-facts.js';
import { ticketStyles } from './counter-ticket.styles.js';
import {
  describeReason,
  formatClock,
  formatDuration,
  formatTime,
  nameIn,
  type CounterMessageKey,
} from './counter-words.js';

/** A second press so soon after the console changed was meant for what stood there before. */
const SETTLE_MS = 500;
const MAX_RECALLS = 5;

interface ActionButton {
  readonly action: ShortcutAction;
  readonly message: CounterMessageKey;
  readonly icon: CounterIcon;
  /** Milliseconds until it is allowed; below zero it is. */
  readonly waitMs?: number;
  /** What is left of it, if it ends. */
  readonly leftMs?: number;
  readonly isOff?: boolean;
  readonly look?: string;
}

/** What stands at the counter now, and what can be done with it. */
export class FrontdeskCounterTicket extends CounterElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, ticketStyles];

  /** Until when presses are taken for the second half of a double one. */
  private settledAtMs = 0;

  /** The ticket about which the question was answered. */
  @state() private stillServingId: string | null = null;

  /** Keys are shown while they work. */
  @property({ type: Boolean }) showsKeys = true;

  constructor() {
    super();
    new SecondClock(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state')?.view;
    const { view } = this.state;
    const phaseOf = (shown: typeof view | undefined): string =>
      `${shown?.counter.id} ${shown?.counter.status} ${shown?.current?.ticket.id} ${shown?.current?.ticket.state}`;
    if (before && phaseOf(before) !== phaseOf(view)) this.settledAtMs = performance.now() + SETTLE_MS;
  }

  /** Does what the button of this action does, if there is one and it may be pressed; true when it did. */
  press(action: ShortcutAction): boolean {
    const button = this.shadowRoot?.querySelector<HTMLButtonElement>(`[data-action="${action}"]`);
    button?.click();
    return Boolean(button);
  }

  private handle(action: ShortcutAction): void {
    const { view } = this.state;
    if (!view || this.isBlocked || performance.now() < this.settledAtMs) return;
    const { current } = view;
    if (current === null) return this.handleIdle(action, view.counter.status);
    const input = { ticketId: current.ticket.id };
    switch (action) {
      case 'next':
        return this.request({ type: 'complete-and-call' });
      case 'start':
        return this.move({ name: 'ticket:start', input });
      case 'complete':
        return this.move({ name: 'ticket:complete', input: { ...input, outcome: null } });
      case 'recall':
        return this.move({ name: 'ticket:recall', input });
      case 'no-show':
        return this.move({ name: 'ticket:mark-no-show', input });
      case 'undo':
        return this.move({ name: 'ticket:undo-call', input });
      case 'transfer':
      case 'hold':
        return this.request({ type: 'show-sheet', sheet: { kind: action } });
      default:
        return;
    }
  }

  private handleIdle(action: ShortcutAction, status: string): void {
    if (action === 'next') return this.move({ name: 'ticket:call-next', input: {} });
    if (action === 'start') return this.move({ name: 'counter:open', input: {} });
    if (action === 'walk-in') return this.handleWalkIn();
    if (action !== 'pause') return;
    if (status === 'paused') this.move({ name: 'counter:resume', input: {} });
    else this.request({ type: 'show-sheet', sheet: { kind: 'pause' } });
  }

  /** Where only one thing is served, there is nothing to choose. */
  private handleWalkIn(): void {
    const [serviceId, ...others] = this.state.view?.counter.serviceIds ?? [];
    if (serviceId === undefined) return;
    if (others.length === 0) this.move({ name: 'ticket:serve-walk-in', input: { serviceId } });
    else this.request({ type: 'show-sheet', sheet: { kind: 'walk-in' } });
  }

  private renderKey(action: ShortcutAction): TemplateResult | typeof nothing {
    return this.showsKeys ? html`<kbd aria-hidden="true">${keyOf(action)}</kbd>` : nothing;
  }

  private renderButton(button: ActionButton): TemplateResult {
    const { action, message, waitMs = 0, leftMs, isOff = false, look = '' } = button;
    const { words } = this;
    const isOver = leftMs !== undefined && leftMs <= 0;
    const isDisabled = this.isBlocked || isOff || waitMs > 0 || isOver;
    const clock = formatClock(words, waitMs > 0 ? waitMs : (leftMs ?? 0), 'up');
    const count =
      waitMs > 0
        ? words.t('counterIn', { time: clock })
        : leftMs === undefined
          ? undefined
          : words.t('counterLeft', { time: clock });
    return html`<button
      class="button ${look}${this.state.pending === null ? '' : ' pending'}"
      type="button"
      data-action=${action}
      aria-disabled=${String(isDisabled)}
      aria-keyshortcuts=${this.showsKeys ? keyOf(action) : nothing}
      aria-busy=${this.state.pending === null ? nothing : 'true'}
      @click=${() => isDisabled || this.handle(action)}
    >
      ${icon(button.icon)} <span>${words.t(message)}</span>
      ${
        count === undefined
          ? nothing
          : html`<span class="count count--long tabular">${count}</span
              ><span class="count count--short tabular" aria-hidden="true">${clock}</span>`
      }
      ${this.renderKey(action)}
    </button>`;
  }

  private renderCurrent(current: Current): TemplateResult {
    const { words, state } = this;
    const { ticket, reason } = current;
    const service = findService(state, ticket.serviceId);
    const isServing = ticket.state === 'serving';
    const sinceMs = this.nowMs - Date.parse((isServing ? ticket.startedAt : ticket.calledAt) ?? '');
    return html`<div class="about">
        <div class="head">
          <span class="phase ${isServing ? 'phase--serving' : ''}"
            >${words.t(isServing ? 'counterServing' : 'counterCalled')}
            <span class="tabular">${formatClock(words, sinceMs)}</span></span
          >
          ${renderReceipt(words, current, this.nowMs)}
        </div>
        <h2 class="label tabular"><bdi>${ticket.label}</bdi></h2>
        <div class="facts">
          <span class="service" dir="auto">${service ? nameIn(words, service.names) : ''}</span>
          ${renderTags(words, state, ticket)}
        </div>
        <p class="why">${describeReason(words, reason, state)}</p>
        ${renderPerson(words, ticket)} ${isServing ? this.renderStill() : nothing}
      </div>
      ${isServing ? this.renderServing() : this.renderCalled(current)}`;
  }

  private renderCalled(current: Current): TemplateResult {
    const { words, nowMs } = this;
    const msTo = (instant: string | null): number => (instant === null ? 0 : Date.parse(instant) - nowMs);
    const recall: ActionButton = {
      action: 'recall',
      message: 'counterRecall',
      icon: 'recall',
      waitMs: msTo(current.recallFrom),
      isOff: current.ticket.recallCount >= MAX_RECALLS,
    };
    const noShow: ActionButton = {
      action: 'no-show',
      message: 'counterNoShow',
      icon: 'noShow',
      waitMs: msTo(current.noShowFrom),
    };
    const leftMs = msTo(current.undoUntil);
    const auto =
      current.autoNoShowAt === null
        ? nothing
        : html`<p class="auto tabular">
            ${icon('clock', 'small')}
            ${words.t('counterAutoNoShow', { time: formatClock(words, msTo(current.autoNoShowAt), 'up') })}
          </p>`;
    return html`<div class="do">
      ${auto}
      <div class="actions">
        ${this.renderButton(recall)} ${this.renderButton(noShow)}
        ${leftMs > 0 ? this.renderButton({ action: 'undo', message: 'counterUndo', icon: 'undo', leftMs }) : nothing}
        ${this.renderButton({ action: 'complete', message: 'counterComplete', icon: 'complete' })}
        ${this.renderButton({ action: 'transfer', message: 'counterTransfer', icon: 'transfer' })}
      </div>
      ${this.renderButton({ action: 'start', message: 'counterStart', icon: 'start', look: 'button--primary big' })}
    </div>`;
  }

  private renderServing(): TemplateResult {
    return html`<div class="do">
      <div class="actions">
        ${this.renderButton({ action: 'complete', message: 'counterComplete', icon: 'complete' })}
        ${this.renderButton({ action: 'hold', message: 'counterHold', icon: 'hold' })}
        ${this.renderButton({ action: 'transfer', message: 'counterTransfer', icon: 'transfer' })}
      </div>
      ${this.renderButton({ action: 'next', message: 'counterCompleteNext', icon: 'next', look: 'button--primary big' })}
    </div>`;
  }

  private renderStill(): TemplateResult | typeof nothing {
    const { words } = this;
    const id = this.state.view?.current?.ticket.id ?? null;
    if (!isLongService(this.state, this.nowMs) || this.stillServingId === id) return nothing;
    return html`<div class="notice notice--warning still" role="alert">
      <p class="still__text">
        <strong>${words.t('counterStillServing')}</strong> ${words.t('counterStillServingBody')}
      </p>
      <button class="button button--small" type="button" @click=${() => (this.stillServingId = id)}>
        ${words.t('counterStillYes')}
      </button>
    </div>`;
  }

  private renderIdle(view: CounterView): TemplateResult {
    const { words, state } = this;
    const [next] = view.next;
    const service = next && findService(state, next.ticket.serviceId);
    const serviceName = service ? nameIn(words, service.names) : '';
    const isEmpty = view.line.length === 0;
    const about =
      next === undefined
        ? html`<p class="muted">${words.t(isEmpty ? 'counterNobodyBody' : 'counterNobodyHere')}</p>`
        : html`<p class="facts">
              <span class="service tabular"
                >${words.t('counterNextIs', { label: next.ticket.label, service: serviceName })}</span
              >
            </p>
            <p class="why">${describeReason(words, next.reason, state)}</p>`;
    return html`<div class="about">
        <h2 class="headline">
          ${isEmpty ? words.t('counterNobody') : words.t('counterPeople', { count: view.line.length })}
        </h2>
        ${about}
      </div>
      <div class="do">
        <div class="actions">
          ${this.renderButton({ action: 'walk-in', message: 'counterWalkIn', icon: 'walkIn' })}
          ${this.renderButton({ action: 'pause', message: 'counterPause', icon: 'pause' })}
        </div>
        ${this.renderButton({ action: 'next', message: 'counterCallNext', icon: 'call', look: 'button--primary big' })}
      </div>`;
  }

  private renderPaused({ counter, timeZone }: CounterView): TemplateResult {
    const { words } = this;
    const { pauseReason, resumeAt } = counter;
    const resumes =
      resumeAt === null
        ? nothing
        : html`<p class="tabular">
            ${words.t('counterResumesAt', {
              time: formatTime(words, resumeAt, timeZone),
              left: formatDuration(words, Date.parse(resumeAt) - this.nowMs),
            })}
          </p>`;
    return html`<div class="about">
        <h2 class="headline" dir="auto">
          ${pauseReason === null ? words.t('counterPausedTitle') : words.t('counterStatusPausedFor', { reason: pauseReason })}
        </h2>
        <p class="muted">${words.t('counterPausedBody')}</p>
        ${resumes}
      </div>
      <div class="do">
        ${this.renderButton({ action: 'pause', message: 'counterResume', icon: 'play', look: 'button--primary big' })}
      </div>`;
  }

  private renderClosed(): TemplateResult {
    const { words } = this;
    return html`<div class="about">
        <h2 class="headline">${words.t('counterClosedTitle')}</h2>
        <p class="muted">${words.t('counterClosedBody')}</p>
      </div>
      <div class="do">
        ${this.renderButton({ action: 'start', message: 'counterOpen', icon: 'play', look: 'button--primary big' })}
      </div>`;
  }

  private renderContent(): unknown {
    const { view } = this.state;
    if (view === null) return html`<p role="status" class="muted">${this.words.t('loading')}</p>`;
    if (view.current !== null) return this.renderCurrent(view.current);
    if (view.counter.status === 'paused') return this.renderPaused(view);
    return view.counter.status === 'closed' ? this.renderClosed() : this.renderIdle(view);
  }

  protected override render(): TemplateResult {
    return html`<section class="root now" aria-label=${this.words.t('counterNow')}>${this.renderContent()}</section>`;
  }
}
