/** One line: what was done, how long it took, how many times as long as something beside it, and what that is. */
export const row = (what: string, ms: number, beside: string, ratio: number) =>
  console.log(`${what.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms   ${ratio.toFixed(2)} x ${beside}`);
