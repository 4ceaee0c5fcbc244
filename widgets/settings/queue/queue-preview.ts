import { formatLabel } from '@frontdesk/domain/queue/numbering';
import type { DisplaySettings } from '@frontdesk/protocol/devices';
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { BoardCall } from '@frontdesk/protocol/queue-device';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { normalizeHex } from '../../core/color.js';
import { baseStyles } from '../../core/styles.js';
import { applyTheme } from '../../core/theme.js';
import { EMPTY_VIEW, type BoardView } from '../../queue-display/board-view.js';
import type { QueueSetup } from './queue-desk.js';
import { QUEUE_ENGLISH, type QueueWords } from './queue-words.js';

const SAMPLE_NAME = 'Muh*** A.';
const MINUTE_MS = 60_000;

type SampleService = Pick<ServiceDto, 'id' | 'names' | 'series'>;
type SampleCounter = Pick<CounterDto, 'id' | 'label' | 'group' | 'serviceIds'>;

const SERVICE: SampleService = {
  id: 'sample' as ServiceId,
  names: { en: 'Consultation' },
  series: { prefix: 'A', width: 3, first: 1, last: 999 },
};

/** Calls as this branch might have them, after the display's own filters. */
export function buildSampleView(
  settings: DisplaySettings,
  {
    setup,
    placeName,
    timeZone,
    nowMs,
  }: { setup: QueueSetup | null; placeName: string; timeZone: string; nowMs: number },
): BoardView {
  const isShown = ({ id }: { readonly id: ServiceId }): boolean =>
    settings.serviceIds.length === 0 || settings.serviceIds.includes(id);
  const active = (setup?.services ?? []).filter(({ isArchived }) => !isArchived);
  const services: readonly SampleService[] = active.length === 0 ? [SERVICE] : active.filter(isShown);
  const counters: readonly SampleCounter[] = (setup?.counters ?? []).filter(
    ({ isArchived, group }) =>
      !isArchived && (settings.counterGroups.length === 0 || settings.counterGroups.includes(group)),
  );
  const stood: readonly SampleCounter[] =
    setup === null || setup.counters.length === 0
      ? [{ id: 'sample' as CounterId, label: '1', group: '', serviceIds: [] }]
      : counters;
  const call = (index: number, counter: SampleCounter, agoMinutes: number): BoardCall | undefined => {
    const served = services.filter(({ id }) => counter.serviceIds.length === 0 || counter.serviceIds.includes(id));
    const service = served[index % served.length];
    if (service === undefined) return undefined;
    const { prefix, first, width } = service.series;
    return {
      id: `sample-${index}`,
      sequence: 100 - index,
      label: formatLabel(prefix, first + 24 - index, width),
      counterId: counter.id,
      counterLabel: counter.label,
      counterGroup: counter.group,
      serviceId: service.id,
      languages: ['en'],
      calledAt: new Date(nowMs - agoMinutes * MINUTE_MS).toISOString(),
      recalledAt: null,
      maskedName: settings.showNames ? SAMPLE_NAME : null,
      state: 'called',
    };
  };
  const pick = (count: number, from: number): BoardCall[] =>
    stood.length === 0
      ? []
      : Array.from({ length: count }, (_, at) => {
          const counter = stood[(from + at) % stood.length];
          return counter === undefined ? undefined : call(from + at, counter, from + at);
        }).filter((one) => one !== undefined);
  const calls = pick(Math.min(4, stood.length), 0);
  return {
    ...EMPTY_VIEW,
    placeName,
    timeZone,
    nowMs,
    calls,
    recent: pick(6, 5).map((past) => ({ ...past, state: 'gone' })),
    emphasizedIds: new Set(calls.slice(0, 1).map(({ id }) => id)),
    waiting: services.map(({ id, names }, index) => ({ serviceId: id, names, count: 7 - Math.min(index, 5) })),
    ticker: settings.ticker,
    playlist: settings.playlist.filter(({ url }) => URL.canParse(url) && new URL(url).protocol === 'https:'),
    updatedAtMs: nowMs,
    isSoundOn: false,
  };
}

/** What the screen will show: its own board in a small box, with calls made up. */
export class FrontdeskQueuePreview extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .box {
        inline-size: 100%;
        max-inline-size: 640px;
        aspect-ratio: 16 / 9;
        overflow: hidden;
        border: 1px solid var(--frontdesk-line-strong);
        border-radius: var(--frontdesk-radius-card);
      }
      frontdesk-queue-board {
        block-size: 100%;
      }
    `,
  ];

  private readonly nowMs = Date.now();

  @property({ attribute: false }) words: QueueWords = QUEUE_ENGLISH;
  @property({ attribute: false }) settings: DisplaySettings | null = null;
  @property({ attribute: false }) location: LocationDto | null = null;
  @property({ attribute: false }) setup: QueueSetup | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('settings') || this.settings === null || this.shadowRoot === null) return;
    applyTheme(this.shadowRoot, normalizeHex(this.settings.accent), this.settings.scheme);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { settings, location, setup, nowMs } = this;
    if (settings === null) return nothing;
    const view = buildSampleView(settings, {
      setup,
      placeName: location?.name ?? '',
      timeZone: location?.timeZone ?? 'UTC',
      nowMs,
    });
    return html`<div class="root">
      <div class="box" role="img" aria-label=${this.words.t('preview')} inert>
        <frontdesk-queue-board .view=${view} .accent=${normalizeHex(settings.accent) ?? null}></frontdesk-queue-board>
      </div>
    </div>`;
  }
}
