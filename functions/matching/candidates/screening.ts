import { MINUTE } from '../../domain/time.ts';
import { type Postings, postingsOf } from '../../roster/reading.ts';
import type { MatchProblem } from '../problem.ts';
import type { Candidacies, Group, Screen, Screening } from './candidacies.ts';
import { isBetter } from './certificate.ts';
import {
  arrivalSteps,
  isScarce,
  isSpeaker,
  MOST_POINTS,
  pointsOfPerson,
  proficiencySteps,
  type Tariff,
  tariffOf,
} from './cost.ts';
import { countedRulesOf, type TraitBits, traitBitsOf } from './counted-rules.ts';
import { groupsOf } from './groups.ts';
import {
  CERTIFICATE,
  endsTooEarly,
  firstFailed,
  hardRules,
  isTooLate,
  isTooLow,
  leastOf,
  type Mission,
  missionOf,
  PROFICIENCY,
  type Terms,
  TOO_LATE,
  termsOf,
} from './hard-rules.ts';
import { arrivalMinutesOf, type Ways, waysOf } from './travel.ts';

/**
 * Who may take a seat of which group, with arrival, cost and the team rules that they count for; and of each group, whom
 * which rule removed. The same for the same problem and people, whatever the order of lists. Throws when more than 32
 * team rules count people by a trait.
 */
export const screen: Screen = (problem, roster) => {
  const groups = groupsOf(problem);
  const teams = [...new Set(groups.map(({ teamType }) => teamType))];
  const terms = termsOf(problem, roster);
  const ways = waysOf(problem, roster, terms.now);
  const tariff = tariffOf(problem, roster, terms.now);
  const rules = countedRulesOf(problem, roster, tariff, groups);
  const bits = traitBitsOf(rules, groups, roster);
  const postings = postingsOf(roster);
  const roleOf = new Map(roster.words.roles.map((role, place) => [role, place]));

  const most = groups.reduce((sum, { role }) => sum + holdersOf(postings, roleOf.get(role)).length, 0);
  const taking = rowsFor(most);
  const groupStarts = new Uint32Array(groups.length + 1);
  const screenings: Screening[] = [];
  const judging = judgingOf(terms, ways, tariff, bits);
  let team: Group['team'] | null = null;
  for (const [g, group] of groups.entries()) {
    if (group.team !== team) {
      team = group.team;
      const ofTeam = groups.filter(each => each.team === team);
      const wanted = ofTeam.map(({ role }) => holdersOf(postings, roleOf.get(role)));
      judgePeople(judging, missionOf(team), wanted, postings);
    }
    const least = leastOf(problem, group.critical);
    const holders = holdersOf(postings, roleOf.get(group.role));
    screenings.push(screenGroup({ g, critical: group.critical, least, holders }, judging, postings, taking));
    groupStarts[g + 1] = taking.count;
  }
  const { count } = taking;
  const candidacies: Candidacies = {
    groups,
    teams,
    rules,
    count,
    groupStarts,
    person: taking.person.subarray(0, count),
    group: taking.group.subarray(0, count),
    ...teamMinutes(problem, groups, groupStarts, taking.minutes.subarray(0, count)),
    cost: taking.cost.subarray(0, count),
    traits: taking.traits.subarray(0, count),
    employer: taking.employer.subarray(0, count),
  };
  return { candidacies, screenings };
};

/** Arrivals as they are, and as they count for the team: not before the last of those who sit in it. */
function teamMinutes(
  { seated, now }: MatchProblem,
  groups: readonly Group[],
  groupStarts: Uint32Array,
  arrivals: Uint32Array,
): Pick<Candidacies, 'arrivals' | 'minutes'> {
  const lastOf = (teamType: string): number =>
    seated.reduce((last, seat) => {
      if (seat.teamType !== teamType || seat.arrivesAt === null) return last;
      return Math.max(last, Math.ceil((Date.parse(seat.arrivesAt) - Date.parse(now)) / MINUTE));
    }, 0);
  if (seated.every(({ arrivesAt }) => arrivesAt === null)) return { arrivals, minutes: arrivals };
  const minutes = arrivals.slice();
  for (const [g, { teamType }] of groups.entries()) {
    const last = lastOf(teamType);
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) minutes[a] = Math.max(last, minutes[a]!);
  }
  return { arrivals, minutes };
}

/** Where the certificates of a role stand in the postings; `length` counts who has two twice. */
type Holders = { from: number; to: number; length: number };

function holdersOf({ starts }: Postings, role: number | undefined): Holders {
  if (role === undefined) return { from: 0, to: 0, length: 0 };
  const [from, to] = [starts[role]!, starts[role + 1]!];
  return { from, to, length: to - from };
}

/** Candidacies as they are found, with room for everybody who holds a role. */
const rowsFor = (most: number) => ({
  count: 0,
  person: new Uint32Array(most),
  group: new Uint16Array(most),
  minutes: new Uint32Array(most),
  cost: new Uint16Array(most),
  traits: new Uint32Array(most),
  employer: new Uint32Array(most),
});
type Rows = ReturnType<typeof rowsFor>;

