/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next: () => number;
  /** A whole number from 0 up to, not including, the limit. */
  below: (limit: number) => number;
  pick: <T>(list: readonly T[]) => T;
  chance: (probability: number) => boolean;
};

const stirred = (state: number): number => {
  const once = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
};

/** Counts up and stirs, as SplitMix does; started from several numbers so that each message has its own. */
export const randomFrom = (...seeds: readonly number[]): Random => {
  let state = seeds.reduce((mixed, seed) => stirred(Math.imul(mixed, 31) + stirred(seed + 0x9e3779b9)), 1);
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    return (stirred(state) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: list => list[below(list.length)]!,
    chance: probability => next() < probability,
  };
};
