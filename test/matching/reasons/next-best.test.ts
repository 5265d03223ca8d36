import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextBest, shortlistOf } from '../../../functions/matching/reasons/next-best.ts';
import { standingOf } from '../../../functions/matching/reasons/standing.ts';
import {
  allPlans,
  candidaciesOf,
  compare,
  goalsOf,
  noStandby,
  screened,
  smallProblem,
} from './small-problems.ts';

describe('the next best for a seat', () => {
  it('is the best of all exchanges with somebody free, goals in their order', () => {
    let compared = 0;
    fc.assert(
      fc.property(smallProblem, fc.nat(), (instance, draw) => {
        const { candidacies: of } = screened(instance);
        const plans = allPlans(of).filter(plan => plan.length > 0);
        const plan = plans[draw % Math.max(1, plans.length)];
        if (!plan) return;
        const standing = standingOf(of, noStandby(plan));
        const shortlist = shortlistOf(standing);
        const now = goalsOf(of, plan);
        for (const chosen of plan) {
          const swaps = [...of.person.keys()]
            .filter(a => of.group[a] === of.group[chosen] && !standing.chosenOf.has(of.person[a]!))
            .map(a => goalsOf(of, [...plan.filter(other => other !== chosen), a]))
            .sort(compare);
          const found = nextBest(standing, shortlist, chosen);
          expect(found === null).toBe(swaps.length === 0);
          if (!found) continue;
          compared += 1;
          // Seats stay as full as they are; what is left are rules, arrivals and cost.
          const change = [found.broken, found.latest, found.nine, found.cost];
          const best = swaps[0]!.slice(2).map((value, i) => value - now[i + 2]!);
          // Where the exchange brings the team in earlier, only its sign is used.
          if (best.slice(0, 3).every(each => each >= 0)) expect(change).toEqual(best);
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('keeps nine in ten in time before the cost, and the last arrival before both', () => {
    // Ten seats: one may come after the others. Three more are free: [minutes, cost].
    const seated: [number, number][] = [
      ...Array.from({ length: 9 }, (): [number, number] => [100, 5]),
      [300, 5],
    ];
    const of = candidaciesOf([...seated, [100, 50], [200, 6], [400, 1]]);
    const next = (chosen: number, among: number[]) => {
      const list = candidaciesOf([
        ...seated,
        ...among.map(a => [of.minutes[a]!, of.cost[a]!] as [number, number]),
      ]);
      const standing = standingOf(list, noStandby([...seated.keys()]));
      const found = nextBest(standing, shortlistOf(standing), chosen)!;
      return [among[found.candidacy - 10], found.latest, found.nine, found.cost];
    };
    // Who comes after 200 minutes would be the second who is late: dear but in time is better.
    expect(next(0, [10, 11, 12])).toEqual([10, 0, 0, 45]);
    expect(next(0, [11, 12])).toEqual([11, 0, 100, 1]);
    expect(next(0, [12])).toEqual([12, 100, 200, -4]);
    // In the place of the one who is late anyway, 200 minutes delay nobody.
    expect(next(9, [10, 11, 12])).toEqual([10, -200, 0, 45]);
    expect(next(9, [11, 12])).toEqual([11, -100, 0, 1]);
  });

  it('finds nobody late where hardly anybody comes', () => {
    const of = candidaciesOf([
      [100, 5],
      [100, 6],
    ]);
    const seatIds = Array.from({ length: 20 }, (_, i) => `rescue/fire-rescue/${i}`);
    const standing = standingOf({ ...of, groups: [{ ...of.groups[0]!, seatIds }] }, noStandby([0]));
    expect(nextBest(standing, shortlistOf(standing), 0)).toMatchObject({ latest: 0, nine: 0, cost: 1 });
  });
});
