import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { OBJECT_ID_PATTERN, SITE_KEY_PATTERN, type CardId } from '@frontdesk/protocol/ids';
import { resolveServerUrl } from '../core/loader-registry.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { cardCatalogue } from '../locales/card.js';
import { createCardClient } from './card-client.js';
import { getCardEnvironment } from './card-environment.js';
import { createCardSession, type CardSession } from './card-session.js';
import { FrontdeskCardActionEvent, type CardActionKind } from './contact-card-events.js';
import { openOnPage } from './page-elements.js';
import { publishStructuredData } from './structured-data.js';

/**
 * A contact card of a branch or a person: whether it is open now, who it is, and every way to reach them. What stands between its tags
 * (a link to the card's page) is shown where scripts do not run and while there is no card.
 *
 * @tag frontdesk-contact-card
 * @slot - Shown instead of the card as long as there is none: a link or a phone number.
 * @fires frontdesk-card-action - A button was pressed; `kind` says which, and nothing says by whom. Cancel it to do something else.
 * @fires frontdesk-message-sent - The business has the message that was written in the form.
 * @csspart base - The outermost box.
 * @csspart button - Every link and button of the card.
 */
export class FrontdeskContactCard extends FrontdeskElement {
  private readonly language = new LocaleController(this, cardCatalogue, () => this.locale);
  private session: CardSession | undefined;
  /** What the session is of: server, site and card. */
  private followed = '';
  private structuredData: string | undefined;
  private withdraw: (() => void) | undefined;

  /** Public key of the site. */
  @property()
  site: string | null = null;

  /** Id of the card. */
  @property()
  card: string | null = null;

  /** Origin of the Frontdesk server; by default the one that the loader came from. */
  @property()
  server: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.language.refresh();
    this.follow();
  }

  protected override updated(): void {
    const data = this.session?.getState().view?.structuredData;
    if (data === this.structuredData) return;
    // First the new, so that the element in the head stays where it is.
    const withdraw = data === undefined ? undefined : publishStructuredData(data);
    this.withdraw?.();
    this.withdraw = withdraw;
    this.structuredData = data;
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  /** One session for one card, for as long as the element is in the page. */
  private follow(): void {
    const { site, card, serverUrl } = this;
    const isNamed = this.isConnected && SITE_KEY_PATTERN.test(site ?? '') && OBJECT_ID_PATTERN.test(card ?? '');
    const followed = isNamed ? `${serverUrl} ${site} ${card}` : '';
    const { locale } = this.language.translator;
    if (followed === this.followed) return this.session?.speak(locale);
    this.end();
    if (!isNamed) return;
    const environment = getCardEnvironment();
    const request = createCardClient(environment, serverUrl, site ?? '');
    this.session = createCardSession({ environment, request, cardId: card as CardId, locale });
    this.followed = followed;
    this.session.subscribe(() => this.requestUpdate());
    this.session.start();
  }

  private end(): void {
    this.session?.stop();
    this.session = undefined;
    this.followed = '';
    this.withdraw?.();
    this.withdraw = undefined;
    this.structuredData = undefined;
  }

  /** True when nothing else shall happen. */
  private act(kind: CardActionKind): boolean {
    if (!this.dispatchEvent(new FrontdeskCardActionEvent(kind))) return true;
    if (kind === 'reveal') void this.session?.reveal();
    const view = this.session?.getState().view;
    return view !== null && view !== undefined && (kind === 'book' || kind === 'chat') && openOnPage(kind, view.book);
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    const state = this.session?.getState();
    if (!state || state.phase === 'unavailable') return this.renderInRoot(html`<slot></slot>`, words);
    if (!state.view)
      return this.renderInRoot(html`<slot><p role="status">${words.t('card.loading')}</p></slot>`, words);
    return this.renderInRoot(
      html`<frontdesk-card-view
        exportparts="button"
        .words=${words}
        .cardState=${state}
        .serverUrl=${this.serverUrl}
        .site=${this.site ?? ''}
        .act=${(kind: CardActionKind) => this.act(kind)}
      ></frontdesk-card-view>`,
      words,
    );
  }
}
