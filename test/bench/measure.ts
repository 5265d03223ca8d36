/** The median of some runs, in milliseconds, after one to warm up. */
export async function median(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const began = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

/** One line: what was done, how long it took, how many times as long as something beside it, and what that is. */
export const row = (what: string, ms: number, beside: string, ratio: number) =>
  console.log(`${what.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms   ${ratio.toFixed(2)} x ${beside}`);
