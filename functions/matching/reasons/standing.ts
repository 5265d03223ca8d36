import { type Candidacies, shareLeft } from '../candidates/candidacies.ts';
import type { Solved } from '../solving/solved.ts';

/** A plan as the reasons look at it: who sits where, and how far each rule and each team is with it. */
export type Standing = {
  of: Candidacies;
  /** Place of the candidacy that a person was chosen by, by place of the person. */
  chosenOf: Map<number, number>;
  /** The seat of each chosen candidacy: within a group the earliest takes the first. */
  seatOf: Map<number, string>;
  /** The group and the place in its list, counted from 1, of each person who stands by. */
  standbyOf: Map<number, { group: number; place: number; candidacy: number }>;
  filled: Int32Array;
  /** People of each rule who count (open seats only); for an employer rule by place of the employer. */
  counted: Int32Array;
  employed: Map<number, number>[];
  /** By place in `of.teams`: minutes of those who come, the last first. */
  arrivals: number[][];
  /** By place in `of.teams`: how many may come after the nine in ten. */
  stragglers: number[];
};

/** Looks at a plan once. */
export function standingOf(
  of: Candidacies,
  { chosen, standby }: Pick<Solved, 'chosen' | 'standby'>,
): Standing {
  const { groups, teams, rules, person, group, minutes, cost, employer } = of;
  const filled = new Int32Array(groups.length);
  const seatOf = new Map<number, string>();
  const order = [...chosen].sort(
    (a, b) => minutes[a]! - minutes[b]! || cost[a]! - cost[b]! || person[a]! - person[b]!,
  );
  for (const a of order) {
    const g = group[a]!;
    seatOf.set(a, groups[g]!.seatIds[filled[g]!]!);
    filled[g]! += 1;
  }
  const standbyOf: Standing['standbyOf'] = new Map();
  const standing = new Int32Array(groups.length);
  for (const candidacy of standby) {
    const g = group[candidacy]!;
    standing[g]! += 1;
    standbyOf.set(person[candidacy]!, { group: g, place: standing[g]!, candidacy });
  }
  const counted = new Int32Array(rules.length);
  const employed = rules.map(() => new Map<number, number>());
  for (const [r, { rule, groups: ruled }] of rules.entries()) {
    for (const a of chosen) {
      if (rule.of.is !== 'same employer') counted[r]! += Number(hasTrait(of, r, a));
      else if (ruled.includes(group[a]!))
        employed[r]!.set(employer[a]!, (employed[r]!.get(employer[a]!) ?? 0) + 1);
    }
  }
  const ofTeam = (teamType: string) => (a: number) => groups[group[a]!]!.teamType === teamType;
  return {
    of,
    chosenOf: new Map(order.map(a => [person[a]!, a])),
    seatOf,
    standbyOf,
    filled,
    counted,
    employed,
    arrivals: teams.map(team =>
      order
        .filter(ofTeam(team))
        .map(a => minutes[a]!)
        .sort((one, other) => other - one),
    ),
    stragglers: teams.map(team =>
      Math.floor(
        groups.reduce((sum, each) => sum + (each.teamType === team ? each.seatIds.length : 0), 0) / 10,
      ),
    ),
  };
}

/** The last arrival of a team, and of all but its stragglers: minutes from now, 0 where nobody comes. */
export const timesOf = (
  { arrivals, stragglers }: Standing,
  team: number,
): { latest: number; nine: number } => ({
  latest: arrivals[team]![0] ?? 0,
  nine: arrivals[team]![stragglers[team]!] ?? 0,
});

/** By how many people the rule is broken. */
export function breachOf(standing: Standing, rule: number): number {
  const { rule: said, count } = standing.of.rules[rule]!;
  if (said.of.is === 'same employer') {
    return [...standing.employed[rule]!].reduce(
      (sum, [employer, people]) => sum + Math.max(0, people - shareLeft(standing.of.rules[rule]!, employer)),
      0,
    );
  }
  const people = standing.counted[rule]!;
  return Math.max(0, said.kind === 'at least' ? count - people : people - count);
}

/**
 * Whether the candidacy counts for the rule by what the person is. An employer rule has no bit, and its number may be above
 * 31, where a shift would find the bit of another rule.
 */
export const hasTrait = ({ rules, traits }: Candidacies, rule: number, candidacy: number): boolean =>
  rules[rule]!.rule.of.is !== 'same employer' && ((traits[candidacy]! >>> rule) & 1) === 1;

/** Whether the candidacy counts for the rule: by its trait, or by its employer. */
export const countsFor = (of: Candidacies, rule: number, candidacy: number): boolean =>
  of.rules[rule]!.rule.of.is === 'same employer'
    ? of.rules[rule]!.groups.includes(of.group[candidacy]!)
    : hasTrait(of, rule, candidacy);
