import type { ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { ResourceKind } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { HoursChangedEvent } from '../setup/setup-hours.js';
import { nameIn } from '../setup/setup-words.js';
import { BookingForm, type Problems } from './booking-page.js';
import type { BookingMessageKey } from './booking-words.js';

type Draft = Pick<ResourceDto, 'name' | 'memberId' | 'serviceIds' | 'hours' | 'priority' | 'weight'> & {
  readonly kind: ResourceKind;
};

const MAX_RANK = 100;

/** Message by kind: what a new one is called. */
export const ADD_MESSAGES: Readonly<Record<ResourceKind, BookingMessageKey>> = {
  staff: 'personAdd',
  room: 'roomAdd',
  equipment: 'roomAdd',
};

/** One person, room or thing whose time can be booked. */
export class FrontdeskBookingResource extends BookingForm<ResourceDto, Draft> {
  /** What a new one is. */
  @property({ attribute: false }) newKind: ResourceKind = 'staff';

  protected blank(): Draft {
    // Who is added usually gives what there is; a person without services cannot be booked.
    const serviceIds = this.newKind === 'staff' ? this.services.map(([id]) => id) : [];
    return { kind: this.newKind, name: '', memberId: null, serviceIds, hours: null, priority: 0, weight: 1 };
  }

  protected toDraft({ kind, name, memberId, serviceIds, hours, priority, weight }: ResourceDto): Draft {
    return { kind, name, memberId, serviceIds, hours, priority, weight };
  }

  protected override check({ name, priority, weight }: Draft): Problems {
    const isRank = (value: number, least: number): boolean =>
      Number.isInteger(value) && value >= least && value <= MAX_RANK;
    return {
      ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
      ...(isRank(priority, 0) ? {} : { priority: 'offerNumberWrong' as const }),
      ...(isRank(weight, 1) ? {} : { weight: 'offerNumberWrong' as const }),
    };
  }

  private get services(): readonly (readonly [BookingServiceId, string])[] {
    const given = this.record?.serviceIds ?? [];
    return this.desk.setup.services
      .filter(({ id, isArchived }) => !isArchived || given.includes(id))
      .map(({ id, names }) => [id, nameIn(this.words, names)] as const);
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, record } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null) return;
    const { kind: _kind, ...changes } = this.changes;
    await this.finish(
      record === null
        ? this.send('resource:create', { locationId, ...draft })
        : this.send('resource:update', { resourceId: record.id, ...changes }),
    );
  }

  private async handleArchive({ id, isArchived }: ResourceDto): Promise<void> {
    const resource = await this.send('resource:update', { resourceId: id, isArchived: !isArchived });
    if (resource !== null) this.saved(resource);
  }

  private renderMember(draft: Draft): TemplateResult {
    const { words, data } = this;
    const members = data.members.data.filter(({ id, disabled }) => !disabled || id === draft.memberId);
    return this.renderSelect(
      'memberId',
      words.t('personMember'),
      [['', words.t('personNoMember')], ...members.map(({ id, name }) => [id, name] as const)],
      draft.memberId ?? '',
      (memberId) => this.change({ memberId: memberId === '' ? null : memberId }),
      { hint: 'personMemberHint' },
    );
  }

  private renderRank(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('personRank')}</h2>
      <p class="lead">${words.t('personRankLead')}</p>
      <div class="pair">
        ${this.renderNumber(
          'priority',
          words.t('personPriority'),
          draft.priority,
          (value) => this.change({ priority: value ?? Number.NaN }),
          {
            step: 1,
            max: MAX_RANK,
            hint: 'personPriorityHint',
          },
        )}
        ${this.renderNumber(
          'weight',
          words.t('personWeight'),
          draft.weight,
          (value) => this.change({ weight: value ?? Number.NaN }),
          {
            min: 1,
            step: 1,
            max: MAX_RANK,
            hint: 'personWeightHint',
          },
        )}
      </div>
    </section>`;
  }

  private renderPerson(draft: Draft): TemplateResult {
    const { words, services } = this;
    return html`<section class="block">
      <h2>${words.t('personServices')}</h2>
      ${
        services.length === 0
          ? html`<p class="lead">${words.t('personNoServices')}</p>`
          : this.renderChoices(
              words.t('personGives'),
              services,
              draft.serviceIds,
              (serviceIds) => this.change({ serviceIds: [...serviceIds] }),
              'personGivesHint',
            )
      }
    </section>`;
  }

  private renderKind(draft: Draft): TemplateResult | typeof nothing {
    if (draft.kind === 'staff' || this.record !== null) return nothing;
    const { words } = this;
    return this.renderSelect<ResourceKind>(
      'kind',
      words.t('roomKind'),
      [
        ['room', words.t('roomRoom')],
        ['equipment', words.t('roomThing')],
      ],
      draft.kind,
      (kind) => this.change({ kind }),
    );
  }

  private renderHours(draft: Draft): TemplateResult {
    const { words, error, phase, desk } = this;
    const refused = phase === 'failed' ? Object.keys(error?.fields ?? {}) : [];
    const own = (): OpeningHours => ({
      weekly: desk.location?.hours.weekly ?? [[], [], [], [], [], [], []],
      specialDays: [],
      holidays: [],
    });
    return html`<section class="block">
      <h2>${words.t('ownHoursTitle')}</h2>
      ${this.renderCheck(
        words.t('ownHours'),
        draft.hours !== null,
        (isOn) => this.change({ hours: isOn ? own() : null }),
        'ownHoursHint',
      )}
      ${
        draft.hours === null
          ? nothing
          : html`<frontdesk-setup-hours
              .words=${words}
              .memberRole=${this.memberRole}
              .hours=${draft.hours}
              .refused=${refused.filter((path) => path.startsWith('hours.')).map((path) => path.slice('hours.'.length))}
              @hours-changed=${({ hours }: HoursChangedEvent) => this.change({ hours })}
            ></frontdesk-setup-hours>`
      }
    </section>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, record } = this;
    if (draft === null) return nothing;
    const isPerson = draft.kind === 'staff';
    const archive =
      record === null
        ? nothing
        : html`<button class="button" type="button" @click=${() => this.handleArchive(record)}>
            ${words.t(record.isArchived ? 'bringBack' : 'archive')}
          </button>`;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(record?.name ?? words.t(ADD_MESSAGES[draft.kind]), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`} ${this.renderTwin()}
      ${record?.isArchived ? html`<p class="notice">${words.t('resourceArchivedNote')}</p>` : nothing}
      <section class="block">
        <div class="form">
          ${this.renderText('name', words.t('resourceName'), draft.name, (name) => this.change({ name }), {
            maxLength: 80,
            hint: isPerson ? 'personNameHint' : 'roomNameHint',
          })}
          ${this.renderKind(draft)} ${isPerson ? this.renderMember(draft) : nothing}
        </div>
      </section>
      ${isPerson ? this.renderPerson(draft) : nothing} ${this.renderHours(draft)}
      ${isPerson ? this.renderRank(draft) : nothing} ${this.renderActions(record === null ? 'create' : 'save', archive)}
    </form>`;
  }
}
