/** Random numbers that a seed repeats: mulberry32, 32 bits of state, the same on every machine. */
export type Draws = {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A place in a list of running sums of weights. */
  place(sums: readonly number[]): number;
};

/** The draws of one thing: each person has their own, so that the millionth can be made without the others. */
export function drawsOf(seed: number, thing: number): Draws {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(thing + 1, 0x85ebca6b)) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  // The first words of neighbouring seeds look alike.
  next();
  next();
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    happens: probability => next() < probability,
    place(sums) {
      const drawn = next() * sums[sums.length - 1]!;
      let low = 0;
      let high = sums.length - 1;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (sums[middle]! > drawn) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** The running sums of weights. */
export function sumsOf(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map(weight => {
    sum += weight;
    return sum;
  });
}
