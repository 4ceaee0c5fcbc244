import type { Locale } from '@frontdesk/protocol/locales';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { systemClock } from '../core/client/clock.js';
import { baseStyles } from '../core/base-styles.js';
import { aLargeSmallIcon, arrowLeftIcon, contrastIcon, lockIcon, volume2Icon } from '../core/icons.js';
import { MeasureController } from '../core/measure.js';
import { renderIcon } from '../core/render-icon.js';
import { canScanWithCamera, createWedgeReader, scanWithCamera } from './code-reader.js';
import { playCue } from './cue.js';
import { barStyles } from './kiosk-bar.styles.js';
import { renderCheckIn, renderName, renderPhone, renderPhoneEnd } from './kiosk-entry-screens.js';
import { KioskRequestEvent, type KioskRequest } from './kiosk-events.js';
import type { KioskWords } from './kiosk-format.js';
import { isForward, moveFocus } from './keypad.js';
import {
  renderAttract,
  renderBusy,
  renderDeclare,
  renderFailure,
  renderLines,
  renderServices,
  renderWarning,
} from './kiosk-screens.js';
import { renderIdleQuestion, renderStaffPanel } from './kiosk-dialogs.js';
import { stageStyles } from './kiosk-stage.styles.js';
import { languageOf, type Aid, type KioskState } from './kiosk-store.js';
import { renderTicket } from './kiosk-ticket-screen.js';
import type { KioskView, ScreenParts } from './kiosk-view.js';
import { SILENT, type ReadAloud } from './read-aloud.js';
import { collectSpoken, describeFocused } from './spoken.js';

/** Languages by the names that their speakers give them. */
export const ENDONYMS: Readonly<Record<Locale, string>> = {
  en: 'English',
  ms: 'Bahasa Melayu',
  zh: '中文',
  ta: 'தமிழ்',
  hi: 'हिन्दी',
  ar: 'العربية',
};

const AIDS: readonly {
  readonly aid: Aid;
  readonly icon: string;
  readonly key: 'readAloud' | 'largeText' | 'contrast';
}[] = [
  { aid: 'isReadAloud', icon: volume2Icon, key: 'readAloud' },
  { aid: 'isLargeText', icon: aLargeSmallIcon, key: 'largeText' },
  { aid: 'isHighContrast', icon: contrastIcon, key: 'contrast' },
];

/** Draws what the machine knows and asks for what is pressed; has no memory but of the camera. */
export class FrontdeskKioskStage extends LitElement {
  static override styles = [baseStyles, stageStyles, barStyles];

  /** Publishes the kiosk's size to its styles. */
  readonly measure = new MeasureController(this);
  private readonly wedge = createWedgeReader(systemClock);
  private camera: AbortController | null = null;

  @query('.title') private readonly titleElement!: HTMLElement;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('video') private readonly video!: HTMLVideoElement | null;

  @state() private cameraState: 'off' | 'on' | 'failed' = 'off';

