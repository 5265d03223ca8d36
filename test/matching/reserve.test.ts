import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { screen } from '../../functions/matching/candidates/screening.ts';
import type { MatchProblem } from '../../functions/matching/problem.ts';
import { reserveOf } from '../../functions/matching/reserve.ts';
import { columnsOf } from '../../functions/roster/columns-of.ts';
import { idOf } from '../../functions/roster/reading.ts';
import { aCandidate, anInstance, aQualification, aTeam, aTeamRule, seats } from './instances.ts';

const group = (count: number) => ({ role: 'fire-rescue', critical: false, count });
type Instance = ReturnType<typeof anInstance>;

function reserve(instance: Instance, isChosen: (expertId: string) => boolean = () => false) {
  const roster = columnsOf(instance.experts);
  const { candidacies } = screen(instance as MatchProblem, roster);
  const chosen = [...candidacies.person].flatMap((person, a) => (isChosen(idOf(roster, person)) ? [a] : []));
  return { of: candidacies, roster, groups: reserveOf(candidacies, Uint32Array.from(chosen), roster) };
}

describe('the reserve of a role', () => {
  it('has whoever is early or cheap, and nobody whom enough others beat in both', () => {
    const person = (id: string, hours: number, proficiency: number) =>
      aCandidate(id, {
        noticeToMoveMinutes: 60 * hours,
        qualifications: [aQualification('fire-rescue', { proficiency })],
      });
    const experts = [
      person('early-dear', 0, 1),
      person('late-cheap', 2, 3),
      person('beaten', 3, 1),
      person('sits', 0, 3),
    ];
    const instance = anInstance({
      teams: [aTeam({ standby: [group(1)] })],
      seats: seats('rescue', 'fire-rescue', 1),
      experts,
    });
    expect(reserve(instance, id => id === 'sits').groups).toEqual([
      { teamType: 'rescue', role: 'fire-rescue', expertIds: ['early-dear', 'late-cheap'] },
    ]);
    const wider = { ...instance, teams: [aTeam({ standby: [group(3)] })] };
    expect(reserve(wider, id => id === 'sits').groups[0]?.expertIds).toContain('beaten');
  });

  it('has the best of those who help to keep a rule of the team beside them', () => {
    const person = (id: string, notice: number, languages: string[]) =>
      aCandidate(id, { noticeToMoveMinutes: notice, languages });
    const experts = [
      person('first', 0, ['ja']),
      person('second', 60, ['ja']),
      person('speaks', 300, ['tr']),
      person('speaks-late', 400, ['tr']),
    ];
    const instance = anInstance({
      languages: ['tr'],
      teams: [aTeam({ standby: [group(1)] })],
      seats: seats('rescue', 'fire-rescue', 1),
      experts,
      costs: { ...anInstance().costs, noLanguage: 0 },
    });
    expect(reserve(instance).groups[0]?.expertIds).toEqual(['first']);
    const ruled = { ...instance, teamRules: [aTeamRule({ count: 1 })] };
    expect(reserve(ruled).groups[0]?.expertIds).toEqual(['first', 'speaks']);
    const most = { ...instance, teamRules: [aTeamRule({ kind: 'at most', count: 0 })] };
    expect(reserve(most).groups[0]?.expertIds).toEqual(['first']);
  });

  it('always leaves somebody as early and as cheap, when as many are gone as it was made for', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ notice: fc.integer({ min: 0, max: 300 }), level: fc.integer({ min: 1, max: 3 }) }),
          {
            minLength: 6,
            maxLength: 25,
          },
        ),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        (drawn, kept, places) => {
          const experts = drawn.map(({ notice, level }, i) =>
            aCandidate(`E-${String(i).padStart(2, '0')}`, {
              noticeToMoveMinutes: notice,
              qualifications: [aQualification('fire-rescue', { proficiency: level })],
            }),
          );
          const instance = anInstance({ teams: [aTeam({ standby: [group(kept)] })], experts });
          const { of, roster, groups } = reserve(instance);
          const inReserve = new Set(groups[0]?.expertIds);
          // All but one of as many as were kept are gone: whoever they are.
          const ids = [...of.person].map(person => idOf(roster, person));
          const gone = new Set(places.take(kept - 1).map(place => ids[place % ids.length]!));
          for (const [a, id] of ids.entries())
            if (!inReserve.has(id)) {
              const isFree = (b: number) => inReserve.has(ids[b]!) && !gone.has(ids[b]!);
              const stepsIn = ids.some(
                (_, b) => isFree(b) && of.minutes[b]! <= of.minutes[a]! && of.cost[b]! <= of.cost[a]!,
              );
              expect(stepsIn).toBe(true);
            }
        },
      ),
      { numRuns: 60 },
    );
  });
});