/** In `found`: a group asks for the person; the person may go. Below: the number of the rule that fails. */
const ASKED = 254;
const MAY_GO = 253;
/** The person may go, and has a scarce role. */
const SCARCE_MAY_GO = 252;

/** What is known of each person whatever the role: in one team, and in all. */
type Judging = ReturnType<typeof judgingOf>;

function judgingOf(terms: Terms, ways: Ways, tariff: Tariff, bits: TraitBits) {
  const { count } = terms.roster;
  return {
    terms,
    ways,
    tariff,
    bits,
    mission: { from: 0, until: 0, deadline: 0, replyMinutes: 0, employerMinutes: 0 } as Mission,
    found: new Uint8Array(count),
    /** For the team, of who may go: minutes to the arrival, and the points that do not hang on the seat. */
    minutes: new Uint32Array(count),
    points: new Uint32Array(count),
    /** For all teams, of who may go: the bits of the rules that they count for. */
    traits: new Uint32Array(count),
  };
}

/**
 * Judges everybody who holds a role of the team, in the order of the columns: in the order of roles, each look at a column
 * would wait for the memory.
 */
function judgePeople(
  judging: Judging,
  mission: Mission,
  wanted: readonly Holders[],
  postings: Postings,
): void {
  const { found, terms } = judging;
  const { person: holder } = postings;
  judging.mission = mission;
  for (const { from, to } of wanted) {
    for (let i = from; i < to; i += 1) found[holder[i]!] = ASKED;
  }
  const { count } = terms.roster;
  for (let person = 0; person < count; person += 1) {
    if (found[person] === ASKED) found[person] = judgePerson(judging, person);
  }
}

function judgePerson(judging: Judging, person: number): number {
  const { terms, ways, tariff, bits, mission } = judging;
  const number = firstFailed(terms, mission, person);
  if (number >= 0) return number;
  const minutes = arrivalMinutesOf(ways, terms, mission, person);
  if (isTooLate(terms, mission, minutes)) return TOO_LATE;
  judging.minutes[person] = minutes;
  const speaks = isSpeaker(tariff, terms.roster, person);
  judging.points[person] =
    pointsOfPerson(tariff, terms.roster, person, speaks) + tariff.costs.arrivalHour * arrivalSteps(minutes);
  judging.traits[person] = bits.ofPerson(person, speaks);
  return isScarce(tariff, terms.roster, person) ? SCARCE_MAY_GO : MAY_GO;
}

/** Everybody who holds the role of group g, judged; who may take it is added to `rows`. */
function screenGroup(
  { g, critical, least, holders }: { g: number; critical: boolean; least: number; holders: Holders },
  judging: Judging,
  postings: Postings,
  rows: Rows,
): Screening {
  const { found, minutes, points, traits, bits, tariff, terms } = judging;
  const { roster } = terms;
  const { qualificationLevel, qualificationUntil, employer } = roster;
  const { person: holder, qualification } = postings;
  const { mission } = judging;
  const { proficiencyStep } = tariff.costs;
  const scarcePoints = critical ? 0 : tariff.costs.scarceOnCommonSeat;
  const groupBits = bits.ofGroup[g]!;
  const removed = new Uint32Array(hardRules.length);
  let qualified = 0;
  let row = rows.count;
  for (let i = holders.from; i < holders.to; i += 1) {
    const person = holder[i]!;
    let certificate = qualification[i]!;
    while (i + 1 < holders.to && holder[i + 1] === person) {
      i += 1;
      if (isBetter(roster, qualification[i]!, certificate)) certificate = qualification[i]!;
    }
    qualified += 1;
    if (endsTooEarly(mission, qualificationUntil[certificate]!)) {
      removed[CERTIFICATE]! += 1;
      continue;
    }
    const level = qualificationLevel[certificate]!;
    if (isTooLow(least, level)) {
      removed[PROFICIENCY]! += 1;
      continue;
    }
    const outcome = found[person]!;
    if (outcome < SCARCE_MAY_GO) {
      removed[outcome]! += 1;
      continue;
    }
    rows.person[row] = person;
    rows.group[row] = g;
    rows.minutes[row] = minutes[person]!;
    rows.cost[row] = Math.min(
      MOST_POINTS,
      points[person]! +
        proficiencyStep * proficiencySteps(level) +
        (outcome === SCARCE_MAY_GO ? scarcePoints : 0),
    );
    rows.traits[row] = (traits[person]! & groupBits) | bits.ofLevel[4 * g + level]!;
    rows.employer[row] = employer[person]!;
    row += 1;
  }
  const eligible = row - rows.count;
  rows.count = row;
  const named = hardRules.flatMap((rule, number): [string, number][] =>
    removed[number]! > 0 ? [[rule, removed[number]!]] : [],
  );
  return { qualified, eligible, removed: new Map(named) };
}
