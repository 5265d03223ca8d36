import type { RosterColumns } from '../../roster/columns.ts';
import { placeOf } from '../../roster/reading.ts';
import type { MatchProblem, TeamRule } from '../problem.ts';
import { MOST_TRAIT_RULES } from '../team-rules.ts';
import type { CountedRule, Group } from './candidacies.ts';
import { certificateOf } from './certificate.ts';
import { isSpeaker, type Tariff } from './cost.ts';
import { teamsInOrder } from './groups.ts';

/**
 * The team rules in numbers: those that count a trait first, those about employers last, each in the order of teams, then
 * of ruleId. Who sits already is counted in as far as the roster knows them.
 */
export function countedRulesOf(
  problem: MatchProblem,
  roster: RosterColumns,
  tariff: Tariff,
  groups: readonly Group[],
): CountedRule[] {
  const { teamRules, seated } = problem;
  const teams: string[] = teamsInOrder(problem).map(({ teamType }) => teamType);
  const ordered = teamRules.toSorted(
    (a, b) =>
      Number(isOfEmployers(a)) - Number(isOfEmployers(b)) ||
      teams.indexOf(a.teamType) - teams.indexOf(b.teamType) ||
      (a.ruleId < b.ruleId ? -1 : 1),
  );
  const counting = ordered.filter(rule => !isOfEmployers(rule)).length;
  if (counting > MOST_TRAIT_RULES) {
    throw new Error(
      `${counting} team rules count people by what they are: more than ${MOST_TRAIT_RULES} cannot be kept`,
    );
  }
  const sitting = seated
    .map(({ expertId, teamType, role }) => ({ person: placeOf(roster, expertId), teamType, role }))
    .filter(({ person }) => person >= 0);
  return ordered.map(rule => {
    const inTeam = sitting.filter(({ teamType, role }) => teamType === rule.teamType && isAbout(rule, role));
    const counted: CountedRule = {
      rule,
      ruleKey: `${rule.teamType}/${rule.ruleId}`,
      groups: [...groups.keys()].filter(g => {
        const { teamType, role } = groups[g]!;
        return teamType === rule.teamType && isAbout(rule, role);
      }),
      count: rule.count,
      taken: new Map(),
    };
    for (const { person, role } of inTeam) {
      const employer = roster.employer[person]!;
      if (isOfEmployers(rule)) counted.taken.set(employer, (counted.taken.get(employer) ?? 0) + 1);
      else if (counts(rule, roster, tariff, person, role)) counted.count -= 1;
    }
    counted.count = Math.max(0, counted.count);
    return counted;
  });
}

const isOfEmployers = ({ of }: TeamRule): boolean => of.is === 'same employer';

const isAbout = ({ roles }: TeamRule, role: string): boolean => roles === null || roles.includes(role);

/** Genders by their number in the columns. */
const genders = { female: 1, male: 2 } as const;

/** Whether somebody who sits in a role counts for a rule that is not about employers. */
function counts(
  rule: TeamRule,
  roster: RosterColumns,
  tariff: Tariff,
  person: number,
  role: string,
): boolean {
  if (rule.of.is !== 'proficient') return countsWhoever(rule, roster, tariff, person);
  const certificate = certificateOf(roster, person, roster.words.roles.indexOf(role));
  return certificate !== -1 && roster.qualificationLevel[certificate]! >= rule.of.proficiency;
}

/** The same for what does not hang on the seat. */
function countsWhoever({ of }: TeamRule, roster: RosterColumns, tariff: Tariff, person: number): boolean {
  switch (of.is) {
    case 'speaker':
      return isSpeaker(tariff, roster, person);
    case 'gender':
      return roster.gender[person] === genders[of.gender];
    case 'experienced':
      return roster.missions[person]! >= of.missions;
    case 'newcomer':
      return roster.missions[person] === 0;
    default:
      return false;
  }
}

/** The bits of rules by what a person is, for groups to pick theirs from. */
export type TraitBits = {
  /** Each rule about a group, as a bit. */
  ofGroup: Uint32Array;
  /** Rules of a group that somebody of a proficiency (0 to 3) counts for: at 4 × group + proficiency. */
  ofLevel: Uint32Array;
  /** Of a person who speaks a language of the country, or none. */
  ofPerson: (person: number, speaks: boolean) => number;
};

export function traitBitsOf(
  rules: readonly CountedRule[],
  groups: readonly Group[],
  roster: RosterColumns,
): TraitBits {
  const ofGroup = new Uint32Array(groups.length);
  const ofLevel = new Uint32Array(4 * groups.length);
  const ofGender = new Uint32Array(4);
  let [speakers, newcomers] = [0, 0];
  const experienced: { missions: number; bit: number }[] = [];
  for (const [r, { rule, groups: own }] of rules.entries()) {
    if (isOfEmployers(rule)) continue;
    const bit = (1 << r) >>> 0;
    const { of } = rule;
    for (const g of own) {
      if (of.is !== 'proficient') ofGroup[g]! |= bit;
      else for (let level = of.proficiency; level <= 3; level += 1) ofLevel[4 * g + level]! |= bit;
    }
    if (of.is === 'speaker') speakers |= bit;
    else if (of.is === 'gender') ofGender[genders[of.gender]]! |= bit;
    else if (of.is === 'newcomer') newcomers |= bit;
    else if (of.is === 'experienced') experienced.push({ missions: of.missions, bit });
  }
  const ofPerson = (person: number, speaks: boolean): number => {
    const missions = roster.missions[person]!;
    let bits = ofGender[roster.gender[person]!]!;
    if (missions === 0) bits |= newcomers;
    for (let i = 0; i < experienced.length; i += 1) {
      if (missions >= experienced[i]!.missions) bits |= experienced[i]!.bit;
    }
    if (speaks) bits |= speakers;
    return bits >>> 0;
  };
  return { ofGroup, ofLevel, ofPerson };
}
