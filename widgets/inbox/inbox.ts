import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Result } from '@frontdesk/protocol/result';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { buttonStyles } from '../core/styles.js';
import { StaffGate } from '../staff/staff-gate.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { normalizeHref } from '../staff/staff-workspace.js';
import { STAFF_CATALOGUE } from '../staff/words.js';
import { InboxController } from './inbox-controller.js';
import { FrontdeskInboxUnreadEvent, type InboxRequestEvent } from './inbox-events.js';
import { isUnread } from './inbox-store.js';

/**
 * The staff inbox: sign-in, conversations, threads, details. Fills its own height; give it one, or let it take the
 * window's.
 *
 * @tag frontdesk-inbox
 * @fires frontdesk-google-requested - Staff want to sign in with Google; answer with `signInWithGoogle()`.
 * @fires frontdesk-inbox-unread-changed - The number of unread conversations in the loaded list changed (`count`).
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-inbox-height=100dvh] - Height of the inbox.
 */
export class FrontdeskInbox extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    buttonStyles,
    emptyStyles,
    css`
      :host {
        block-size: var(--frontdesk-inbox-height, 100dvh);
        min-block-size: 320px;
        overflow: hidden;
      }
      .root,
      .gate {
        block-size: 100%;
        background: var(--frontdesk-surface);
      }
    `,
  ];

  private readonly controller = new InboxController(this);
  private readonly gate = new StaffGate(this, {
    server: () => this.server,
    onEnter: (client, session) => this.controller.enter(client, session),
    onLeave: () => this.controller.leave(),
  });
  private readonly language = new LocaleController(this, STAFF_CATALOGUE, () => this.locale);
  private unreadCount = 0;

  /** URL of the Frontdesk server; the page's own origin by default. Read when the element is connected. */
  @property()
  server: string | null = null;

  /** Address of the page with the settings, for the account menu; without it there is no such entry. */
  @property({ attribute: 'settings-href' })
  settingsHref: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('locale')) this.language.refresh();
  }

  protected override updated(): void {
    const count = this.controller.state.list.conversations.filter(isUnread).length;
    if (count === this.unreadCount) return;
    this.unreadCount = count;
    this.dispatchEvent(new FrontdeskInboxUnreadEvent(count));
  }

  private handleRequest(event: InboxRequestEvent): void {
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
    return html`<frontdesk-inbox-desk
      .words=${words}
      .state=${this.controller.state}
      .session=${this.controller.session}
      .settingsHref=${normalizeHref(this.settingsHref)}
      @frontdesk-inbox-request=${this.handleRequest}
    ></frontdesk-inbox-desk>`;
  }

  protected override render(): TemplateResult {
    const { tag, direction } = this.language.translator;
    return this.renderInRoot(this.renderContent(), { tag, direction });
  }
}
