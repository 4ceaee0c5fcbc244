import type { DeviceSelf } from '@frontdesk/protocol/devices';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { createDeviceClient } from '../core/client/device-client.js';
import { getEnvironment } from '../core/client/environment.js';
import { createDeviceStorage } from '../core/client/storage-device.js';
import { openJournalStore } from '../core/client/storage-journal.js';
import { FrontdeskElement } from '../core/element.js';
import { readLoaderRegistry, resolveServerUrl } from '../core/loader-registry.js';
import { LocaleController, loadTranslator, resolveLocale, supportedLocales } from '../core/locale.js';
import { createTicketPrinter } from '../core/printing/ticket-printer.js';
import { createPairing, type Pairing } from '../device-pairing/pairing.js';
import { kioskCatalogue } from '../locales/kiosk.js';
import { readSound } from './cue.js';
import { FrontdeskKioskExitEvent, type KioskRequestEvent } from './kiosk-events.js';
import type { KioskWords } from './kiosk-format.js';
import { startKioskMachine, type KioskMachine } from './kiosk-machine.js';
import { isInUse, languageOf } from './kiosk-store.js';
import { lockPage, type Lockdown } from './lockdown.js';
import { createReadAloud } from './read-aloud.js';
import { keepAwake, type WakeLockKeeper } from './wake-lock.js';

const KIND = 'kiosk';

/**
 * A ticket machine: shows a pairing code until staff have taken it in, then gives out numbers, with or without a network, on paper or
 * on its screen. Fills its own height; give it one, or let it take the window's.
 *
 * @tag frontdesk-kiosk
 * @fires frontdesk-kiosk-exit - Staff left the locked screen with the right PIN.
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-kiosk-height=100dvh] - Height of the kiosk.
 */
