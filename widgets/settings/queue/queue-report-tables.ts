/** Tables of a report that need nothing but its numbers. */
import type { HonestyWeek, QueueReport } from '@frontdesk/protocol/queue-reports';
import { html, nothing, type TemplateResult } from 'lit';
import { styleProperties } from '../../staff/style-properties.js';
import { formatDay, weekdayName } from '../setup/setup-dates.js';
import { formatSeconds, formatShare, type QueueWords } from './queue-words.js';

/** How many came when; the mean wait of a cell stands in its title. */
export function renderHeatmap(words: QueueWords, { heatmap }: QueueReport): TemplateResult | typeof nothing {
  const busy = heatmap.filter(({ issued }) => issued > 0);
  if (busy.length === 0) return nothing;
  const hours = busy.map(({ hour }) => hour);
  const first = Math.min(...hours);
  const columns = Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
  const most = Math.max(...busy.map(({ issued }) => issued));
  const find = (weekday: number, hour: number) => busy.find((one) => one.weekday === weekday && one.hour === hour);
  return html`<section
    class="block block--flush table heat"
    tabindex="0"
    role="region"
    aria-label=${words.t('heatTitle')}
  >
    <h2>${words.t('heatTitle')}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">${words.t('heatDay')}</span></th>
          ${columns.map((hour) => html`<th scope="col">${words.number(hour, { minimumIntegerDigits: 2 })}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${[0, 1, 2, 3, 4, 5, 6].map(
          (weekday) =>
            html`<tr>
              <th scope="row">${weekdayName(words, weekday, 'short')}</th>
              ${columns.map((hour) => {
                const cell = find(weekday, hour);
                const heat = { '--heat': String((cell?.issued ?? 0) / most) };
                const title = words.t('heatWait', { wait: formatSeconds(words, cell?.meanWaitSeconds ?? null) });
                return html`<td ${styleProperties(heat)} title=${title}>
                  ${cell === undefined ? nothing : words.number(cell.issued)}
                </td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** Whether the promised waits were right, by week (QA-10). */
export function renderHonesty(words: QueueWords, weeks: readonly HonestyWeek[]): TemplateResult | typeof nothing {
  if (weeks.length === 0) return nothing;
  return html`<section
    class="block block--flush table"
    tabindex="0"
    role="region"
    aria-label=${words.t('honestyTitle')}
  >
    <h2>${words.t('honestyTitle')}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.t('honestyWeek')}</th>
          <th scope="col">${words.t('honestyPromises')}</th>
          <th scope="col">${words.t('honestyCoverage')}</th>
          <th scope="col">${words.t('honestyLate')}</th>
          <th scope="col">${words.t('honestyError')}</th>
        </tr>
      </thead>
      <tbody>
        ${weeks.map(
          (week) =>
            html`<tr>
              <th scope="row">${formatDay(words, week.weekStart)}</th>
              <td>${words.number(week.promises)}</td>
              <td>${formatShare(words, week.coverage80)}</td>
              <td>${formatShare(words, week.lateShare)}</td>
              <td>${formatSeconds(words, week.meanAbsoluteErrorSeconds)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
