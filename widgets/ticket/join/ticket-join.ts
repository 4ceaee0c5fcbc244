import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LocationId, SiteKey, TicketToken } from '@frontdesk/protocol/ids';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import { displayEstimate } from '@frontdesk/domain/queue/estimate';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { getEnvironment } from '../../core/client/environment.js';
import type { TicketStorage } from '../../core/client/storage-ticket.js';
import { inputStyles } from '../../core/input-styles.js';
import type { TicketKey } from '../../locales/ticket.js';
import { FrontdeskTicketJoinedEvent } from '../ticket-events.js';
import { describeLine, readName, writeTime, type TicketWords } from '../ticket-words.js';
import { createJoinClient, findPosition } from './join-client.js';
import { createJoinSession, type JoinProblem, type JoinSession, type JoinState } from './join-session.js';
import { joinStyles } from './ticket-join.styles.js';

const PROBLEMS: Readonly<Record<JoinProblem, TicketKey>> = {
  'name-missing': 'join.nameMissing',
  'phone-missing': 'join.phoneMissing',
  'phone-wrong': 'join.phoneWrong',
  consent: 'join.agreeNeeded',
  twice: 'join.twice',
  'too-far': 'join.tooFar',
  'no-position': 'join.whereFailed',
  'wrong-code': 'join.wrongCode',
  failed: 'ticket.failed',
};

