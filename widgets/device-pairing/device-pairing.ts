import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../core/base-styles.js';
import { LocaleController } from '../core/locale.js';
import { MeasureController } from '../core/measure.js';
import { pairingCatalogue } from '../locales/pairing.js';
import { pairingStyles } from './device-pairing.styles.js';
import type { PairingState } from './pairing.js';

/** Stands for a digit that is not known yet. */
const UNKNOWN_CODE = '––––––';

/**
 * The screen of a display or kiosk that belongs to nobody yet: a six-digit code, as large as the screen allows, and where
 * to type it. It draws what `createPairing` knows and takes the theme of the element around it.
 */
export class FrontdeskDevicePairing extends LitElement {
  static override styles = [baseStyles, pairingStyles];

  private readonly language = new LocaleController(this, pairingCatalogue, () => this.locale);
  /** Publishes the element's size to its styles. */
  readonly measure = new MeasureController(this);

  @property({ attribute: false }) state: PairingState | null = null;
  @property() kind: DeviceKind = 'display';
  /** Language tag; that of the surroundings by default. */
  @property() locale: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) this.language.refresh();
  }

  private renderCode(code: string | null): TemplateResult {
    const { t } = this.language.translator;
    const digits = [...(code ?? UNKNOWN_CODE)];
    return html`<p
      class=${code === null ? 'code code--unknown' : 'code'}
      role="img"
      aria-label=${code === null ? t('pairing.asking') : t('pairing.code', { digits: digits.join(' ') })}
    >
      ${digits.map((digit) => html`<span>${digit}</span>`)}
    </p>`;
  }

  protected override render(): TemplateResult {
    const { t, tag, direction } = this.language.translator;
    const { phase = 'asking', code = null } = this.state ?? {};
    return html`<div class="root" lang=${tag} dir=${direction}>
      <div class="screen">
        <h1>${t(`pairing.title.${this.kind}`)}</h1>
        ${this.renderCode(code)}
        <p class="hint">${t('pairing.hint')}</p>
        <p class="status" role="status">${phase === 'unreachable' ? t('pairing.unreachable') : nothing}</p>
      </div>
    </div>`;
  }
}
