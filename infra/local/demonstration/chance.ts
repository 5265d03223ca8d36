import { createStream } from '../random.ts';

/** Draws of one thing of the demonstration; the same path gives the same draws. */
export type Chance = ReturnType<typeof chanceOf>;

/** Each person and each place draws from a stream of its own, so that one more of them changes none of the others. */
export const chanceOf = (...path: (string | number)[]) => {
  const stream = createStream('demonstration', ...path);
  const whole = (least: number, most: number) => least + Math.floor(stream.next() * (most - least + 1));
  return {
    /** True with this probability. */
    happens: (probability: number): boolean => stream.next() < probability,
    /** A whole number, both ends included. */
    whole,
    oneOf: <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)]!,
    /** One of the choices, in proportion to their weights. */
    weighted<T>(choices: readonly (readonly [T, number])[]): T {
      let left = stream.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices[choices.length - 1]![0];
    },
  };
};
