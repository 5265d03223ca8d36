import type { Wording } from '../../domain/primitives.ts';
import { idOf, placeOf } from '../../roster/reading.ts';
import { obstaclesOf, type People } from '../candidates/person.ts';
import type { Solved, SolvedStage } from '../solving/solved.ts';
import { type Standing, timesOf } from './standing.ts';
import type { Voice } from './voice.ts';
import { changeAtLeast, worthOfPerson } from './worth.ts';

/**
 * Why a person has no seat of a group ("rescue/doctor"): every rule that they fail, or the seat that they have, or what
 * taking them would make worse. For who is eligible and free that is a lower bound by the prices of the proof: no plan
 * with this person, as good in all goals before, makes the goal worse by less. It may be worse by more.
 */
export function whyNot(
  standing: Standing,
  { stages, trouble }: Pick<Solved, 'stages' | 'trouble'>,
  people: People,
  expertId: string,
  groupId: string,
  say: Voice,
): Wording[] {
  const { of } = standing;
  const g = of.groups.findIndex(group => group.groupId === groupId);
  const [teamType = '', role = ''] = groupId.split('/');
  const group = of.groups[g];
  const person = placeOf(people.roster, expertId);
  if (person < 0) return [say(each => each.words.notChosen.notOnRoster(expertId))];
  if (!group) return [say(each => each.words.notChosen.noSuchGroup(each.role(role), each.team(teamType)))];
  const keeps = people.problem.seated.find(seat => seat.expertId === expertId);
  if (keeps) {
    return [
      say(each => each.words.notChosen.keepsSeat(expertId, each.role(keeps.role), each.team(keeps.teamType))),
    ];
  }
  const obstacles = obstaclesOf(people, group, person);
  if (!obstacles) return [say(each => each.words.notChosen.notHolding(expertId, each.role(role)))];
  if (obstacles.length > 0) {
    return [say(each => each.words.notChosen.obstacles(expertId, each.role(role), obstacles))];
  }
  const chosen = standing.chosenOf.get(person);
  if (chosen !== undefined) {
    return [say(each => each.words.notChosen.inSeat(expertId, standing.seatOf.get(chosen)!))];
  }
  const standsBy = standing.standbyOf.get(person);
  const standbyRole = standsBy && of.groups[standsBy.group]!.role;
  return [
    group.seatIds.length === 0
      ? say(each => each.words.notChosen.noSuchGroup(each.role(role), each.team(teamType)))
      : whatWouldBeWorse(standing, trouble === null ? stages : null, people, g, person, say),
    ...(standsBy
      ? [say(each => each.words.notChosen.standsBy(each.role(standbyRole!), standsBy.place))]
      : []),
  ];
}

/** The first goal that taking the person makes worse. Stages null: nothing is proven. */
function whatWouldBeWorse(
  standing: Standing,
  stages: readonly SolvedStage[] | null,
  { roster }: People,
  g: number,
  person: number,
  say: Voice,
): Wording {
  const { of } = standing;
  const expertId = idOf(roster, person);
  const own = candidaciesOf(standing, person);
  const candidacy = own.find(a => of.group[a] === g)!;
  const { latest } = timesOf(standing, of.teams.indexOf(of.groups[g]!.teamType));
  const later = of.minutes[candidacy]! - latest;
  if (later > 0) return say(each => each.words.notChosen.delays(expertId, later));
  if (!stages) return say(each => each.words.notChosen.unproven(expertId));
  const named = {
    expertIdOf: (a: number) => idOf(roster, of.person[a]!),
    employerIdOf: (a: number) => roster.words.employers[of.employer[a]!]!,
  };
  for (const [number, stage] of stages.entries()) {
    const worth = worthOfPerson(of, stages, number, candidacy, own, named);
    const change = worth && changeAtLeast(stage, worth);
    if (change === null || change <= 0) continue;
    if (stage.goal === 'cost') return say(each => each.words.notChosen.costs(expertId, change));
    if (stage.goal === 'team rules broken') return say(each => each.words.notChosen.breaks(expertId, change));
    if (stage.goal === 'urgency of empty seats') {
      return say(each => each.words.notChosen.leavesUrgentEmpty(expertId));
    }
    return say(each => each.words.notChosen.leavesEmpty(expertId, change));
  }
  const isProven = stages.every(({ value, bound }) => value === bound);
  return say(each => each.words.notChosen[isProven ? 'mayCostNothing' : 'unproven'](expertId));
}

/** All candidacies of a person: by halving, since those of a group stand in the order of people. */
function candidaciesOf({ of: { groups, groupStarts, person } }: Standing, place: number): number[] {
  return groups.flatMap((_, g) => {
    let low = groupStarts[g]!;
    let high = groupStarts[g + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (person[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return low < groupStarts[g + 1]! && person[low] === place ? [low] : [];
  });
}
