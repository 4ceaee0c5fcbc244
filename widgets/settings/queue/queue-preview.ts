import { formatLabel } from '@frontdesk/domain/queue/numbering';
import type { DisplaySettings } from '@frontdesk/protocol/devices';
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { BoardCall } from '@frontdesk/protocol/queue-device';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { normalizeHex } from '../../core/color.js';
import { baseStyles } from '../../core/styles.js';
import { applyTheme } from '../../core/theme.js';
import { EMPTY_VIEW, type BoardView } from '../../queue-display/board-view.js';
import type { QueueSetup } from './queue-desk.js';
import { QUEUE_ENGLISH, type QueueWords } from './queue-words.js';

const SAMPLE_NAME = 'Muh*** A.';
const MINUTE_MS = 60_000;
const TICK_MS = 1_000;

type SampleService = Pick<ServiceDto, 'id' | 'names' | 'series'>;
type SampleCounter = Pick<CounterDto, 'id' | 'label' | 'group' | 'serviceIds'>;

const SERVICE: SampleService = {
  id: 'sample' as ServiceId,
  names: { en: 'Consultation' },
  series: { prefix: 'A', width: 3, first: 1, last: 999 },
};
const COUNTER: SampleCounter = { id: 'sample' as CounterId, label: '1', group: '', serviceIds: [] };

interface Sample {
  readonly setup: QueueSetup | null;
  readonly placeName: string;
  readonly timeZone: string;
  readonly nowMs: number;
}

function listServices({ serviceIds }: DisplaySettings, setup: QueueSetup | null): readonly SampleService[] {
  const active = (setup?.services ?? []).filter(({ isArchived }) => !isArchived);
  if (active.length === 0) return [SERVICE];
  return active.filter(({ id }) => serviceIds.length === 0 || serviceIds.includes(id));
}

function listCounters({ counterGroups }: DisplaySettings, setup: QueueSetup | null): readonly SampleCounter[] {
  const active = (setup?.counters ?? []).filter(({ isArchived }) => !isArchived);
  if (active.length === 0) return [COUNTER];
  return active.filter(({ group }) => counterGroups.length === 0 || counterGroups.includes(group));
}

/** The call before the newest by `index`, at the counter whose turn it is; none where the counter serves nothing shown. */
function buildCall(settings: DisplaySettings, { setup, nowMs }: Sample, index: number): BoardCall | undefined {
  const counters = listCounters(settings, setup);
  const counter = counters[index % counters.length];
  if (counter === undefined) return undefined;
  const served = listServices(settings, setup).filter(
    ({ id }) => counter.serviceIds.length === 0 || counter.serviceIds.includes(id),
  );
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
    calledAt: new Date(nowMs - index * MINUTE_MS).toISOString(),
    recalledAt: null,
    maskedName: settings.showNames ? SAMPLE_NAME : null,
    state: 'called',
  };
}

/** Calls as this branch might have them, after the display's own filters. */
export function buildSampleView(settings: DisplaySettings, sample: Sample): BoardView {
  const { setup, placeName, timeZone, nowMs } = sample;
  const pick = (from: number, count: number): BoardCall[] =>
    Array.from({ length: count }, (_, at) => buildCall(settings, sample, from + at)).filter((one) => one !== undefined);
  const calls = pick(0, Math.min(4, listCounters(settings, setup).length));
  return {
    ...EMPTY_VIEW,
    placeName,
    timeZone,
    nowMs,
    calls,
    recent: pick(5, 6).map((past) => ({ ...past, state: 'gone' })),
    emphasizedIds: new Set(calls.slice(0, 1).map(({ id }) => id)),
    waiting: listServices(settings, setup).map(({ id, names }, index) => ({
      serviceId: id,
      names,
      count: 7 - Math.min(index, 5),
    })),
    ticker: settings.ticker,
    playlist: settings.playlist.filter(({ url }) => URL.canParse(url) && new URL(url).protocol === 'https:'),
    updatedAtMs: nowMs,
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

  private ticking: ReturnType<typeof setInterval> | undefined;

  @state() private nowMs = Date.now();

  @property({ attribute: false }) words: QueueWords = QUEUE_ENGLISH;
  @property({ attribute: false }) settings: DisplaySettings | null = null;
  @property({ attribute: false }) location: LocationDto | null = null;
  @property({ attribute: false }) setup: QueueSetup | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // News that do not fit come a piece at a time, as on the screen.
    this.ticking = setInterval(() => (this.nowMs = Date.now()), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

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
