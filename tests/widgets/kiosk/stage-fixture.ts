/** Puts the stage of a kiosk with an example's state on the page, in a box of the size of a kiosk. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { Locale } from '@frontdesk/protocol/locales';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import '@frontdesk/widgets/kiosk/elements';
import type { KioskRequest } from '@frontdesk/widgets/kiosk/kiosk-events';
import type { FrontdeskKioskStage } from '@frontdesk/widgets/kiosk/kiosk-stage';
import { DEMO_NOW_MS, KIOSK_STATES } from '@frontdesk/widgets/kiosk/kiosk-states';
import type { KioskState } from '@frontdesk/widgets/kiosk/kiosk-store';
import type { ReadAloud } from '@frontdesk/widgets/kiosk/read-aloud';
import { kioskCatalogue } from '@frontdesk/widgets/locales/kiosk';

export interface StageFixture {
  readonly stage: FrontdeskKioskStage;
  readonly root: ShadowRoot;
  readonly requests: KioskRequest[];
  /** What was read aloud. */
  readonly said: string[];
  set(state: KioskState): Promise<void>;
  settle(): Promise<void>;
}

export interface StageChoices {
  readonly size?: readonly [width: number, height: number];
  readonly scheme?: ColorSchemeChoice;
  readonly locale?: Locale;
}

export const LANDSCAPE = [1280, 800] as const;
export const PORTRAIT = [1080, 1920] as const;

export function findState(name: string): KioskState {
  const state = KIOSK_STATES[name];
  if (!state) throw new Error(`No state ${name}`);
  return state;
}

export async function openStage(state: KioskState, choices: StageChoices = {}): Promise<StageFixture> {
  const { size = LANDSCAPE, scheme = 'light', locale = 'en' } = choices;
  const host = await fixture<HTMLElement>(html`<div></div>`);
  host.style.inlineSize = `${size[0]}px`;
  host.style.blockSize = `${size[1]}px`;
  const outer = host.attachShadow({ mode: 'open' });
  applyTheme(outer, null, scheme);
  const stage = document.createElement('frontdesk-kiosk-stage');
  const said: string[] = [];
  const reader: ReadAloud = { canSpeak: () => true, say: (text) => said.push(text), stop() {} };
  const requests: KioskRequest[] = [];
  stage.words = await loadTranslator(kioskCatalogue, { locale, tag: locale });
  stage.reader = reader;
  stage.now = () => DEMO_NOW_MS;
  stage.state = { ...state, session: { ...state.session, language: locale } };
  stage.addEventListener('frontdesk-kiosk-request', (event) => requests.push(event.request));
  outer.append(stage);
  const settle = async (): Promise<void> => {
    await nextFrame();
    await stage.updateComplete;
    await nextFrame();
    await nextFrame();
  };
  await settle();
  const root = stage.shadowRoot;
  if (!root) throw new Error('The stage has no tree.');
  return {
    stage,
    root,
    requests,
    said,
    async set(next) {
      stage.state = next;
      await settle();
    },
    settle,
  };
}

/** Everything that can be pressed, through inner elements; only what the open dialog lets through. */
export function listControls(root: ShadowRoot): HTMLElement[] {
  const scope: ParentNode = root.querySelector('dialog[open]') ?? root;
  return [...scope.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (element.closest('dialog:not([open])')) return [];
    const inner = element.shadowRoot ? listControls(element.shadowRoot) : [];
    return element.matches('button, input') ? [element, ...inner] : inner;
  });
}
