import type { DeviceDto, KioskSettings } from '@frontdesk/protocol/devices';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { normalizeHex } from '../../core/color.js';
import { QueueForm, type Problems } from './queue-page.js';
import { nameIn } from './queue-words.js';

interface Draft extends Omit<KioskSettings, 'exitPin'> {
  readonly name: string;
  readonly exitPin: string;
}

/** How one kiosk is set up: its printer, its services, how it is left. */
export class FrontdeskQueueKiosk extends QueueForm<Draft> {
  @property({ attribute: false }) device: DeviceDto | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { device } = this;
    if (!device?.kiosk || (this.draft !== null && changed.get('device')?.id === device.id)) return;
    if (this.draft !== null && !changed.has('device')) return;
    this.draft = { ...device.kiosk, exitPin: device.kiosk.exitPin ?? '', name: device.name };
  }

  protected override check({ name, exitPin, accent, idleSeconds }: Draft): Problems {
    return {
      ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
      ...(/^\d{4,8}$/.test(exitPin) ? {} : { exitPin: 'pinWrong' as const }),
      ...(normalizeHex(accent) === undefined ? { accent: 'accentInvalid' as const } : {}),
      ...(idleSeconds >= 15 && idleSeconds <= 300 ? {} : { idleSeconds: 'idleWrong' as const }),
    };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { device, draft } = this;
    if (device === null || draft === null) return;
    const { name, ...kiosk } = draft;
    const accent = normalizeHex(kiosk.accent) ?? kiosk.accent;
    const saved = await this.send('device:update', {
      deviceId: device.id,
      name: name.trim(),
      kiosk: { ...kiosk, accent, serviceIds: [...kiosk.serviceIds] },
    });
    if (saved !== null) await this.desk.loadDevices();
  }

  private renderPrinter(draft: Draft): TemplateResult {
    const { words } = this;
    return html`${this.renderSelect(
      'printer',
      words.t('kioskPrinter'),
      [
        ['none', words.t('printerNone')],
        ['browser', words.t('printerBrowser')],
        ['escpos', words.t('printerEscpos')],
      ],
      draft.printer,
      (printer) => this.change({ printer }),
      { hint: 'kioskPrinterHint' },
    )}
    ${
      draft.printer === 'none'
        ? nothing
        : this.renderSelect(
            'paper',
            words.t('kioskPaper'),
            [
              ['58', words.t('paper', { width: 58 })],
              ['80', words.t('paper', { width: 80 })],
            ],
            draft.paperMillimeters === 58 ? '58' : '80',
            (width) => this.change({ paperMillimeters: width === '58' ? 58 : 80 }),
          )
    }`;
  }

  private renderLeaving(draft: Draft): TemplateResult {
    const { words } = this;
    return html`${this.renderNumber(
      'idleSeconds',
      words.t('kioskIdle'),
      draft.idleSeconds,
      (value) => this.change({ idleSeconds: value ?? 0 }),
      { hint: 'kioskIdleHint', min: 15, max: 300, step: 1 },
    )}
    ${this.renderText('accent', words.t('siteAccent'), draft.accent, (accent) => this.change({ accent }), {
      dir: 'ltr',
      maxLength: 7,
      class: 'short',
    })}
    ${
      this.isManager
        ? this.renderText('exitPin', words.t('kioskPin'), draft.exitPin, (exitPin) => this.change({ exitPin }), {
            dir: 'ltr',
            maxLength: 8,
            inputMode: 'numeric',
            hint: 'kioskPinHint',
            class: 'short',
          })
        : nothing
    }`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, device } = this;
    if (draft === null || device === null) return nothing;
    const services = (this.data.setup.data?.services ?? []).filter(({ isArchived }) => !isArchived);
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(device.name, this.back)}
      <section class="block">
        <div class="form">
          ${this.renderText('name', words.t('deviceName'), draft.name, (name) => this.change({ name }), { maxLength: 60 })}
          ${this.renderPrinter(draft)} ${this.renderLeaving(draft)}
        </div>
        ${this.renderCheck(words.t('kioskCheckIn'), draft.isCheckInOn, (isCheckInOn) => this.change({ isCheckInOn }))}
        ${this.renderChoices(
          words.t('shownServices'),
          services.map((service) => [service.id, nameIn(words, service.names)] as const),
          draft.serviceIds,
          (serviceIds) => this.change({ serviceIds: [...serviceIds] }),
          'emptyEverything',
        )}
      </section>
      ${this.renderActions('save')}
    </form>`;
  }
}
