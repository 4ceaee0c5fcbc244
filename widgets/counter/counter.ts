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
import { CounterController } from './counter-controller.js';
import { FrontdeskCounterTicketEvent, type CounterRequestEvent } from './counter-events.js';
import { COUNTER_CATALOGUE } from './counter-words.js';

/**
 * The console of a counter: call the next customer, serve, set aside, send on. Fills its own height; give it one, or let
 * it take the window's. Below 480 px of width it becomes the narrow console that stands beside another program.
 *
 * @tag frontdesk-counter
 * @fires frontdesk-counter-ticket-changed - Another ticket stands at this counter, or it moved on (`label`, `state`; both null when there is none).
 * @fires frontdesk-google-requested - Staff want to sign in with Google; answer with `signInWithGoogle()`.
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-counter-height=100dvh] - Height of the console.
 */
export class FrontdeskCounter extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    buttonStyles,
    emptyStyles,
    css`
      :host {
        block-size: var(--frontdesk-counter-height, 100dvh);
        min-block-size: 320px;
        overflow: hidden;
      }
      :host([compact]) {
        max-inline-size: 360px;
      }
      .root,
      .gate {
        block-size: 100%;
        background: var(--frontdesk-surface-sunken);
      }
    `,
  ];

  private readonly controller = new CounterController(this, () => ({
    locationId: this.location,
    counterId: this.counter,
  }));
  private readonly gate = new StaffGate(this, {
    server: () => this.server,
    onEnter: (client, session) => this.controller.enter(client, session),
    onLeave: () => this.controller.leave(),
  });
  private readonly language = new LocaleController(this, COUNTER_CATALOGUE, () => this.locale);
  private shown = '';

  /** URL of the Frontdesk server; the page's own origin by default. Read when the element is connected. */
  @property()
  server: string | null = null;

  /** Id of the branch to begin with; without it the person chooses. */
  @property()
  location: string | null = null;

  /** Id of the counter to show first; without it the one where the person sits, or the choice. */
  @property()
  counter: string | null = null;

  /** The narrow layout at any width, for a strip beside another program. */
  @property({ type: Boolean, reflect: true })
  compact = false;

  /** Address of the page with the inbox, for the menu; without it there is no such entry. */
  @property({ attribute: 'inbox-href' })
  inboxHref: string | null = null;

  /** Address of the page with the settings, for the menu; without it there is no such entry. */
  @property({ attribute: 'settings-href' })
  settingsHref: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('locale')) this.language.refresh();
  }

  protected override updated(): void {
    const ticket = this.controller.state.view?.current?.ticket;
    const shown = ticket === undefined ? '' : `${ticket.id} ${ticket.state}`;
    if (shown === this.shown) return;
    this.shown = shown;
    this.dispatchEvent(new FrontdeskCounterTicketEvent(ticket?.label ?? null, ticket?.state ?? null));
  }

  private handleRequest(event: CounterRequestEvent): void {
    // What happens inside is nobody else's business.
    event.stopPropagation();
    if (event.request.type === 'sign-out') void this.gate.session?.signOut();
    else this.controller.handle(event.request);
  }

  /** Signs in with the credential that Google gave the page after `frontdesk-google-requested`. */
  async signInWithGoogle(credential: string): Promise<Result<SessionDto> | undefined> {
    return this.gate.session?.signIn('session:sign-in-google', { credential });
  }

  private renderContent(): unknown {
    const words = this.language.translator;
    if (!this.gate.isOpen) return this.gate.render(words);
    return html`<frontdesk-counter-desk
      .words=${words}
      .state=${this.controller.state}
      .session=${this.controller.session}
      .inboxHref=${normalizeHref(this.inboxHref)}
      .settingsHref=${normalizeHref(this.settingsHref)}
      @frontdesk-counter-request=${this.handleRequest}
    ></frontdesk-counter-desk>`;
  }

  protected override render(): TemplateResult {
    const { tag, direction } = this.language.translator;
    return this.renderInRoot(this.renderContent(), { tag, direction });
  }
}
