import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { inputStyles } from '../../core/input-styles.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { bookingStyles } from '../booking.styles.js';
import { timeStyles } from '../booking-times.styles.js';
import type { BookingWords } from '../booking-words.js';
import { detailsStyles } from '../details/booking-details.styles.js';
import { renderManage, type ManageDesk } from './manage-screens.js';
import type { ManageState } from './manage-store.js';
import { manageStyles } from './manage.styles.js';

/** The booking, or the question that is asked about it. */
export class FrontdeskManageView extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    inputStyles,
    surfaceStyles,
    bookingStyles,
    timeStyles,
    detailsStyles,
    manageStyles,
  ];

  /** Somebody did something. */
  private isAsked = false;
  private isFocusDue = false;

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: ManageState;

  @property({ attribute: false })
  desk!: ManageDesk;

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('state') as ManageState | undefined;
    const now = this.state;
    if (!before) return;
    // What the page opens with takes no focus from it.
    this.isAsked ||= before.booked !== null || (before.phase !== 'loading' && now.phase === 'loading');
    const isOther = before.mode !== now.mode || before.news !== now.news || before.phase !== now.phase;
    this.isFocusDue ||= this.isAsked && isOther && now.phase !== 'loading';
  }

  protected override updated(): void {
    if (!this.isFocusDue) return;
    this.isFocusDue = false;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]')?.focus();
  }

  protected override render(): TemplateResult {
    const { words, state, desk } = this;
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      <div class="frame">
        <section class="sheet" aria-label=${words.t('manage.label')}>
          <div class="question">${renderManage({ words, state, desk })}</div>
        </section>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-manage-booking-view': FrontdeskManageView;
  }
}