  @property({ attribute: false }) state!: KioskState;
  @property({ attribute: false }) words!: KioskWords;
  @property({ attribute: false }) reader: ReadAloud = SILENT;
  /** Server time in epoch milliseconds. */
  @property({ attribute: false }) now: () => number = () => Date.now();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.closeCamera();
    this.reader.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (before && before.session.screen !== this.state.session.screen) this.closeCamera();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.updateDialog();
    this.updateScrolling();
    const before = changed.get('state');
    if (!before && !changed.has('words')) return;
    const { session } = this.state;
    const isNewScreen = before !== undefined && before.session.screen !== session.screen;
    if (isNewScreen) this.beginScreen();
    if (before && before.session.secondsLeft === null && session.secondsLeft !== null) playCue();
    const isSwitchedOn = before !== undefined && !before.session.isReadAloud && session.isReadAloud;
    if (before?.session.isReadAloud && !session.isReadAloud) this.reader.stop();
    if (isNewScreen || isSwitchedOn || changed.has('words')) this.readScreen();
  }

  private readonly ask = (request: KioskRequest): void => {
    this.dispatchEvent(new KioskRequestEvent(request));
  };

  /** The second press of a hasty double tap falls on whatever stands there by then, and is nobody's decision (QK-4). */
  private handleClick(event: MouseEvent): void {
    const isRepeat = event.detail > 1;
    const mayRepeat = event.composedPath().some((node) => node instanceof HTMLElement && 'repeat' in node.dataset);
    if (isRepeat && !mayRepeat) event.stopPropagation();
  }

  private handleKeyDown(event: KeyboardEvent): void {
    const code = this.wedge.press(event.key);
    const { screen } = this.state.session;
    if (code !== null && screen === 'attract' && this.state.self?.kiosk?.isCheckInOn) {
      event.preventDefault();
      return this.ask({ type: 'check-in', code });
    }
    const direction = isForward(event);
    if (direction === null && event.key !== 'Tab') return;
    // Who moves about with keys may not see the screen.
    if (!this.state.session.isReadAloud && this.reader.canSpeak(this.words.tag)) {
      this.ask({ type: 'switch-aid', aid: 'isReadAloud', on: true });
    }
    if (direction !== null && this.shadowRoot && moveFocus(this.shadowRoot, direction)) event.preventDefault();
  }

  private handleFocusIn(event: FocusEvent): void {
    if (!this.state.session.isReadAloud) return;
    const text = describeFocused(event);
    if (text !== '') this.reader.say(text, this.words.tag);
  }

  private async openCamera(): Promise<void> {
    this.closeCamera();
    const camera = new AbortController();
    this.camera = camera;
    this.cameraState = 'on';
    await this.updateComplete;
    try {
      const code = this.video && (await scanWithCamera(this.video, systemClock, camera.signal));
      if (code && !camera.signal.aborted) this.ask({ type: 'check-in', code });
    } catch {
      if (!camera.signal.aborted) this.cameraState = 'failed';
    }
  }

  private closeCamera(): void {
    this.camera?.abort();
    this.camera = null;
    this.cameraState = 'off';
  }

  /** Whoever hears the screen hears each one from its beginning; whoever types finds the line ready. */
  private beginScreen(): void {
    const entry = this.shadowRoot?.querySelector<HTMLElement>('.actions frontdesk-kiosk-entry');
    const target = entry ?? this.titleElement;
    requestAnimationFrame(() => target.focus({ preventScroll: true }));
  }

  private readScreen(): void {
    if (this.state.session.isReadAloud && this.shadowRoot) {
      this.reader.say(collectSpoken(this.shadowRoot), this.words.tag);
    }
  }

  /** What does not fit can be scrolled with keys as well. */
  private updateScrolling(): void {
    for (const box of this.shadowRoot?.querySelectorAll<HTMLElement>('.message, .actions') ?? []) {
      if (box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  }

  private updateDialog(): void {
    const isWanted = this.state.session.secondsLeft !== null || this.state.staff !== null;
    if (isWanted && !this.dialog.open) {
      this.dialog.showModal();
      const entry = this.dialog.querySelector('frontdesk-kiosk-entry');
      void entry?.updateComplete.then(() => entry.focus());
    } else if (!isWanted && this.dialog.open) this.dialog.close();
  }

  private buildView(): KioskView {
    return {
      state: this.state,
      words: this.words,
      nowMs: this.now(),
      canScan: canScanWithCamera() && this.cameraState === 'off',
      ask: this.ask,
    };
  }

  private renderCamera(): unknown {
    if (this.cameraState === 'off') return nothing;
    if (this.cameraState === 'failed') return html`<p role="alert">${this.words.t('kiosk.scanFailed')}</p>`;
    return html`<p>${this.words.t('kiosk.scanning')}</p>
      <video muted playsinline></video>`;
  }

  private renderParts(view: KioskView): ScreenParts {
    switch (this.state.session.screen) {
      case 'services':
        return renderServices(view);
      case 'declare':
        return renderDeclare(view);
      case 'name':
        return renderName(view);
      case 'phone':
        return renderPhone(view);
      case 'warn':
        return renderWarning(view);
      case 'issuing':
      case 'checking-in':
        return renderBusy(view);
      case 'ticket':
        return renderTicket(view);
      case 'check-in':
        return renderCheckIn(view, { open: () => void this.openCamera(), content: this.renderCamera() });
      case 'phone-end':
        return renderPhoneEnd(view);
      case 'line':
        return renderLines(view);
      case 'failed':
        return renderFailure(view);
      case 'attract':
        return renderAttract(view);
    }
  }

  private renderHead(): TemplateResult {
    const { self } = this.state;
    return html`<header class="head">
      <span>${[self?.businessName, self?.locationName].filter(Boolean).join(' · ')}</span>
      <button class="staff" aria-label=${this.words.t('kiosk.staff')} @click=${() => this.ask({ type: 'open-staff' })}>
        ${renderIcon(lockIcon)}
      </button>
    </header>`;
  }

  private renderBar(canGoBack: boolean): TemplateResult {
    const { t, locale } = this.words;
    const all = this.state.self?.languages ?? [];
    // Where there is one, there is nothing to choose.
    const languages = all.length > 1 ? all : [];
    const isSpoken = this.reader.canSpeak(this.words.tag);
    return html`<nav class="bar">
      ${
        canGoBack
          ? html`<button class="chip chip--back" @click=${() => this.ask({ type: 'back' })}>
              ${renderIcon(arrowLeftIcon, 'icon--directional')}<span>${t('kiosk.back')}</span>
            </button>`
          : nothing
      }
      <div class="languages" role="group" aria-label=${t('kiosk.language')}>
        ${languages.map(
          (language) =>
            html`<button
              class="chip"
              lang=${language}
              aria-pressed=${languageOf(this.state) === language || locale === language ? 'true' : 'false'}
              @click=${() => this.ask({ type: 'choose-language', language })}
            >
              ${ENDONYMS[language]}
            </button>`,
        )}
      </div>
      <div class="aids">
        ${AIDS.filter(({ aid }) => aid !== 'isReadAloud' || isSpoken).map(
          ({ aid, icon, key }) =>
            html`<button
              class="chip"
              aria-pressed=${this.state.session[aid] ? 'true' : 'false'}
              aria-label=${t(`kiosk.${key}`)}
              title=${t(`kiosk.${key}`)}
              @click=${() => this.ask({ type: 'switch-aid', aid, on: !this.state.session[aid] })}
            >
              ${renderIcon(icon)}
            </button>`,
        )}
      </div>
    </nav>`;
  }

  private renderDialog(view: KioskView): unknown {
    if (this.state.session.secondsLeft !== null) return renderIdleQuestion(view, this.state.session.secondsLeft);
    return this.state.staff === null ? nothing : renderStaffPanel(view, this.state.staff);
  }

  protected override render(): TemplateResult {
    const view = this.buildView();
    const { isLargeText, isHighContrast, screen } = this.state.session;
    const { title, text = nothing, actions, finish = nothing, canGoBack = false } = this.renderParts(view);
    return html`<div class="root" lang=${this.words.tag} dir=${this.words.direction}>
      <div
        class="stage${isLargeText ? ' large' : ''}${isHighContrast ? ' contrast' : ''}"
        data-screen=${screen}
        @click=${{ handleEvent: (event: MouseEvent) => this.handleClick(event), capture: true }}
        @keydown=${this.handleKeyDown}
        @focusin=${this.handleFocusIn}
      >
        <div class="read">
          ${this.renderHead()}
          <div class="message" aria-live="polite">
            <h1 class="title" tabindex="-1">${title}</h1>
            ${text}
          </div>
        </div>
        <div class="touch">
          <div class="actions" role="group" aria-label=${this.words.t('kiosk.label')}>${actions}</div>
          ${finish === nothing ? nothing : html`<div class="finish">${finish}</div>`} ${this.renderBar(canGoBack)}
        </div>
        <dialog aria-labelledby="question" @cancel=${(event: Event) => event.preventDefault()}>
          ${this.renderDialog(view)}
        </dialog>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-kiosk-stage': FrontdeskKioskStage;
  }
}