export class FrontdeskKiosk extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    css`
      :host {
        block-size: var(--frontdesk-kiosk-height, 100dvh);
        overflow: hidden;
      }
      .root {
        block-size: 100%;
        background: var(--frontdesk-surface);
      }
    `,
  ];

  private readonly language = new LocaleController(this, kioskCatalogue, () => this.spoken ?? this.locale);
  private readonly environment = getEnvironment();
  private storage = createDeviceStorage(KIND, this.environment.storage);
  private readonly reader = createReadAloud(this.environment.clock);
  private pairing: Pairing | null = null;
  private machine: KioskMachine | null = null;
  private wakeLock: WakeLockKeeper | null = null;
  private lock: Lockdown | null = null;
  /** Language of the session; null before the kiosk knows its own. */
  private spoken: string | null = null;
  private cleanUps: (() => void)[] = [];
  /** Grows with each start, so that a start that was overtaken ends. */
  private run = 0;

  /** URL of the Frontdesk server; the page's own origin by default. Read when the element is connected. */
  @property()
  server: string | null = null;

  /**
   * Token of a kiosk that is paired already, for pages of your own. Without it the kiosk makes one and shows a code. Read when the
   * element is connected.
   */
  @property()
  token: string | null = null;

  /** Keeps customers on the kiosk: no menu, no zoom, no way back; staff leave it with the PIN. For pages that are nothing but a kiosk. */
  @property({ type: Boolean })
  locked = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.wakeLock = keepAwake();
    const touch = (): void => this.machine?.touch();
    for (const type of ['pointerdown', 'keydown', 'scroll']) {
      this.addEventListener(type, touch, { capture: true, passive: true });
      this.cleanUps.push(() => this.removeEventListener(type, touch, { capture: true }));
    }
    if (this.token !== null) this.storage = createDeviceStorage(KIND, this.environment.storage, this.token);
    const isPaired = this.storage.isTokenGiven || this.storage.readSnapshot() !== null;
    const isKnown = isPaired && this.storage.readToken() !== null;
    if (isKnown) void this.startMachine();
    else this.startPairing();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopAll();
    this.wakeLock?.release();
    this.lock?.release();
    this.lock = null;
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const state = this.machine?.getState();
    // The colour of the settings, unless the page says another one.
    if (!this.hasAttribute('accent')) this.accent = state?.self?.kiosk?.accent ?? null;
    super.willUpdate(changed);
    const spoken = state?.self ? languageOf(state) : null;
    if (spoken !== this.spoken || changed.has('locale')) {
      this.spoken = spoken;
      this.language.refresh();
    }
    this.updateLock();
  }

  private handleRequest(event: KioskRequestEvent): void {
    // What happens inside is nobody else's business.
    event.stopPropagation();
    this.machine?.handle(event.request);
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  private updateLock(): void {
    const isWanted = this.locked && this.machine !== null;
    if (isWanted) this.lock ??= lockPage(this, () => this.machine?.handle({ type: 'back' }));
    else {
      this.lock?.release();
      this.lock = null;
    }
  }

  private startPairing(): void {
    this.stopAll();
    const { storage, environment, serverUrl } = this;
    const pairing = createPairing({ serverUrl, kind: KIND, storage, environment });
    this.pairing = pairing;
    this.cleanUps.push(
      pairing.subscribe(({ phase }) => {
        if (pairing !== this.pairing) return;
        if (phase === 'paired') void this.startMachine();
        this.requestUpdate();
      }),
    );
    void import('../device-pairing/define.js').then(() => this.requestUpdate());
    pairing.start();
    this.requestUpdate();
  }

  private async startMachine(): Promise<void> {
    this.stopAll();
    const run = ++this.run;
    const token = this.storage.readToken();
    if (token === null) return this.startPairing();
    const { environment, storage, serverUrl } = this;
    const client = createDeviceClient({ serverUrl, kind: KIND, token, environment });
    const journalStore = await openJournalStore(KIND, environment.storage);
    const machine = await startKioskMachine({
      serverUrl,
      connection: client.connection,
      environment,
      storage,
      journalStore,
      probe: {
        appVersion: this.readVersion(),
        readWakeLock: () => this.wakeLock?.read() ?? 'unsupported',
        readSound,
        readVoice: () => (this.reader.canSpeak(this.language.translator.tag) ? 'speech' : 'none'),
      },
      monotonicNow: () => performance.now(),
      createPrinter: ({ kiosk }) => (kiosk ? createTicketPrinter(kiosk, environment.clock) : null),
      loadWords: (language) => this.loadWords(language),
      handleExit: () => this.handleExit(),
      handleRevoked: () => this.handleRevoked(),
    });
    if (run !== this.run || !this.isConnected) return machine.stop();
    this.machine = machine;
    this.cleanUps.push(machine.subscribe(() => this.requestUpdate()));
    this.prepareLanguages(machine);
    this.requestUpdate();
  }

  private stopAll(): void {
    this.run += 1;
    this.pairing?.stop();
    this.pairing = null;
    this.machine?.stop();
    this.machine = null;
  }

  /** The server does not know this device any more; it begins as a new one. */
  private handleRevoked(): void {
    this.stopAll();
    void openJournalStore(KIND, this.environment.storage).then((store) => store.clear());
    this.startPairing();
  }

  private handleExit(): void {
    this.locked = false;
    if (document.fullscreenElement) void document.exitFullscreen();
    this.dispatchEvent(new FrontdeskKioskExitEvent());
  }

  private readVersion(): string {
    return readLoaderRegistry()?.version ?? 'unknown';
  }

  private loadWords(language: string): Promise<KioskWords> {
    return loadTranslator(kioskCatalogue, resolveLocale(this, language, supportedLocales(kioskCatalogue)));
  }

  /** All tables of the branch, while there is a network: the customer who needs one may come when there is none. */
  private prepareLanguages(machine: KioskMachine): void {
    let prepared: DeviceSelf['languages'] = [];
    const prepare = (): void => {
      const languages = machine.getState().self?.languages ?? [];
      if (languages === prepared) return;
      prepared = languages;
      for (const language of languages) void this.loadWords(language);
    };
    prepare();
    this.cleanUps.push(machine.subscribe(prepare));
  }

  private renderContent(): unknown {
    if (this.pairing) {
      return html`<frontdesk-device-pairing
        .kind=${KIND}
        .state=${this.pairing.getState()}
        .locale=${this.locale}
      ></frontdesk-device-pairing>`;
    }
    const state = this.machine?.getState();
    if (!this.machine || !state?.self) {
      return html`<p class="visually-hidden" role="status">${this.language.translator.t('kiosk.starting')}</p>`;
    }
    return html`<frontdesk-kiosk-stage
      .state=${state}
      .words=${this.language.translator}
      .reader=${this.reader}
      .now=${() => this.machine?.now() ?? Date.now()}
      data-in-use=${isInUse(state) ? 'yes' : nothing}
      @frontdesk-kiosk-request=${this.handleRequest}
    ></frontdesk-kiosk-stage>`;
  }

  protected override render(): TemplateResult {
    const { tag, direction } = this.language.translator;
    return this.renderInRoot(this.renderContent(), { tag, direction });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-kiosk': FrontdeskKiosk;
  }
}
