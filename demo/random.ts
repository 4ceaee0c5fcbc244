/** Random numbers that a seed repeats (mulberry32, Tommy Ettinger, public domain), and the two distributions of a waiting room. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Exponential: what lies between arrivals. */
  gap(mean: number): number;
  /** Lognormal with a coefficient of variation of one half: how long a service takes. */
  duration(mean: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
}

const sigma = Math.sqrt(Math.log(1.25));

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    gap: (mean) => -mean * Math.log(1 - next()),
    duration(mean) {
      // Box–Muller.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return mean * Math.exp(sigma * normal - (sigma * sigma) / 2);
    },
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
  };
}
