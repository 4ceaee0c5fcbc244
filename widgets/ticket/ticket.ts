import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { TOKEN_PATTERN, type LocationId, type TicketToken } from '@frontdesk/protocol/ids';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { resolveServerUrl } from '../core/loader-registry.js';
import { getEnvironment } from '../core/client/environment.js';
import { createTicketStorage, type TicketStorage } from '../core/client/storage-ticket.js';
import { createTicketClient } from '../core/client/ticket-client.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { ticketCatalogue } from '../locales/ticket.js';
import { createAlarm, type Alarm } from './ticket-alarm.js';
import {
  FrontdeskTicketCalledEvent,
  type FrontdeskTicketJoinedEvent,
  type TicketRequestEvent,
  type TicketRequests,
} from './ticket-events.js';
import { createTicketNotices, detectNoticesPlatform, type TicketNotices } from './ticket-notices.js';
import { createTicketSession, type TicketSession } from './ticket-session.js';
import { isOver } from './ticket-store.js';
import { frameStyles } from './ticket-frame.styles.js';
import { describeLine } from './ticket-words.js';
import { renderFrame } from './ticket-frame.js';

/**
 * A ticket on the phone of whoever waits: number, place, an honest range, and what to do now. With a `token` it shows that ticket; with
 * `site` and `location` it lets people join the line there, and then shows theirs.
 *
 * @tag frontdesk-ticket
 * @fires frontdesk-ticket-joined - Somebody joined the line here; `token` is the secret of the ticket.
 * @fires frontdesk-ticket-called - A counter calls the ticket, or calls it again; `label` and `counter` say what and where.
 * @csspart base - The outermost box.
 */
export class FrontdeskTicket extends FrontdeskElement {
  static override styles = [...FrontdeskElement.styles, frameStyles];

  private readonly language = new LocaleController(this, ticketCatalogue, () => this.spokenLocale);
  private session: TicketSession | undefined;
  private notices: TicketNotices | undefined;
  private alarm: Alarm | undefined;
  private stops: (() => void)[] = [];
  private shown: { token: TicketToken; server: string } | undefined;
  private rung: string | null = null;
  private pageTitle = '';

  @state()
  private chosenLocale: Locale | null = null;

  /** The ticket that was joined here. */
  @state()
  private joined: TicketToken | null = null;

  /** Secret of the ticket: what stands behind the hash of its link. */
  @property()
  token: string | null = null;

  /** Public key of the site, for joining. */
  @property()
  site: string | null = null;

  /** Id of the branch whose line may be joined. */
  @property()
  location: string | null = null;

  /** Code of the day that the screen or poster at the entrance shows. */
  @property()
  code: string | null = null;

  /** Origin of the Frontdesk server; by default the one that the loader came from. */
  @property()
  server: string | null = null;

