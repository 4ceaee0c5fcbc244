import type { PoolDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { BookingPage } from './booking-page.js';

type Open = { readonly kind: 'room' | 'pool'; readonly id: string | null };

/** Rooms and things of a branch, the pools of which any one will do, and the forms of both. */
export class FrontdeskBookingRooms extends BookingPage {
  @state() private open: Open | null = null;

  private readonly back = (): void => void (this.open = null);

  private handleSaved(kind: Open['kind'], saved: ResourceDto | PoolDto): void {
    this.desk.keep(kind === 'room' ? { resource: saved as ResourceDto } : { pool: saved as PoolDto });
    this.open = { kind, id: saved.id };
  }

  private renderForm({ kind, id }: Open): TemplateResult {
    const { words, data, desk, memberRole } = this;
    const saved = (record: ResourceDto | PoolDto): void => this.handleSaved(kind, record);
    if (kind === 'pool') {
      return html`<frontdesk-setup-pool
        .words=${words}
        .data=${data}
        .desk=${desk}
        .memberRole=${memberRole}
        .record=${desk.setup.pools.find((pool) => pool.id === id) ?? null}
        .back=${this.back}
        .saved=${saved}
      ></frontdesk-setup-pool>`;
    }
    return html`<frontdesk-setup-resource
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${memberRole}
      .record=${desk.setup.resources.find((resource) => resource.id === id) ?? null}
      .newKind=${'room'}
      .back=${this.back}
      .saved=${saved}
    ></frontdesk-setup-resource>`;
  }

  private renderRooms(rooms: readonly ResourceDto[]): TemplateResult {
    const { words } = this;
    const add = (): void => void (this.open = { kind: 'room', id: null });
    if (rooms.length === 0) {
      return this.renderEmpty('flag', 'roomsEmptyTitle', 'roomsEmptyBody', this.renderNew('roomAdd', true, add));
    }
    const sorted = rooms.toSorted((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">
        ${sorted.map(({ id, name, kind, isArchived }) =>
          this.renderOpenRow(
            name,
            isArchived ? html`<span class="tag">${words.t('archived')}</span>` : nothing,
            words.t(kind === 'room' ? 'roomRoom' : 'roomThing'),
            () => (this.open = { kind: 'room', id }),
          ),
        )}
      </div>
      <div>${this.renderNew('roomAdd', false, add)}</div>`;
  }

  private renderPools(pools: readonly PoolDto[], rooms: readonly ResourceDto[]): TemplateResult | typeof nothing {
    const { words } = this;
    if (rooms.length === 0) return nothing;
    const namesOf = ({ resourceIds }: PoolDto): string => {
      const names = rooms.filter(({ id }) => resourceIds.includes(id)).map(({ name }) => name);
      return names.length === 0 ? words.t('poolEmpty') : words.list(names);
    };
    return html`<section class="page" aria-labelledby="pools">
      <div>
        <h2 id="pools">${words.t('poolsTitle')}</h2>
        <p class="lead">${words.t('poolsLead')}</p>
      </div>
      ${
        pools.length === 0
          ? nothing
          : html`<div class="block block--flush">
              ${pools.map((pool) =>
                this.renderOpenRow(
                  pool.name,
                  nothing,
                  namesOf(pool),
                  () => (this.open = { kind: 'pool', id: pool.id }),
                ),
              )}
            </div>`
      }
      <div>${this.renderNew('poolAdd', false, () => (this.open = { kind: 'pool', id: null }))}</div>
    </section>`;
  }

  protected override render(): TemplateResult {
    if (this.open !== null) return this.renderForm(this.open);
    const { resources, pools } = this.desk.setup;
    const rooms = resources.filter(({ kind }) => kind !== 'staff');
    return html`<div class="root page">
      ${this.renderHead('pageRooms', 'roomsLead')}
      ${this.renderPending(this.data.setup) ?? html`${this.renderRooms(rooms)} ${this.renderPools(pools, rooms)}`}
    </div>`;
  }
}
