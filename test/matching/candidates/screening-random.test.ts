import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_POINTS } from '../../../functions/matching/candidates/cost.ts';
import { hardRules } from '../../../functions/matching/candidates/hard-rules.ts';
import {
  costPartsFor,
  failedRules,
  journeyFor,
  obstaclesOf,
  peopleOf,
} from '../../../functions/matching/candidates/person.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import { idOf, placeOf } from '../../../functions/roster/reading.ts';
import { problemAndRoster } from '../instances.ts';
import { plainCounts, plainGroups, plainVerdicts } from './plain-rules.ts';
import { randomInstance } from './random-instances.ts';

const screened = (instance: MatchInstance) => {
  const { problem, roster } = problemAndRoster(instance);
  return { ...screen(problem, roster), roster };
};

describe('the screening', () => {
  it('says of everybody what the plain rules say', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const { candidacies, screenings, roster } = screened(instance);
        const { groups, rules } = candidacies;
        const found = Array.from({ length: candidacies.count }, (_, a) => ({
          groupId: groups[candidacies.group[a]!]!.groupId,
          expertId: idOf(roster, candidacies.person[a]!),
          minutes: candidacies.minutes[a]!,
          cost: candidacies.cost[a]!,
          counts: rules.flatMap(({ ruleKey }, r) =>
            ((candidacies.traits[a]! >>> r) & 1) === 1 ? [ruleKey] : [],
          ),
        }));
        const verdicts = plainVerdicts(instance);
        const order = (each: { groupId: string; expertId: string }) => `${each.groupId} ${each.expertId}`;
        for (const each of found) each.counts.sort();
        found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
        expect(found).toEqual(verdicts.filter(verdict => !('removedBy' in verdict)));
        for (const [g, { groupId }] of groups.entries()) {
          const own = verdicts.filter(verdict => verdict.groupId === groupId);
          const removed = own.flatMap(verdict => ('removedBy' in verdict ? [verdict.removedBy] : []));
          expect(screenings[g]).toEqual({
            qualified: own.length,
            eligible: own.length - removed.length,
            removed: new Map(removed.map(rule => [rule, removed.filter(each => each === rule).length])),
          });
        }
        expect(groups.map(({ groupId }) => groupId).sort()).toEqual(
          plainGroups(instance)
            .map(({ groupId }) => groupId)
            .sort(),
        );
        const counts = plainCounts(instance);
        for (const { ruleKey, count } of rules) expect(count).toBe(counts[ruleKey]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in whatever order the lists stand', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const turned: MatchInstance = {
          ...instance,
          experts: instance.experts.toReversed().map(person => ({
            ...person,
            languages: person.languages.toReversed(),
            qualifications: person.qualifications.toReversed(),
            unavailability: person.unavailability.toReversed(),
            pastMissions: person.pastMissions.toReversed(),
            vaccinations: person.vaccinations.toReversed(),
            visas: person.visas.toReversed(),
          })),
          teams: instance.teams.toReversed(),
          seats: instance.seats.toReversed(),
          seated: instance.seated.toReversed(),
          teamRules: instance.teamRules.toReversed(),
          scarceRoles: instance.scarceRoles.toReversed(),
          reachableEmployerIds: instance.reachableEmployerIds.toReversed(),
        };
        const { roster: _, ...one } = screened(instance);
        const { roster: __, ...other } = screened(turned);
        expect(other).toEqual(one);
      }),
      { numRuns: 60 },
    );
  });

  it('says of each person what the judgement of that person alone says', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const { problem, roster } = problemAndRoster(instance);
        const { candidacies, screenings } = screen(problem, roster);
        const people = peopleOf(problem, roster);
        for (const [g, { removed }] of screenings.entries()) {
          const group = candidacies.groups[g]!;
          const [start, end] = [candidacies.groupStarts[g]!, candidacies.groupStarts[g + 1]!];
          const first: string[] = [];
          for (const { expertId } of instance.experts) {
            const person = placeOf(roster, expertId);
            const failed = failedRules(people, group, person);
            expect(obstaclesOf(people, group, person)?.map(({ rule }) => rule) ?? null).toEqual(failed);
            const a = candidacies.person.indexOf(person, start);
            const isIn = a >= 0 && a < end;
            expect(isIn).toBe(failed?.length === 0);
            if (isIn) {
              const { minutes } = journeyFor(people, group, person);
              expect(minutes).toBe(candidacies.minutes[a]);
              const parts = Object.values(costPartsFor(people, group, person, minutes));
              const points = parts.reduce((sum, part) => sum + part.points, 0);
              expect(Math.min(points, MOST_POINTS)).toBe(candidacies.cost[a]);
            } else if (failed) first.push(failed[0]!);
            const places = failed?.map(rule => hardRules.indexOf(rule)) ?? [];
            expect(places).toEqual(places.toSorted((one, other) => one - other));
          }
          expect(new Map(first.map(rule => [rule, first.filter(each => each === rule).length]))).toEqual(
            removed,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
