/** An evaluation as text: one table of ours, one of the others. */
import type { Evaluation } from './metrics.js';

const minutes = (seconds: number): string => (Number.isNaN(seconds) ? '–' : (seconds / 60).toFixed(2));
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)}%`);

function alignRows(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((cells) => `  ${cells.join('  ')}`)
    .join('\n');
}

export function renderEvaluation({ groups, baselines }: Evaluation): string {
  const ours = groups.map(({ name, point, range }) => [
    name,
    String(point.count),
    minutes(point.mae),
    minutes(point.bias),
    percent(point.late),
    percent(point.near),
    ...[range.pinball50, range.pinball80, range.pinball90].map(minutes),
    ...[range.coverage50, range.coverage80, range.coverage90].map(percent),
    minutes(range.width),
  ]);
  const others = baselines.map(({ name, point, oursThere }) => [
    name,
    String(point.count),
    minutes(point.mae),
    minutes(point.bias),
    percent(point.late),
    percent(point.near),
    minutes(oursThere),
  ]);
  const head = ['n', 'MAE', 'bias', 'late', 'near'];
  return [
    alignRows([['ours', ...head, 'pin50', 'pin80', 'pin90', '≤P50', '≤P80', '≤P90', 'width'], ...ours]),
    alignRows([['baseline', ...head, 'ours there'], ...others]),
  ].join('\n\n');
}
