import { type Postings, postingsOf } from '../../roster/reading.ts';
import type { Candidacies, Group, Screen, Screening } from './candidacies.ts';
import { isBetter } from './certificate.ts';
import {
  arrivalSteps,
  isScarce,
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
  const bits = traitBitsOf(rules, groups, roster, tariff);
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
      judging.begin(missionOf(team));
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
    minutes: taking.minutes.subarray(0, count),
    cost: taking.cost.subarray(0, count),
    traits: taking.traits.subarray(0, count),
    employer: taking.employer.subarray(0, count),
  };
  return { candidacies, screenings };
};

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

/** In `failed`: not judged yet, and may go. Else the number of a hard rule. */
const OPEN = 255;
const MAY_GO = 254;

/** What is known of each person whatever the role, found when the first role asks: in one team, and in all. */
type Judging = ReturnType<typeof judgingOf>;

function judgingOf(terms: Terms, ways: Ways, tariff: Tariff, bits: TraitBits) {
  const { count } = terms.roster;
  return {
    terms,
    ways,
    tariff,
    bits,
    mission: null as Mission | null,
    /** For the team: MAY_GO, the number of the rule that removes the person, or OPEN. */
    failed: new Uint8Array(count),
    /** For the team, of who may go: minutes to the arrival. */
    minutes: new Uint32Array(count),
    /** In all teams, of who may go in one: points, the bits of rules, and 1 for a scarce role. */
    isKnown: new Uint8Array(count),
    points: new Uint32Array(count),
    traits: new Uint32Array(count),
    scarce: new Uint8Array(count),
    begin(mission: Mission): void {
      this.mission = mission;
      this.failed.fill(OPEN);
    },
  };
}

function judgePerson(judging: Judging, person: number): number {
  const { terms, ways, tariff, bits } = judging;
  const mission = judging.mission!;
  const number = firstFailed(terms, mission, person);
  if (number >= 0) return number;
  const minutes = arrivalMinutesOf(ways, terms, mission, person);
  if (isTooLate(terms, mission, minutes)) return TOO_LATE;
  judging.minutes[person] = minutes;
  if (judging.isKnown[person] === 0) {
    judging.isKnown[person] = 1;
    judging.points[person] = pointsOfPerson(tariff, terms.roster, person);
    judging.traits[person] = bits.ofPerson(person);
    judging.scarce[person] = isScarce(tariff, terms.roster, person) ? 1 : 0;
  }
  return MAY_GO;
}

/** Everybody who holds the role of group g, judged; who may take it is added to `rows`. */
function screenGroup(
  { g, critical, least, holders }: { g: number; critical: boolean; least: number; holders: Holders },
  judging: Judging,
  postings: Postings,
  rows: Rows,
): Screening {
  const { failed, minutes, points, traits, scarce, bits, tariff, terms } = judging;
  const { roster } = terms;
  const { qualificationLevel, qualificationUntil, employer } = roster;
  const { person: holder, qualification } = postings;
  const mission = judging.mission!;
  const { proficiencyStep, arrivalHour } = tariff.costs;
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
    let found = failed[person]!;
    if (found === OPEN) {
      found = judgePerson(judging, person);
      failed[person] = found;
    }
    if (found !== MAY_GO) {
      removed[found]! += 1;
      continue;
    }
    rows.person[row] = person;
    rows.group[row] = g;
    rows.minutes[row] = minutes[person]!;
    rows.cost[row] = Math.min(
      MOST_POINTS,
      points[person]! +
        proficiencyStep * proficiencySteps(level) +
        (scarce[person] === 1 ? scarcePoints : 0) +
        arrivalHour * arrivalSteps(minutes[person]!),
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
