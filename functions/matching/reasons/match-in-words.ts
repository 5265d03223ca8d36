import type { TeamMatch } from '../../domain/plan.ts';
import type { TeamType } from '../../domain/policy.ts';
import { MINUTE, plus } from '../../domain/time.ts';
import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import type { Screened } from '../candidates/candidacies.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import { peopleOf } from '../candidates/person.ts';
import type { MatchProblem } from '../problem.ts';
import type { Solved } from '../solving/solved.ts';
import { brokenRules } from './broken-rules.ts';
import { reasonsForEmpty } from './empty-seats.ts';
import { openingMarginals, ruleMarginals, seatMarginals } from './marginals.ts';
import { shortlistOf } from './next-best.ts';
import { deploymentsHolding, pickSourcesOf } from './people.ts';
import { reasonsForPick } from './picks.ts';
import type { Names } from './spelling.ts';
import { stagesInWords, summaryOf } from './stages.ts';
import { standingOf } from './standing.ts';
import { voiceIn } from './voice.ts';

/** A plan with all its reasons, in the order of groups and within a group of seats. */
export function matchInWords(
  problem: MatchProblem,
  roster: RosterColumns,
  { candidacies, screenings }: Screened,
  solved: Solved,
  names?: Names,
): TeamMatch {
  const { groups } = candidacies;
  const say = voiceIn(problem.timeZone, names);
  const standing = standingOf(candidacies, solved);
  const people = peopleOf(problem, roster);
  const shortlist = shortlistOf(standing);
  const sources = pickSourcesOf(people, candidacies);
  const takenBy = new Map([...standing.seatOf].map(([candidacy, seatId]) => [seatId, candidacy]));
  const picks: TeamMatch['picks'] = groups.flatMap(({ seatIds }) =>
    seatIds.flatMap(seatId => {
      const candidacy = takenBy.get(seatId);
      if (candidacy === undefined) return [];
      return {
        seatId,
        expertId: idOf(roster, candidacies.person[candidacy]!),
        arrivesAt: plus(problem.now, candidacies.arrivals[candidacy]! * MINUTE),
        reasons: reasonsForPick(standing, shortlist, candidacy, sources, say),
      };
    }),
  );
  const empty = groups.flatMap((group, g) => {
    if (standing.filled[g] === group.seatIds.length) return [];
    const { qualified, removed } = screenings[g]!;
    const holders = removed.has('held elsewhere') ? deploymentsHolding(people, group) : [];
    // A screening names its rules by HardRule.
    const byRule = removed as ReadonlyMap<HardRule, number>;
    return reasonsForEmpty(standing, g, { qualified, removed: byRule, holders }, say);
  });
  const standby = groups.flatMap(({ teamType, role, standby: asked }, g) => {
    if (asked === 0) return [];
    const own = [...solved.standby].filter(a => candidacies.group[a] === g);
    const expertIds = own.map(a => idOf(roster, candidacies.person[a]!));
    return [{ teamType: teamType as TeamType, role, expertIds }];
  });
  return {
    picks,
    empty,
    standby,
    stages: stagesInWords(solved, say),
    brokenRules: brokenRules(standing, solved, place => roster.words.employers[place]!, say),
    marginals: {
      seats: seatMarginals(standing, shortlist, solved, say),
      rules: ruleMarginals(standing, solved, people, say),
      openings: openingMarginals(standing, people, say),
    },
    summary: summaryOf(standing, solved, say),
  };
}
