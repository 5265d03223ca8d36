import type { RosterColumns } from '../../roster/columns.ts';
import type { MatchProblem, MatchTeam, TeamRule } from '../problem.ts';

/** The seats of one role in one team that are open, and how many stand by for it: among them people are interchangeable. */
export type Group = {
  /** "rescue/fire-rescue". */
  groupId: string;
  teamType: string;
  role: string;
  critical: boolean;
  /** Ascending by text. */
  seatIds: string[];
  standby: number;
  team: MatchTeam;
};

/**
 * Everybody who may take a seat of a group passed all hard rules: a candidacy. Sorted by group, then person. Rules are
 * numbered as in `rules`; employer rules take part by `employer`, all others by a bit of `traits`.
 */
export type Candidacies = {
  /** Groups in the order of teams by deadline (earliest first, none last), then of groupId. */
  groups: Group[];
  /** Team types in that order. */
  teams: string[];
  rules: CountedRule[];
  count: number;
  /** Place in the roster's columns. */
  person: Uint32Array;
  group: Uint16Array;
  /** Candidacies of group g: groupStarts[g] to groupStarts[g + 1]. */
  groupStarts: Uint32Array;
  /**
   * Minutes from now to the arrival at the assembly point at the latest; but never before the last of those who sit in the
   * team already: who comes earlier does not make the team complete earlier. What the goals look at.
   */
  minutes: Uint32Array;
  /** The same as it is, whoever else comes. What people are told. */
  arrivals: Uint32Array;
  /** Points by the cost model. */
  cost: Uint16Array;
  /** Bit r is set when the candidacy counts for rule r (never for an employer rule). */
  traits: Uint32Array;
  /** Place of the person's employer in words.employers. */
  employer: Uint32Array;
};

/** A team rule in numbers. At most 32 rules that are not about employers: more are refused as a clear error. */
export type CountedRule = {
  rule: TeamRule;
  /** "rescue/SPEAKERS", and for an employer rule still the same: one row per employer. */
  ruleKey: string;
  /** Groups whose people may count. */
  groups: number[];
  /** What open seats must still bring (at least: never below 0) or may still bring (at most), people who sit counted in. */
  count: number;
  /** For an employer rule: what each employer has in the team already. Place in words.employers -> people. */
  taken: Map<number, number>;
};

/** How many of an employer a rule about employers still admits beside those who sit already. */
export const shareLeft = ({ count, taken }: CountedRule, employer: number): number =>
  Math.max(0, count - (taken.get(employer) ?? 0));

/** What a group's holders of the role were judged: who was removed by which rule, the first that removed them. */
export type Screening = {
  qualified: number;
  eligible: number;
  /** By rule name (HardRule), in the order of the rules. */
  removed: Map<string, number>;
};

export type Screened = { candidacies: Candidacies; screenings: Screening[] };

export type Screen = (problem: MatchProblem, roster: RosterColumns) => Screened;
