import type { PoolDto } from '@frontdesk/protocol/booking-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { BookingForm, type Problems } from './booking-page.js';

type Draft = Pick<PoolDto, 'name' | 'resourceIds'>;

/** One pool: rooms or things of which any one will do. */
export class FrontdeskBookingPool extends BookingForm<PoolDto, Draft> {
  protected blank(): Draft {
    return { name: '', resourceIds: [] };
  }

  protected toDraft({ name, resourceIds }: PoolDto): Draft {
    return { name, resourceIds };
  }

  protected override check({ name }: Draft): Problems {
    return name.trim() === '' ? { name: 'invalidRequired' } : {};
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, record } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null) return;
    await this.finish(
      record === null
        ? this.send('pool:create', { locationId, ...draft })
        : this.send('pool:update', { poolId: record.id, ...this.changes }),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, record } = this;
    if (draft === null) return nothing;
    const rooms = this.desk.setup.resources
      .filter(({ id, kind, isArchived }) => kind !== 'staff' && (!isArchived || draft.resourceIds.includes(id)))
      .map(({ id, name }) => [id, name] as const);
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(record?.name ?? words.t('poolAdd'), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`} ${this.renderTwin()}
      <section class="block">
        <div class="form">
          ${this.renderText('name', words.t('resourceName'), draft.name, (name) => this.change({ name }), {
            maxLength: 60,
            hint: 'poolNameHint',
          })}
        </div>
        ${this.renderChoices(
          words.t('poolMembers'),
          rooms,
          draft.resourceIds,
          (resourceIds) => this.change({ resourceIds: [...resourceIds] }),
          'poolMembersHint',
        )}
      </section>
      ${this.renderActions(record === null ? 'create' : 'save')}
    </form>`;
  }
}
