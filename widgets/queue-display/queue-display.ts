import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { createAudioOutput, type AudioOutput } from '../core/announcer/audio-output.js';
import { createClipLibrary } from '../core/announcer/clip-library.js';
import { createPageSpeech, type Speech } from '../core/announcer/speech.js';
import { createVoice, type Voice } from '../core/announcer/voice.js';
import { resolveServerUrl } from '../core/loader-registry.js';
import type { DeviceClient, DeviceClientOptions } from '../core/client/device-client.js';
import { getEnvironment, type ClientEnvironment } from '../core/client/environment.js';
import { createDeviceStorage } from '../core/client/storage-device.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController, type Translator } from '../core/locale.js';
import { applyTheme, parseColorScheme } from '../core/theme.js';
import { displayCatalogue, type DisplayKey } from '../locales/display.js';
import { describeView } from './describe-view.js';
import type { BoardPaintedEvent } from './display-events.js';
import { createDisplaySession, type DisplaySession } from './display-session.js';
import { createScreenKeeper, type ScreenKeeper } from './screen-keeper.js';
import { createDayReader } from './service-day.js';
import { createWatchdog, type RestartReason } from './watchdog.js';

/** What a display takes from the world around it; by default the page's own. */
export interface DisplayWorld {
  readonly environment: ClientEnvironment;
  readonly output: AudioOutput;
  readonly speech: Speech;
  readonly createClient: (options: DeviceClientOptions) => DeviceClient;
  readonly reloadPage: () => void;
}

/**
 * The screen of a waiting room: who is called and where, for months, without anybody touching it. It shows a code until a member of staff has taken
 * it into a branch in the settings; from then on everything it shows is set there.
 *
 * Fills its own height; give it one, or let it take the window's.
 *
 * @tag frontdesk-queue-display
 * @csspart base - The outermost box.
 * @cssproperty [--frontdesk-queue-display-height=100vh] - Height of the display.
 */
export class FrontdeskQueueDisplay extends FrontdeskElement {
  static override styles = [
    ...FrontdeskElement.styles,
    css`
      :host {
        block-size: var(--frontdesk-queue-display-height, 100vh);
        overflow: hidden;
      }
      .root,
      frontdesk-queue-board,
      frontdesk-device-pairing {
        display: block;
        block-size: 100%;
        background: var(--frontdesk-surface-sunken);
      }
    `,
  ];

  private readonly language = new LocaleController(this, displayCatalogue, () => this.spokenLocale);
  private session: DisplaySession | undefined;
  private output: AudioOutput | undefined;
  private keeper: ScreenKeeper | undefined;
  private stops: (() => void)[] = [];

  /** Origin of the Frontdesk server; by default the one that the loader came from. Read when the element is connected. */
  @property()
  server: string | null = null;

  /**
   * Token of a display that is paired already, for pages of your own. Without it the display makes one and shows a code. Read when the
   * element is connected.
   */
  @property()
  token: string | null = null;

  /** The display is the whole page: it may fill the screen, and start the page anew when something is wrong with it. */
  @property({ type: Boolean, attribute: 'owns-page' })
  ownsPage = false;

