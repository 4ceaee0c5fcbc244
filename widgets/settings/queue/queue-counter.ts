import type { ServiceId } from '@frontdesk/protocol/ids';
import type { CounterDto } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { QueueForm, type Problems } from './queue-page.js';
import { nameIn } from './queue-words.js';

interface Draft {
  readonly label: string;
  readonly group: string;
  readonly serviceIds: readonly ServiceId[];
}

/** One counter (QA-4): its name, its group, what it serves. */
export class FrontdeskQueueCounter extends QueueForm<Draft> {
  @property({ attribute: false }) counter: CounterDto | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;
  @property({ attribute: false }) saved: (counter: CounterDto) => void = () => undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.draft !== null && (!changed.has('counter') || changed.get('counter')?.id === this.counter?.id)) return;
    if (this.draft !== null && this.phase === 'saved') return;
    this.draft = this.counter ?? { label: '', group: '', serviceIds: this.services.map(({ id }) => id) };
  }

  private get services() {
    return (this.data.setup.data?.services ?? []).filter(({ isArchived }) => !isArchived);
  }

  protected override check({ label }: Draft): Problems {
    return label.trim() === '' ? { label: 'invalidRequired' } : {};
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, counter } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null) return;
    const input = { label: draft.label.trim(), group: draft.group.trim(), serviceIds: [...draft.serviceIds] };
    const saved =
      counter === null
        ? await this.send('counter:create', { locationId, ...input })
        : await this.send('counter:update', { counterId: counter.id, ...input });
    if (saved !== null) this.saved(saved);
  }

  private async handleArchive({ id, isArchived }: CounterDto): Promise<void> {
    const saved = await this.send('counter:update', { counterId: id, isArchived: !isArchived });
    if (saved !== null) this.saved(saved);
  }

  private renderArchive(): TemplateResult | typeof nothing {
    const { counter } = this;
    if (counter === null) return nothing;
    return html`<button class="button" type="button" @click=${() => this.handleArchive(counter)}>
      ${this.words.t(counter.isArchived ? 'bringBack' : 'archive')}
    </button>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, counter } = this;
    if (draft === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(counter?.label ?? words.t('counterAdd'), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`}
      <section class="block">
        <div class="form">
          ${this.renderText('label', words.t('counterName'), draft.label, (label) => this.change({ label }), {
            maxLength: 30,
            hint: 'counterNameHint',
          })}
          ${this.renderText('group', words.t('counterGroup'), draft.group, (group) => this.change({ group }), {
            maxLength: 30,
            hint: 'counterGroupHint',
          })}
        </div>
        ${this.renderChoices(
          words.t('counterServes'),
          this.services.map((service) => [service.id, nameIn(words, service.names)] as const),
          draft.serviceIds,
          (serviceIds) => this.change({ serviceIds }),
          'counterServesHint',
        )}
      </section>
      ${this.renderActions(counter === null ? 'create' : 'save', this.renderArchive())}
    </form>`;
  }
}
