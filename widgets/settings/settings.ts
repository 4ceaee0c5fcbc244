import type { SessionDto } from '@frontdesk/protocol/auth';
import type { Result } from '@frontdesk/protocol/result';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { buttonStyles } from '../core/styles.js';
import { StaffGate } from '../staff/staff-gate.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { normalizeHref, normalizeServer } from '../staff/staff-workspace.js';
import { STAFF_CATALOGUE } from '../staff/words.js';
import { SettingsController } from './settings-controller.js';
import type { SettingsRequestEvent } from './settings-events.js';

/**
 * The settings of a business: websites with snippet and look, team, own account, the business itself, and the queue:
 * branches, services, counters, rules, screens and kiosks, reports.
 *
 * @tag frontdesk-settings
 * @fires frontdesk-google-requested - Staff want to sign in with Google; answer with `signInWithGoogle()`.
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-settings-height=100dvh] - Height of the settings.
 */
export class FrontdeskSettings extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    buttonStyles,
    emptyStyles,
    css`
      :host {
        block-size: var(--frontdesk-settings-height, 100dvh);
        min-block-size: 320px;
        overflow: hidden;
      }
      .root,
      .gate {
        block-size: 100%;
        background: var(--frontdesk-surface-sunken);
        color-scheme: inherit;
      }
    `,
  ];

  private readonly controller = new SettingsController(this);
  private readonly gate = new StaffGate(this, {
    server: () => this.server,
    onEnter: (client, session) => this.controller.enter(client, session),
    onLeave: () => this.controller.leave(),
  });
  private readonly language = new LocaleController(this, STAFF_CATALOGUE, () => this.locale);

  /** URL of the Frontdesk server; the page's own origin by default. Read when the element is connected. */
  @property()
  server: string | null = null;

  /** Address of the page with the inbox, for the navigation; without it there is no such link. */
  @property({ attribute: 'inbox-href' })
  inboxHref: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('locale')) this.language.refresh();
  }

  private handleRequest(event: SettingsRequestEvent): void {
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
    return html`<frontdesk-settings-desk
      .words=${words}
      .state=${this.controller.state}
      .session=${this.controller.session}
      .serverUrl=${normalizeServer(this.server)}
      .setupLink=${this.controller.setupLink}
      .inboxHref=${normalizeHref(this.inboxHref)}
      @frontdesk-settings-request=${this.handleRequest}
    ></frontdesk-settings-desk>`;
  }

  protected override render(): TemplateResult {
    const { tag, direction } = this.language.translator;
    return this.renderInRoot(this.renderContent(), { tag, direction });
  }
}
