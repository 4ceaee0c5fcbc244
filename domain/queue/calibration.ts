/**
 * Distributions that are small, mergeable and plain JSON: counts in bins whose width grows with the value (2 %), so that a quantile
 * is right within 1 % whether it is seconds or hours.
 */
const logStep = Math.log(1.02);
const leastValue = 1e-3;

/** Bin → count. */
export type Histogram = Readonly<Record<string, number>>;

export function addToHistogram(histogram: Record<string, number>, value: number): void {
  const bin = Math.round(Math.log(Math.max(value, leastValue)) / logStep);
  histogram[bin] = (histogram[bin] ?? 0) + 1;
}

export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const merged: Record<string, number> = {};
  for (const histogram of histograms) {
    for (const [bin, count] of Object.entries(histogram)) merged[bin] = (merged[bin] ?? 0) + count;
  }
  return merged;
}

export function countOf(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

/** The value that this share of the counts does not exceed; undefined for an empty one. */
export function quantileOf(histogram: Histogram, share: number): number | undefined {
  const bins = Object.entries(histogram)
    .map(([bin, count]) => ({ bin: Number(bin), count }))
    .sort((one, other) => one.bin - other.bin);
  // One more than there are: the next wait is as likely to fall into each of the spaces between those that were seen.
  let left = share * (bins.reduce((sum, { count }) => sum + count, 0) + 1);
  for (const { bin, count } of bins) {
    left -= count;
    if (left <= 0) return Math.exp(bin * logStep);
  }
  const last = bins.at(-1);
  return last && Math.exp(last.bin * logStep);
}

/** Mean of the values, larger ones counted as `cap`. */
export function meanOf(histogram: Histogram, cap = Infinity): number {
  return meanBeyond(histogram, 0, cap) ?? 0;
}

/** By how much the values above `threshold` exceed it on average; undefined when fewer than `least` do. */
export function meanBeyond(histogram: Histogram, threshold: number, cap = Infinity, least = 1): number | undefined {
  let count = 0;
  let sum = 0;
  for (const [bin, times] of Object.entries(histogram)) {
    const value = Math.min(Math.exp(Number(bin) * logStep), cap);
    if (value <= threshold) continue;
    count += times;
    sum += (value - threshold) * times;
  }
  return count < least ? undefined : sum / count;
}

/** NaN for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of ascending values; the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  return ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2;
}
