/** Draws from the distributions that queues are made of, all from one seeded stream. */
import type { Random } from '../reliability/random.js';

export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random.next()) * mean;
}

/** Box and Muller. */
export function normal(random: Random, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random.next());
}

/** `variation` is the coefficient of variation: standard deviation ÷ mean. */
export function lognormal(random: Random, mean: number, variation: number): number {
  const variance = Math.log(1 + variation * variation);
  return Math.exp(normal(random, Math.log(mean) - variance / 2, Math.sqrt(variance)));
}
