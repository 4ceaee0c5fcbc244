/**
 * The door of every staff element: acquires the page's workspace for the `server`, follows the session, and renders
 * what stands before the door. The element renders its own content only while somebody is signed in.
 */
import { html, type nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { StaffClient } from '../core/client/staff-client.js';
import { takeMailedLink, type MailedLink } from './mailed-link.js';
import type { StaffSession, StaffSessionState } from './staff-session.js';
import { acquireStaffWorkspace, normalizeServer, type StaffWorkspace } from './staff-workspace.js';
import type { StaffWords } from './words.js';
import { icon } from './staff-icons.js';

export interface StaffGateOptions {
  /** `server` attribute of the host. */
  readonly server: () => string | null;
  /** Somebody is signed in and the client is there. */
  readonly onEnter: (client: StaffClient, state: NonNullable<StaffSessionState['session']>) => void;
  /** Nobody is signed in any more. */
  readonly onLeave: () => void;
}

const STARTING: StaffSessionState = { phase: 'starting', session: null, ended: false };

export class StaffGate implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: StaffGateOptions;
  #workspace: StaffWorkspace | null = null;
  #release: (() => void) | null = null;
  #unsubscribe: (() => void) | null = null;
  #entered: StaffClient | null = null;
  link: MailedLink | null = null;

  constructor(host: ReactiveControllerHost, options: StaffGateOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get session(): StaffSession | null {
    return this.#workspace?.session ?? null;
  }

  get state(): StaffSessionState {
    return this.#workspace?.session.state ?? STARTING;
  }

  get isOpen(): boolean {
    // A mailed link speaks first, even to somebody who is signed in, perhaps with another account.
    return this.#entered !== null && this.link === null;
  }

  hostConnected(): void {
    // Two staff elements on one page: the first one takes the link, the other finds none.
    this.link ??= takeMailedLink();
    window.addEventListener('hashchange', this.#handleHashChange);
    const { workspace, release } = acquireStaffWorkspace(normalizeServer(this.#options.server()));
    this.#workspace = workspace;
    this.#release = release;
    this.#unsubscribe = workspace.subscribe(() => this.#follow());
    this.#follow();
    void workspace.session.start();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#handleHashChange);
    this.#unsubscribe?.();
    this.#leave();
    this.#release?.();
    this.#workspace = null;
  }

  /** A link that is pasted into the address bar of an open desk changes the fragment only; no page is loaded. */
  readonly #handleHashChange = (): void => {
    const link = takeMailedLink();
    if (link === null) return;
    this.link = link;
    this.#host.requestUpdate();
  };

  #follow(): void {
    const { session, client } = this.#workspace ?? {};
    const signedIn = session?.state.session ?? null;
    if (signedIn !== null && client && client !== this.#entered) {
      this.#leave();
      this.#entered = client;
      this.#options.onEnter(client, signedIn);
    } else if (signedIn === null) {
      this.#leave();
    }
    this.#host.requestUpdate();
  }

  #leave(): void {
    if (this.#entered === null) return;
    this.#entered = null;
    this.#options.onLeave();
  }

  #dropLink(): void {
    this.link = null;
    this.#host.requestUpdate();
  }

  /** What stands before the door. */
  render(words: StaffWords): TemplateResult | typeof nothing {
    const { phase, ended } = this.state;
    if (phase === 'signed-out' || (phase !== 'starting' && this.link !== null)) {
      return html`<frontdesk-staff-access
        .words=${words}
        .session=${this.session}
        .link=${this.link}
        .ended=${ended}
        @link-settled=${() => this.#dropLink()}
      ></frontdesk-staff-access>`;
    }
    if (phase === 'unreachable') {
      return html`<div class="empty gate" role="alert">
        ${icon('offline')}
        <h2>${words.t('errorNetwork')}</h2>
        <button class="button" type="button" @click=${() => void this.session?.start()}>${words.t('tryAgain')}</button>
      </div>`;
    }
    return html`<div class="gate" role="status"><span class="visually-hidden">${words.t('loading')}</span></div>`;
  }
}
