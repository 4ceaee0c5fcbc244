import type { CounterId } from '@frontdesk/protocol/ids';
import type { CounterDto } from '@frontdesk/protocol/queue-setup';
import type { CounterStatus } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import { QueuePage } from './queue-page.js';
import { nameIn, type QueueMessageKey } from './queue-words.js';

const STATUS_MESSAGES: Readonly<Record<CounterStatus, QueueMessageKey>> = {
  open: 'counterOpen',
  paused: 'counterPaused',
  closed: 'counterClosed',
};

/** The counters of a branch with their live state, and the form of one (QA-4). */
export class FrontdeskQueueCounters extends QueuePage {
  @state() private open: CounterId | 'new' | null = null;

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(counter: CounterDto): void {
    this.desk.keep({ counter });
    this.open = counter.id;
  }

  private describe({ group, serviceIds, staff }: CounterDto): string {
    const { words } = this;
    const names = (this.data.setup.data?.services ?? [])
      .filter(({ id }) => serviceIds.includes(id))
      .map((service) => nameIn(words, service.names));
    const served = names.length === 0 ? words.t('counterServesNothing') : words.list(names);
    return [group, staff?.name ?? '', served].filter((part) => part !== '').join(' · ');
  }

  private renderCounter(counter: CounterDto): TemplateResult {
    const { words } = this;
    const { status, isArchived } = counter;
    return html`<button class="open row" type="button" @click=${() => (this.open = counter.id)}>
      <span class="row__main">
        <span class="row__title"
          ><bdi>${counter.label}</bdi>
          <span class="tag ${status === 'open' && !isArchived ? 'tag--good' : ''}" data-status=${status}
            >${words.t(isArchived ? 'archived' : STATUS_MESSAGES[status])}</span
          >
          ${counter.pauseReason ? html`<span class="muted">${counter.pauseReason}</span>` : nothing}</span
        >
        <span class="row__sub" dir="auto">${this.describe(counter)}</span>
      </span>
      <span class="next">${icon('back', 'small')}</span>
    </button>`;
  }

  private renderList(counters: readonly CounterDto[]): TemplateResult {
    if (counters.length === 0) {
      return this.renderEmpty(
        'user',
        'countersEmptyTitle',
        'countersEmptyBody',
        this.renderNew('counterAdd', true, this.begin),
      );
    }
    const sorted = [...counters].sort((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">${sorted.map((counter) => this.renderCounter(counter))}</div>`;
  }

  protected override render(): TemplateResult {
    const counters = this.data.setup.data?.counters ?? [];
    const counter = counters.find(({ id }) => id === this.open) ?? null;
    if (counter !== null || this.open === 'new') {
      return html`<frontdesk-queue-counter
        .words=${this.words}
        .data=${this.data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .counter=${counter}
        .back=${() => (this.open = null)}
        .saved=${(saved: CounterDto) => this.handleSaved(saved)}
      ></frontdesk-queue-counter>`;
    }
    const action = counters.length === 0 ? nothing : this.renderNew('counterAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pageCounters', 'countersLead', action)}
      ${this.renderPending(this.data.setup) ?? this.renderList(counters)}
    </div>`;
  }
}
