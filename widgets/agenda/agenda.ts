import type { SessionDto } from '@frontdesk/protocol/auth';
import type { Result } from '@frontdesk/protocol/result';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { buttonStyles } from '../core/styles.js';
import { StaffGate } from '../staff/staff-gate.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { normalizeHref } from '../staff/staff-workspace.js';
import { AgendaController } from './agenda-controller.js';
import { FrontdeskAgendaBookingEvent, type AgendaRequestEvent } from './agenda-events.js';
import { findBooking } from './agenda-store.js';
import { AGENDA_CATALOGUE } from './agenda-words.js';

/**
 * The agenda of a branch: who is booked when, live; move a visit by dragging it, say that somebody arrived, book for somebody who calls.
 * Fills its own height; give it one, or let it take the window's. On a phone it shows one column at a time, or a list.
 *
 * @tag frontdesk-agenda
 * @fires frontdesk-agenda-booking-opened - Somebody opened a booking (`code`, `state`; both null when none is open any more).
 * @fires frontdesk-google-requested - Staff want to sign in with Google; answer with `signInWithGoogle()`.
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-agenda-height=100dvh] - Height of the agenda.
 */
export class FrontdeskAgenda extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    buttonStyles,
    emptyStyles,
    css`
      :host {
        block-size: var(--frontdesk-agenda-height, 100dvh);
        min-block-size: 320px;
        overflow: hidden;
      }
      .root,
      .gate {
        block-size: 100%;
        background: var(--frontdesk-surface-sunken);
      }
    `,
  ];

  private readonly controller = new AgendaController(this, () => ({ locationId: this.location }));
  private readonly gate = new StaffGate(this, {
    server: () => this.server,
    onEnter: (client, session) => this.controller.enter(client, session),
    onLeave: () => this.controller.leave(),
  });
  private readonly language = new LocaleController(this, AGENDA_CATALOGUE, () => this.locale);
  private opened = '';

  /** URL of the Frontdesk server; the page's own origin by default. Read when the element is connected. */
  @property()
  server: string | null = null;

  /** Id of the branch to begin with; without it the only one, or the person chooses. */
  @property()
  location: string | null = null;

  /** Address of the page with the inbox, for the menu; without it there is no such entry. */
  @property({ attribute: 'inbox-href' })
  inboxHref: string | null = null;

  /** Address of the page with the counter, for the menu; without it there is no such entry. */
  @property({ attribute: 'counter-href' })
  counterHref: string | null = null;

  /** Address of the page with the settings, for the menu; without it there is no such entry. */
  @property({ attribute: 'settings-href' })
  settingsHref: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('locale')) this.language.refresh();
  }

  protected override updated(): void {
    const { state } = this.controller;
    const booking = findBooking(state, state.selectedId);
    const opened = booking === undefined ? '' : `${booking.code} ${booking.state}`;
    if (opened === this.opened) return;
    this.opened = opened;
    this.dispatchEvent(new FrontdeskAgendaBookingEvent(booking?.code ?? null, booking?.state ?? null));
  }

  private handleRequest(event: AgendaRequestEvent): void {
    // What happens inside is nobody else's business.
    event.stopPropagation();
    const { request } = event;
    if (request.type !== 'sign-out') return this.controller.handle(request);
    const hasUnsent = this.controller.state.unsent.length > 0;
    if (hasUnsent && !request.isSure) this.controller.handle({ type: 'show-sheet', sheet: { kind: 'sign-out' } });
    else void this.gate.session?.signOut();
  }

  /** Signs in with the credential that Google gave the page after `frontdesk-google-requested`. */
  async signInWithGoogle(credential: string): Promise<Result<SessionDto> | undefined> {
    return this.gate.session?.signIn('session:sign-in-google', { credential });
  }

  private renderContent(): unknown {
    const words = this.language.translator;
    if (!this.gate.isOpen) return this.gate.render(words);
    return html`<frontdesk-agenda-desk
      .words=${words}
      .state=${this.controller.state}
      .session=${this.controller.session}
      .inboxHref=${normalizeHref(this.inboxHref)}
      .counterHref=${normalizeHref(this.counterHref)}
      .settingsHref=${normalizeHref(this.settingsHref)}
      @frontdesk-agenda-request=${this.handleRequest}
    ></frontdesk-agenda-desk>`;
  }

  protected override render(): TemplateResult {
    const { tag, direction } = this.language.translator;
    return this.renderInRoot(this.renderContent(), { tag, direction });
  }
}
