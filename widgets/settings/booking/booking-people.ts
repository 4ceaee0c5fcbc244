import type { ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { nameIn } from '../setup/setup-words.js';
import { BookingPage } from './booking-page.js';

/** The people of a branch whose time can be booked, and the form of one. */
export class FrontdeskBookingPeople extends BookingPage {
  @state() private open: BookableId | 'new' | null = null;

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(resource: ResourceDto): void {
    this.desk.keep({ resource });
    this.open = resource.id;
  }

  private renderPerson({ id, name, serviceIds, isArchived, hours }: ResourceDto): TemplateResult {
    const { words } = this;
    const given = this.desk.setup.services.filter((service) => serviceIds.includes(service.id) && !service.isArchived);
    const names =
      given.length === 0 ? words.t('personGivesNothing') : words.list(given.map((one) => nameIn(words, one.names)));
    return this.renderOpenRow(
      name,
      isArchived ? html`<span class="tag">${words.t('archived')}</span>` : nothing,
      hours === null ? names : `${names} · ${words.t('ownHoursTitle')}`,
      () => (this.open = id),
    );
  }

  private renderList(people: readonly ResourceDto[]): TemplateResult {
    if (people.length === 0) {
      return this.renderEmpty(
        'users',
        'peopleEmptyTitle',
        'peopleEmptyBody',
        this.renderNew('personAdd', true, this.begin),
      );
    }
    const sorted = people.toSorted((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">${sorted.map((person) => this.renderPerson(person))}</div>`;
  }

  protected override render(): TemplateResult {
    const people = this.desk.setup.resources.filter(({ kind }) => kind === 'staff');
    const person = people.find(({ id }) => id === this.open) ?? null;
    if (person !== null || this.open === 'new') {
      return html`<frontdesk-setup-resource
        .words=${this.words}
        .data=${this.data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .record=${person}
        .newKind=${'staff'}
        .back=${() => (this.open = null)}
        .saved=${(saved: ResourceDto) => this.handleSaved(saved)}
      ></frontdesk-setup-resource>`;
    }
    const action = people.length === 0 ? nothing : this.renderNew('personAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pagePeople', 'peopleLead', action)}
      ${this.renderPending(this.data.setup) ?? this.renderList(people)}
    </div>`;
  }
}
