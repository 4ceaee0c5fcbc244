/** What a benchmark measured beside what it should be; ratios, because absolute numbers move with the machine. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly least?: number;
  readonly most?: number;
  /** By default a ratio. */
  readonly unit?: 'ms';
}

export const isMet = ({ measured, least = -Infinity, most = Infinity }: Goal): boolean =>
  measured >= least && measured <= most;

function write(value: number, unit: Goal['unit']): string {
  return `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit ?? '×'}`;
}

/** A table, and as the last line JSON; the process ends with code 1 when a goal is missed. */
export function printGoals(goals: readonly Goal[]): void {
  console.table(
    goals.map((goal) => ({
      what: goal.what,
      measured: write(goal.measured, goal.unit),
      goal:
        goal.least === undefined ? `≤ ${write(goal.most ?? Infinity, goal.unit)}` : `≥ ${write(goal.least, goal.unit)}`,
      met: isMet(goal) ? 'yes' : 'NO',
    })),
  );
  console.log(JSON.stringify(Object.fromEntries(goals.map(({ what, measured }) => [what, measured]))));
  if (!goals.every(isMet)) process.exitCode = 1;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
