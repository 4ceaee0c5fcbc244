import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { css, html, nothing, type TemplateResult } from 'lit';
import { baseStyles } from '../core/styles.js';
import { MinuteClock } from '../staff/minute-clock.js';
import { CounterElement } from './counter-element.js';
import { icon } from './counter-icons.js';
import { findService } from './counter-store.js';
import { describeReason, formatDuration, nameIn } from './counter-words.js';

/** Who is next, and how many wait for what (QC-11). */
export class FrontdeskCounterOverview extends CounterElement {
  static override styles = [
    baseStyles,
    css`
      .root {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
        gap: 16px;
      }
      .block {
        display: grid;
        align-content: start;
        gap: 4px;
        min-block-size: 168px;
        padding: 16px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface);
      }
      h2 {
        padding-block-end: 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      li {
        display: flex;
        gap: 4px 12px;
        align-items: baseline;
        padding-block: 6px;
      }
      li + li {
        border-block-start: 1px solid var(--frontdesk-line);
      }
      .label {
        min-inline-size: 56px;
        font-size: var(--frontdesk-size-16);
        font-weight: 600;
      }
      .why {
        flex: 1;
        min-inline-size: 0;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .name {
        flex: 1;
        min-inline-size: 0;
      }
      .count {
        min-inline-size: 2ch;
        font-size: var(--frontdesk-size-16);
        font-weight: 600;
        text-align: end;
      }
      .waits {
        display: grid;
        flex: 1;
        min-inline-size: 0;
      }
      .detail {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .breach {
        display: inline-flex;
        gap: 4px;
        align-items: center;
        color: var(--frontdesk-warning);
        font-weight: 500;
      }
      @container (inline-size < 480px) {
        .root {
          gap: 8px;
        }
        .block {
          min-block-size: 0;
          padding: 10px 12px;
        }
        .why {
          display: none;
        }
        .next {
          display: flex;
          gap: 4px 16px;
          align-items: baseline;
        }
        .next h2 {
          padding: 0;
        }
        .next ul {
          display: flex;
          flex-wrap: wrap;
          gap: 0 14px;
        }
        .next li {
          padding: 0;
          border: 0;
        }
        .next .label {
          min-inline-size: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    new MinuteClock(this);
  }

  private renderNext(view: CounterView): TemplateResult {
    const { words, state } = this;
    return html`<section class="block next">
      <h2>${words.t('counterUpNext')}</h2>
      ${
        view.next.length === 0
          ? html`<p class="muted">${words.t('counterNobody')}</p>`
          : html`<ul>
              ${view.next.map(
                ({ ticket, reason }) =>
                  html`<li>
                    <bdi class="label tabular">${ticket.label}</bdi>
                    <span class="why">${describeReason(words, reason, state)}</span>
                  </li>`,
              )}
            </ul>`
      }
    </section>`;
  }

  private renderService({ serviceId, count, longestSeconds, breaches }: CounterView['waiting'][number], ageMs: number) {
    const { words } = this;
    const service = findService(this.state, serviceId);
    return html`<li>
      <span class="count tabular">${words.number(count)}</span>
      <div class="waits">
        <span class="name" dir="auto">${service ? nameIn(words, service.names) : ''}</span>
        ${
          count === 0
            ? nothing
            : html`<span class="detail tabular"
                ><span
                  >${words.t('counterLongest', { time: formatDuration(words, longestSeconds * 1_000 + ageMs) })}</span
                >
                ${
                  breaches === 0
                    ? nothing
                    : html`<span class="breach"
                        >${icon('alert', 'small')} ${words.t('counterBreaches', { count: breaches })}</span
                      >`
                }</span
              >`
        }
      </div>
    </li>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this.state;
    if (view === null) return nothing;
    const ageMs = Math.max(0, this.nowMs - Date.parse(view.serverTime));
    return html`<div class="root">
      ${this.renderNext(view)}
      <section class="block">
        <h2>${this.words.t('counterWaiting')}</h2>
        <ul>
          ${view.waiting.map((row) => this.renderService(row, ageMs))}
        </ul>
      </section>
    </div>`;
  }
}