/** Choose, say who you are as far as asked, show that you are near: one question a screen. */
export class FrontdeskTicketJoin extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, joinStyles];

  private session: JoinSession | undefined;

  @property({ attribute: false })
  words!: TicketWords;

  @property({ attribute: false })
  serverUrl = '';

  @property({ attribute: false })
  site = '';

  @property({ attribute: false })
  locationId!: LocationId;

  @property({ attribute: false })
  code: string | null = null;

  @property({ attribute: false })
  storage!: TicketStorage;

  /** What to show instead of a session's state: pictures and tests. */
  @property({ attribute: false })
  example: JoinState | null = null;

  /** What day it is decides whether a time is told with its day. */
  @property({ attribute: false })
  now: () => number = () => Date.now();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session?.stop();
    this.session = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Not earlier: what was set before this code arrived is here with the first update only. */
  protected override willUpdate(): void {
    if (this.session || this.example || !this.isConnected) return;
    const environment = getEnvironment();
    const client = createJoinClient(environment, this.serverUrl, this.site as SiteKey);
    const { locationId, code, storage } = this;
    const onJoined = (token: TicketToken): void => void this.dispatchEvent(new FrontdeskTicketJoinedEvent(token));
    this.session = createJoinSession({ environment, locationId, code, storage, ...client, findPosition, onJoined });
    this.session.subscribe(() => this.requestUpdate());
    this.session.start();
  }

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const read = (name: string): string => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : '';
    };
    const details = { name: read('name'), phone: read('phone'), hasConsented: fields.has('consent') };
    this.session?.submit(details, this.words.locale);
  }

  private describeService({ state, waiting, estimate }: ServiceOffer, timeZone: string): string {
    const { words } = this;
    if (state.kind === 'closed') {
      const reason = state.message ?? words.t(`join.closed.${state.reason}`);
      if (state.opensAt === null) return reason;
      return `${reason} · ${words.t('join.opens', { time: writeTime(words, state.opensAt, timeZone, this.now()) })}`;
    }
    const count = waiting === 0 ? words.t('join.nobody') : words.t('join.waiting', { count: waiting });
    const display = displayEstimate(estimate);
    if (display.kind !== 'range' && display.kind !== 'less-than') return count;
    const { wait } = describeLine(words, { ahead: waiting, wait: display }, timeZone, this.now());
    return wait === null ? count : `${count} · ${wait}`;
  }

  private renderServices({ offer, problem }: JoinState): unknown {
    const { words } = this;
    if (!offer) return nothing;
    if (offer.services.length === 0) return html`<p class="lead">${words.t('join.none')}</p>`;
    return html`<h1>${words.t('join.services')}</h1>
      ${this.renderProblem(problem)}
      <ul class="services">
        ${repeat(
          offer.services,
          ({ id }) => id,
          (service) =>
            html`<li>
              <button
                class="service"
                type="button"
                ?disabled=${service.state.kind === 'closed'}
                @click=${() => this.session?.choose(service)}
              >
                <span class="service__name"><bdi>${readName(words, service.names)}</bdi></span>
                <span class="service__state">${this.describeService(service, offer.timeZone)}</span>
              </button>
            </li>`,
        )}
      </ul>
      ${this.renderKept(offer)}`;
  }

  /** How honest the times above were until now, where the business tells it (QA-10). */
  private renderKept({ hitRatePercent }: QueueOffer): unknown {
    if (hitRatePercent === null) return nothing;
    const { words } = this;
    return html`<p class="muted">
      ${words.t('join.kept', { share: words.number(hitRatePercent / 100, { style: 'percent' }) })}
    </p>`;
  }

  private renderProblem(problem: JoinProblem | null): unknown {
    return problem === null ? nothing : html`<p class="problem" role="alert">${this.words.t(PROBLEMS[problem])}</p>`;
  }

  private renderField(name: 'name' | 'phone', rule: ServiceOffer['askName'], { details, problem }: JoinState): unknown {
    if (rule === 'no') return nothing;
    const { words } = this;
    const isWrong = problem?.startsWith(name) ?? false;
    return html`<label class="field">
      <span class="field__label"
        >${words.t(`join.${name}`)}
        ${rule === 'optional' ? html`<span class="muted">(${words.t('join.optional')})</span>` : nothing}</span
      >
      <input
        class="input"
        name=${name}
        type=${name === 'phone' ? 'tel' : 'text'}
        autocomplete=${name === 'phone' ? 'tel' : 'name'}
        dir=${name === 'phone' ? 'ltr' : 'auto'}
        maxlength=${name === 'phone' ? 30 : 80}
        aria-invalid=${isWrong}
        .value=${details[name]}
      />
    </label>`;
  }

  private renderDetails(state: JoinState): unknown {
    const { service, offer, details, problem } = state;
    if (!service || !offer) return nothing;
    const { words } = this;
    const { askName, askPhone, consentText } = service;
    const asks = askName !== 'no' || askPhone !== 'no';
    const closesAt = service.state.kind === 'open' && service.state.warnsOfClosing ? service.state.closesAt : null;
    return html`<h1><bdi>${readName(words, service.names)}</bdi></h1>
      <p class="lead">${this.describeService(service, offer.timeZone)}</p>
      ${
        closesAt === null
          ? nothing
          : html`<p class="problem">
              ${words.t('join.warn', { time: writeTime(words, closesAt, offer.timeZone, this.now()) })}
            </p>`
      }
      <form @submit=${this.handleSubmit} novalidate>
        ${this.renderField('name', askName, state)} ${this.renderField('phone', askPhone, state)}
        ${
          asks
            ? html`<p class="muted" dir="auto">${consentText || words.t('join.consent')}</p>
                <label class="agree"
                  ><input type="checkbox" name="consent" .checked=${details.hasConsented} />
                  <span>${words.t('join.agree')}</span></label
                >`
            : nothing
        }
        ${this.renderProblem(problem)}
        <button class="button button--primary button--wide">${words.t('join.take')}</button>
        <button class="button button--quiet button--wide" type="button" @click=${() => this.session?.back()}>
          ${words.t('join.back')}
        </button>
      </form>`;
  }

  /** Why, before the browser asks; and another way, for whoever says no (QP-6). */
  private renderWhere({ problem }: JoinState): TemplateResult {
    const { words } = this;
    return html`<h1>${words.t('join.whereTitle')}</h1>
      ${this.renderProblem(problem)}
      <p class="lead">${words.t('join.whereText')}</p>
      <button class="button button--primary button--wide" type="button" @click=${() => void this.session?.locate()}>
        ${words.t(problem === null || problem === 'wrong-code' ? 'join.whereYes' : 'ticket.tryAgain')}
      </button>
      <p class="lead">${words.t('join.another')}</p>
      <button class="button button--quiet button--wide" type="button" @click=${() => this.session?.back()}>
        ${words.t('join.back')}
      </button>`;
  }

  private renderStep(state: JoinState): unknown {
    const { words } = this;
    switch (state.phase) {
      case 'loading':
        return html`<p class="lead" role="status">${words.t('join.loading')}</p>`;
      case 'unavailable':
        return html`<h1>${words.t('join.unavailable')}</h1>
          <p class="lead">${words.t('join.unavailableText')}</p>`;
      case 'joining':
        return html`<p class="lead" role="status">${words.t('join.joining')}</p>`;
      case 'services':
        return this.renderServices(state);
      case 'details':
        return this.renderDetails(state);
      case 'where':
        return this.renderWhere(state);
    }
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const state = this.example ?? this.session?.getState();
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      ${state?.offer ? html`<p class="house"><bdi>${state.offer.locationName}</bdi></p>` : nothing}
      <section class="step">${state ? this.renderStep(state) : nothing}</section>
    </div>`;
  }
}
