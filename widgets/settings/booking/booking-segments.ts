import type { BookingServiceDto, ServiceSegment } from '@frontdesk/protocol/booking-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../staff/staff-icons.js';
import { BookingForm } from './booking-page.js';
import { NEW_SEGMENT, type ServiceDraft } from './booking-service-draft.js';
import { formatMinutes } from './booking-words.js';

const MAX_SEGMENTS = 8;
const FIVES = { step: 5 } as const;

/** The part of a service's form that is about the time it takes, and of whom. */
export abstract class SegmentsForm extends BookingForm<BookingServiceDto, ServiceDraft> {
  private putSegment({ segments }: ServiceDraft, at: number, patch: Partial<ServiceSegment>): void {
    this.change({ segments: segments.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  }

  private moveUp({ segments }: ServiceDraft, at: number): void {
    const moved = segments.filter((_, index) => index !== at);
    moved.splice(at - 1, 0, ...segments.slice(at, at + 1));
    this.change({ segments: moved });
    void this.focusRow('segments', at - 1);
  }

  private drop({ segments }: ServiceDraft, at: number): void {
    this.change({ segments: segments.filter((_, index) => index !== at) });
    void this.focusRow('segments', at);
  }

  private renderTools(draft: ServiceDraft, at: number, name: string): TemplateResult | typeof nothing {
    const { words } = this;
    if (!this.isManager || draft.segments.length === 1) return nothing;
    return html`<div class="actions" data-tools>
      ${
        at === 0
          ? nothing
          : html`<button
              class="button button--small"
              type="button"
              aria-label="${words.t('moveUp')}: ${name}"
              @click=${() => this.moveUp(draft, at)}
            >
              ${words.t('moveUp')}
            </button>`
      }
      <button
        class="button button--small"
        type="button"
        aria-label="${words.t('remove')}: ${name}"
        @click=${() => this.drop(draft, at)}
      >
        ${icon('trash', 'small')} ${words.t('remove')}
      </button>
    </div>`;
  }

  private renderSegment(draft: ServiceDraft, { minutes, needsStaff, poolIds }: ServiceSegment, at: number) {
    const { words } = this;
    const name = words.t('segmentNumber', { number: at + 1 });
    const { pools } = this.desk.setup;
    return html`<li>
      <div class="part" role="group" aria-label=${name}>
        ${draft.segments.length === 1 ? nothing : html`<h3>${name}</h3>`}
        ${this.renderNumber(
          `segments.${at}.minutes`,
          words.t('segmentMinutes'),
          Number.isNaN(minutes) ? null : minutes,
          (value) => this.putSegment(draft, at, { minutes: value ?? Number.NaN }),
          { ...FIVES, min: 5, max: 1_440, hint: 'offerFivesHint' },
        )}
        ${this.renderCheck(
          words.t('segmentStaff'),
          needsStaff,
          (isOn) => this.putSegment(draft, at, { needsStaff: isOn }),
          'segmentStaffHint',
        )}
        ${
          pools.length === 0
            ? html`<p class="field__hint">${words.t('segmentNoPools')}</p>`
            : this.renderChoices(
                words.t('segmentPools'),
                pools.map((pool) => [pool.id, pool.name] as const),
                poolIds,
                (chosen) => this.putSegment(draft, at, { poolIds: [...chosen] }),
                'segmentPoolsHint',
              )
        }
        ${this.renderTools(draft, at, name)}
      </div>
    </li>`;
  }

  private renderBuffers(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<div class="pair">
        ${this.renderNumber(
          'bufferBeforeMinutes',
          words.t('bufferBefore'),
          draft.bufferBeforeMinutes,
          (value) => this.change({ bufferBeforeMinutes: value ?? 0 }),
          { ...FIVES, max: 240, hint: 'bufferBeforeHint' },
        )}
        ${this.renderNumber(
          'bufferAfterMinutes',
          words.t('bufferAfter'),
          draft.bufferAfterMinutes,
          (value) => this.change({ bufferAfterMinutes: value ?? 0 }),
          { ...FIVES, max: 240, hint: 'bufferAfterHint' },
        )}
      </div>
      ${this.renderCheck(
        words.t('buffersLeave'),
        draft.buffersMayLeaveHours,
        (buffersMayLeaveHours) => this.change({ buffersMayLeaveHours }),
        'buffersLeaveHint',
      )}`;
  }

  protected renderTimes(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    const total = draft.segments.reduce((sum, { minutes }) => sum + minutes, 0);
    return html`<section class="block">
      <h2>${words.t('offerTimes')}</h2>
      <p class="lead">${words.t('offerTimesLead')}</p>
      <ul class="page" data-rows="segments">
        ${draft.segments.map((segment, at) => this.renderSegment(draft, segment, at))}
      </ul>
      ${this.renderProblem('segments')}
      ${
        this.isManager && draft.segments.length < MAX_SEGMENTS
          ? html`<div>
              <button
                class="button button--small"
                type="button"
                @click=${() => this.change({ segments: [...draft.segments, NEW_SEGMENT] })}
              >
                ${icon('plus', 'small')} ${words.t('segmentAdd')}
              </button>
            </div>`
          : nothing
      }
      ${
        draft.segments.length > 1 && !Number.isNaN(total)
          ? html`<p>${words.t('segmentsTotal', { time: formatMinutes(words, total) })}</p>`
          : nothing
      }
      ${this.renderBuffers(draft)}
    </section>`;
  }
}
