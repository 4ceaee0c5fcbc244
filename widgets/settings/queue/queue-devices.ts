import type { DeviceDto, DeviceHealth } from '@frontdesk/protocol/devices';
import type { DeviceId, LocationId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { QueueForm, type Problems } from './queue-page.js';
import type { QueueMessageKey } from './queue-words.js';

interface Draft {
  readonly code: string;
  readonly name: string;
  readonly locationId: LocationId | null;
}

const EMPTY: Draft = { code: '', name: '', locationId: null };

/** What somebody should look at, worst first. */
export function listTroubles(device: DeviceDto): readonly QueueMessageKey[] {
  const { health, kind } = device;
  if (health === null) return [];
  const troubles: readonly (readonly [boolean, QueueMessageKey])[] = [
    [health.printer === 'paper-out', 'healthPaperOut'],
    [health.printer === 'error', 'healthPrinterError'],
    [health.printer === 'paper-low', 'healthPaperLow'],
    [health.waitingOffline > 0, 'healthOffline'],
    [kind === 'display' && health.sound === 'needs-tap', 'healthSoundTap'],
    [kind === 'display' && health.sound === 'on' && health.voice === 'none', 'healthNoVoice'],
    [health.wakeLock === 'missing', 'healthWakeLock'],
  ];
  return troubles.filter(([is]) => is).map(([, message]) => message);
}

/** Screens and kiosks (QA-7): paired by the code that they show, watched, put out. */
export class FrontdeskQueueDevices extends QueueForm<Draft> {
  @query('dialog') private dialog?: HTMLDialogElement;

  @state() private open: DeviceId | null = null;
  @state() private leaving: DeviceDto | null = null;

  constructor() {
    super();
    this.draft = EMPTY;
  }

  protected override check({ code, name }: Draft): Problems {
    return {
      ...(/^\d{6}$/.test(code) ? {} : { code: 'codeWrong' as const }),
      ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
    };
  }

  private async handlePair(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    const locationId = draft?.locationId ?? this.data.locationId;
    if (draft === null || locationId === null) return;
    const device = await this.send('device:pair', { code: draft.code, name: draft.name.trim(), locationId });
    if (device === null) {
      // A code that nobody shows is a problem of its field, not of the page.
      if (this.error?.code === 'NOT_FOUND') this.problems = { code: 'codeUnknown' };
      return;
    }
    this.draft = EMPTY;
    await this.desk.loadDevices();
  }

  private async handleRevoke(): Promise<void> {
    const { leaving } = this;
    this.dialog?.close();
    if (leaving === null) return;
    const result = await this.desk.send('device:revoke', { deviceId: leaving.id });
    if (result.ok) await this.desk.loadDevices();
    else [this.phase, this.error] = ['failed', result.error];
  }

  private async askRevoke(device: DeviceDto): Promise<void> {
    this.leaving = device;
    await this.updateComplete;
    this.dialog?.showModal();
  }

  private describeHealth({ health, lastSeenAt, isOnline }: DeviceDto): string {
    const { words } = this;
    if (!isOnline) {
      return lastSeenAt === null
        ? words.t('deviceNeverSeen')
        : words.t('deviceSeen', { when: words.relative(lastSeenAt) });
    }
    if (health === null) return words.t('deviceOnline');
    return [words.t('deviceVersion', { version: health.appVersion }), this.describeDelay(health)]
      .filter((part) => part !== '')
      .join(' · ');
  }

  private describeDelay({ latencyMs, lastTicketAt }: DeviceHealth): string {
    const { words } = this;
    const delay =
      latencyMs === null
        ? ''
        : words.t('deviceLatency', {
            time: words.number(latencyMs, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' }),
          });
    const ticket = lastTicketAt === null ? '' : words.t('deviceLastTicket', { when: words.relative(lastTicketAt) });
    return [delay, ticket].filter((part) => part !== '').join(' · ');
  }

  private renderDevice(device: DeviceDto): TemplateResult {
    const { words } = this;
    const place = this.data.locations.data.find(({ id }) => id === device.locationId)?.name ?? '';
    return html`<li class="row">
      <span class="row__main">
        <span class="row__title"
          ><bdi>${device.name}</bdi>
          <span class="tag ${device.isOnline ? 'tag--good' : 'tag--bad'}"
            >${words.t(device.isOnline ? 'deviceOnline' : 'deviceOffline')}</span
          >${listTroubles(device).map((trouble) => html`<span class="tag tag--bad">${words.t(trouble)}</span>`)}</span
        >
        <span class="row__sub"
          >${words.t(device.kind === 'display' ? 'deviceDisplay' : 'deviceKiosk')} · <bdi>${place}</bdi> ·
          ${this.describeHealth(device)}</span
        >
      </span>
      <span class="row__end">
        <button
          class="button button--small"
          type="button"
          aria-label="${words.t('deviceSetUp')}: ${device.name}"
          @click=${() => (this.open = device.id)}
        >
          ${words.t('deviceSetUp')}
        </button>
        ${
          this.isManager
            ? html`<button
                class="button button--small"
                type="button"
                aria-label="${words.t('deviceRevoke')}: ${device.name}"
                @click=${() => this.askRevoke(device)}
              >
                ${words.t('deviceRevoke')}
              </button>`
            : nothing
        }
      </span>
    </li>`;
  }

  private renderPair(draft: Draft): TemplateResult | typeof nothing {
    const { words, data } = this;
    const places = data.locations.data.filter(({ isArchived }) => !isArchived);
    if (!this.isManager || places.length === 0) return nothing;
    return html`<form class="block" novalidate @submit=${this.handlePair}>
      <h2>${words.t('devicePair')}</h2>
      <p class="lead">${words.t('devicePairLead', { address: '/display', kiosk: '/kiosk' })}</p>
      <div class="pair">
        ${this.renderText(
          'code',
          words.t('deviceCode'),
          draft.code,
          (code) => this.change({ code: code.replaceAll(/\D/g, '') }),
          {
            maxLength: 7,
            dir: 'ltr',
            inputMode: 'numeric',
            placeholder: '123456',
          },
        )}
        ${this.renderText('name', words.t('deviceName'), draft.name, (name) => this.change({ name }), { maxLength: 60 })}
        ${this.renderSelect(
          'locationId',
          words.t('deviceLocation'),
          places.map(({ id, name }) => [id, name] as const),
          draft.locationId ?? data.locationId ?? places[0]?.id ?? ('' as LocationId),
          (locationId) => this.change({ locationId }),
        )}
      </div>
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.phase === 'busy')}>
          ${words.t('devicePairNow')}
        </button>
        ${this.problems['code'] === undefined ? this.renderStatus('devicePaired') : nothing}
      </div>
    </form>`;
  }

  private renderDialog(): TemplateResult {
    const { words, leaving } = this;
    return html`<dialog aria-labelledby="leaving" @close=${() => (this.leaving = null)}>
      <h2 id="leaving">${words.t('deviceRevokeTitle', { name: leaving?.name ?? '' })}</h2>
      <p>${words.t('deviceRevokeBody')}</p>
      <div class="actions">
        <button class="button" type="button" @click=${() => this.dialog?.close()}>${words.t('cancel')}</button>
        <button class="button button--danger" type="button" @click=${this.handleRevoke}>
          ${words.t('deviceRevoke')}
        </button>
      </div>
    </dialog>`;
  }

  private renderList(): TemplateResult {
    const { devices } = this.data;
    const pending = this.renderPending(devices);
    if (pending !== null) return pending;
    if (devices.data.length === 0) return this.renderEmpty('panel', 'devicesEmptyTitle', 'devicesEmptyBody');
    return html`<div class="block block--flush">
      <ul>
        ${devices.data.map((device) => this.renderDevice(device))}
      </ul>
    </div>`;
  }

  private renderSetUp(device: DeviceDto): TemplateResult {
    const back = (): void => void (this.open = null);
    return device.kind === 'display'
      ? html`<frontdesk-queue-designer
          .words=${this.words}
          .data=${this.data}
          .desk=${this.desk}
          .memberRole=${this.memberRole}
          .device=${device}
          .back=${back}
        ></frontdesk-queue-designer>`
      : html`<frontdesk-queue-kiosk
          .words=${this.words}
          .data=${this.data}
          .desk=${this.desk}
          .memberRole=${this.memberRole}
          .device=${device}
          .back=${back}
        ></frontdesk-queue-kiosk>`;
  }

  protected override render(): TemplateResult {
    const device = this.data.devices.data.find(({ id }) => id === this.open);
    if (device !== undefined) return this.renderSetUp(device);
    return html`<div class="root page">
      ${this.renderHead('pageDevices', 'devicesLead')} ${this.renderList()}
      ${this.draft === null ? nothing : this.renderPair(this.draft)} ${this.renderDialog()}
    </div>`;
  }
}