  /**
   * Parts of the world that tests and previews replace. Read when the element is connected.
   * @internal
   */
  world: Partial<DisplayWorld> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../device-pairing/define.js');
    this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops.splice(0)) stop();
    this.session = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.language.refresh();
    const display = this.session?.getState().model.device?.display;
    if (!this.shadowRoot || !display) return;
    const scheme = this.colorScheme ?? display.scheme;
    applyTheme(this.shadowRoot, this.accent ?? display.accent, parseColorScheme(scheme));
  }

  /** The language of the element, else the first of the branch, else that of the page. */
  private get spokenLocale(): string | null {
    return this.locale ?? this.session?.getState().model.device?.languages[0] ?? null;
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  private get environment(): ClientEnvironment {
    return this.world.environment ?? getEnvironment();
  }

  private createVoice(output: AudioOutput): Voice {
    const { clock, fetch } = this.environment;
    const speech = this.world.speech ?? createPageSpeech(clock);
    const baseUrl = `${this.serverUrl}/widgets/clips`;
    const clips = createClipLibrary({ output, baseUrl, fetch, now: () => clock.now() });
    return createVoice({ output, clips, speech, clock });
  }

  private begin(): void {
    const { environment, serverUrl, ownsPage } = this;
    const { createClient } = this.world;
    const { clock, storage: backends } = environment;
    const storage = createDeviceStorage('display', backends, this.token);
    const output = this.world.output ?? createAudioOutput();
    const voice = this.createVoice(output);
    const keeper = createScreenKeeper({ clock, document, navigator, window, ownsPage });
    const dayOf = createDayReader(() => session.getState().model.device);
    const watchdog = createWatchdog({ now: () => clock.now(), storage, dayOf });
    const session = createDisplaySession({
      serverUrl,
      environment,
      storage,
      output,
      voice,
      watchdog,
      ...(createClient ? { createClient } : {}),
      readWakeLock: () => keeper.getState().wakeLock,
      onRestartDue: (reason) => void this.restart(reason),
    });
    const redraw = (): void => this.requestUpdate();
    this.session = session;
    this.output = output;
    this.keeper = keeper;
    this.stops.push(
      session.subscribe(redraw),
      output.subscribe(redraw),
      keeper.subscribe(redraw),
      () => session.stop(),
      () => keeper.stop(),
      () => output.close(),
      ...(ownsPage ? [listenForErrors(() => watchdog.noteError())] : []),
    );
    session.start();
    keeper.start();
    void output.unlock();
  }

  /**
   * A page of our own is loaded anew, which also brings the newest release; but only while the server answers, because a browser's error
   * page would be worse than an old board. In a host's page, and without a network, the display alone begins again.
   */
  private async restart(reason: RestartReason): Promise<void> {
    const { session, serverUrl } = this;
    if (this.ownsPage && (await isReachable(serverUrl, this.environment.fetch))) {
      session?.stop();
      (this.world.reloadPage ?? reloadPage)();
    } else if (reason !== 'new-day') session?.restart();
  }

  /** Turns the sound on and fills the screen. Call it from the handler of a touch, for example of a button of the page. */
  async activate(): Promise<void> {
    await Promise.all([this.output?.unlock(), this.keeper?.enterFullScreen()]);
  }

  private handleTap(): void {
    void this.activate();
  }

  /** What is on the screen is told when the browser has painted it. */
  private handlePainted({ calls }: BoardPaintedEvent): void {
    const { session } = this;
    const tell = (): void => session?.handlePainted(calls);
    if (document.hidden) return;
    requestAnimationFrame(() => setTimeout(tell));
  }

  private renderContent(words: Translator<DisplayKey>): unknown {
    const state = this.session?.getState();
    if (!state) return '';
    if (state.phase === 'pairing') {
      return html`<frontdesk-device-pairing
        kind="display"
        .state=${state.pairing}
        .locale=${this.locale}
      ></frontdesk-device-pairing>`;
    }
    if (state.phase === 'starting')
      return html`<p class="visually-hidden" role="status">${words.t('display.starting')}</p>`;
    const sound = this.output?.getState().sound ?? 'off';
    const offersFullScreen = this.keeper?.getState().offersFullScreen ?? false;
    return html`<frontdesk-queue-board
      .words=${words}
      .accent=${this.accent ?? state.model.device?.display?.accent ?? null}
      .view=${describeView(state, { sound, offersFullScreen })}
      @frontdesk-board-painted=${this.handlePainted}
      @frontdesk-board-tap=${this.handleTap}
    ></frontdesk-queue-board>`;
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    return this.renderInRoot(this.renderContent(words), words);
  }
}

/** Errors of a host's page are none of ours; those of our own page are. */
function listenForErrors(noteError: () => void): () => void {
  const types = ['error', 'unhandledrejection'];
  for (const type of types) addEventListener(type, noteError);
  return () => types.forEach((type) => removeEventListener(type, noteError));
}

function reloadPage(): void {
  location.reload();
}

async function isReachable(serverUrl: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    return (await fetch(`${serverUrl}/health`, { cache: 'no-store', credentials: 'omit' })).ok;
  } catch {
    return false;
  }
}