  /** The ticket is the whole page: its address says which, and its title says how it stands. */
  @property({ type: Boolean, attribute: 'owns-page' })
  ownsPage = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.pageTitle = document.title;
    if (!this.ownsPage) return;
    const handleHash = (): void => this.requestUpdate();
    addEventListener('hashchange', handleHash);
    this.stops.push(() => removeEventListener('hashchange', handleHash));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end();
    for (const stop of this.stops.splice(0)) stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.follow();
    this.language.refresh();
  }

  protected override updated(): void {
    this.ringAsNeeded();
    this.writeTitle();
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  private get storage(): TicketStorage {
    return createTicketStorage(getEnvironment().storage);
  }

  /** What was chosen here, else the language that the ticket was taken in, else that of the page. */
  private get spokenLocale(): string | null {
    return this.chosenLocale ?? this.locale ?? this.session?.getState().model?.ticket.language ?? null;
  }

  /** `null` for no ticket yet; a text that is no token leads to no ticket, as a wrong one does. */
  private findToken(): string | null {
    if (this.token !== null || this.joined !== null) return this.joined ?? this.token;
    const { place } = this;
    if (place) {
      const held = this.storage.readHeld(place.locationId);
      return held?.isIssued ? held.token : null;
    }
    if (!this.ownsPage || this.isJoinPage) return null;
    return window.location.hash.slice(1) || this.storage.readLast() || '';
  }

  private get isJoinPage(): boolean {
    return this.ownsPage && window.location.pathname === '/join';
  }

  /** Where to join, by attributes or, on the joining page, by its address. */
  private get place(): { readonly site: string; readonly locationId: LocationId; readonly code: string | null } | null {
    const query = new URLSearchParams(this.isJoinPage ? window.location.search : '');
    const site = this.site ?? query.get('site');
    const location = this.location ?? query.get('location');
    if (!site || !location) return null;
    // Behind the hash, because no server needs to see it before the person joins.
    const scanned = this.isJoinPage ? window.location.hash.slice(1) : '';
    return { site, locationId: location as LocationId, code: this.code ?? (scanned || null) };
  }

  /** One session for one ticket, for as long as the element is in the page. */
  private follow(): void {
    const text = this.isConnected ? this.findToken() : null;
    const token = text !== null && TOKEN_PATTERN.test(text) ? (text as TicketToken) : null;
    const { serverUrl } = this;
    if (token === (this.shown?.token ?? null) && (token === null || serverUrl === this.shown?.server)) return;
    this.end();
    if (token !== null) this.begin(token, serverUrl);
  }

  private begin(token: TicketToken, serverUrl: string): void {
    const environment = getEnvironment();
    const client = createTicketClient({ serverUrl, token, environment });
    const session = createTicketSession({ client, token, storage: this.storage });
    const alarm = createAlarm({ clock: environment.clock });
    const notices = createTicketNotices(client.connection, detectNoticesPlatform());
    const redraw = (): void => this.requestUpdate();
    session.subscribe(redraw);
    alarm.subscribe(redraw);
    notices.subscribe(redraw);
    this.shown = { token, server: serverUrl };
    this.session = session;
    this.alarm = alarm;
    this.notices = notices;
    session.start();
  }

  private end(): void {
    this.session?.stop();
    this.alarm?.close();
    this.session = undefined;
    this.alarm = undefined;
    this.notices = undefined;
    this.shown = undefined;
    this.rung = null;
  }

  private ringAsNeeded(): void {
    const { ringing = null, model = null, phase } = this.session?.getState() ?? {};
    if (ringing !== this.rung) {
      this.rung = ringing;
      if (ringing === null) this.alarm?.quiet();
      else this.alarm?.ring();
      if (ringing !== null && model) {
        const { label, counterLabel } = model.ticket;
        this.dispatchEvent(new FrontdeskTicketCalledEvent(label, counterLabel));
      }
    }
    const { place } = this;
    const isEnded = phase === 'gone' || (model !== null && isOver(model.ticket));
    if (isEnded && place) this.storage.writeHeld(place.locationId, null);
  }

  /** A page of somebody else gets its title back when the call is over. */
  private writeTitle(): void {
    const { model, line } = this.session?.getState() ?? {};
    const words = this.language.translator;
    let title = this.pageTitle;
    if (model?.ticket.state === 'called') title = words.t('ticket.title.called', { label: model.ticket.label });
    else if (this.ownsPage && model && line) {
      const { place } = describeLine(words, line, model.ticket.timeZone, Date.now());
      title = `${model.ticket.label} · ${place}`;
    }
    if (title !== document.title && (this.ownsPage || model)) document.title = title;
  }

  private handleRequest(event: TicketRequestEvent): void {
    event.stopPropagation();
    const { request, detail } = event;
    const { session, alarm } = this;
    if (request === 'act') {
      const { name, input } = detail as TicketRequests['act'];
      session?.actions.run(name, input);
    }
    if (request === 'retry') session?.actions.retry();
    if (request === 'dismiss') session?.actions.dismiss();
    if (request === 'acknowledge') session?.acknowledge();
    if (request === 'notices') void this.notices?.turnOn();
    if (request === 'ring') this.arm((detail as TicketRequests['ring']).isOn, alarm);
  }

  private arm(isOn: boolean, alarm: Alarm | undefined): void {
    if (!isOn) return alarm?.disarm();
    alarm?.arm();
    // Our worker can only come from our own origin.
    if (this.serverUrl === window.location.origin) void this.notices?.look();
  }

  private handleLanguage(event: Event): void {
    const chosen = LOCALES.find((locale) => locale === (event.target as HTMLSelectElement).value);
    if (!chosen) return;
    this.chosenLocale = chosen;
    this.session?.speak(chosen);
  }

  private handleJoined({ token }: FrontdeskTicketJoinedEvent): void {
    // The address of the ticket, so that a reload, a bookmark and the back button lead to it.
    if (this.isJoinPage) history.replaceState(null, '', `/t#${token}`);
    this.joined = token;
  }

  private renderContent(): unknown {
    const words = this.language.translator;
    const { session, place } = this;
    if (!session) {
      if (this.findToken() !== null || !place) return nothing;
      void import('./join/define.js');
      return html`<frontdesk-ticket-join
        .words=${words}
        .serverUrl=${this.serverUrl}
        .site=${place.site}
        .locationId=${place.locationId}
        .code=${place.code}
        .storage=${this.storage}
        @frontdesk-ticket-joined=${this.handleJoined}
      ></frontdesk-ticket-join>`;
    }
    const ticketState = session.getState();
    return html`<frontdesk-ticket-view
      .words=${words}
      .ticketState=${ticketState}
      .isArmed=${this.alarm?.getState().isArmed ?? false}
      .notices=${this.notices?.getState().phase ?? 'none'}
      @frontdesk-ticket-request=${this.handleRequest}
    ></frontdesk-ticket-view>`;
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    const state = this.session?.getState();
    const isJoining = !this.session && this.findToken() === null && this.place !== null;
    const content = renderFrame({
      words,
      ticket: state?.model?.ticket ?? null,
      screen: isJoining ? 'content' : !state || state.phase === 'gone' ? 'gone' : state.phase,
      gone: this.isJoinPage ? 'join' : 'ticket',
      content: this.renderContent(),
      handleLanguage: (event) => this.handleLanguage(event),
    });
    return this.renderInRoot(content, words);
  }
}
