import type { Instant } from '../../domain/primitives.ts';
import type { Trait } from '../../domain/team-rule.ts';
import type { Grade } from '../candidates/certificate.ts';
import type { CostParts } from '../candidates/cost.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import type { Obstacle } from '../candidates/person.ts';
import type { Journey } from '../candidates/travel.ts';
import type { Goal } from '../proof/certificate.ts';

/** A team rule as it is called: its id, and what it asks for, in the desk's sentence or in ours. */
export type RuleNamed<Text = string> = {
  ruleId: string;
  team: Text;
  kind: 'at least' | 'at most';
  count: number;
  of: Trait;
  /** Names of the roles that it is about; null: the whole team. */
  roles: Text[] | null;
  sentence: Text | null;
};

/** What the cost of a choice is made of. */
export type CostPart = keyof CostParts;

/** By how many points one part differs, never 0; positive: the other costs more. `steps`: how many more or fewer grades,
 * missions or hours, at least 0. */
export type CostDifference = { part: CostPart; points: number; steps: number };

/** What the desk can give up for a full team. Consent, reach and holds are never given up. */
export const relaxable = [
  'left out by the desk',
  'proficiency too low',
  'off duty by the rota',
  'too late',
] as const satisfies readonly HardRule[];
export type Relaxable = (typeof relaxable)[number];

/** How many one rule removed, and for few of them the deployments that hold them. */
export type Removed = { rule: HardRule; count: number; deployments: string[] };

/** A number that is known to lie between two bounds; null: no bound is known on that side. One of them is known. */
export type Range = { least: number | null; most: number | null };

/**
 * All that the reasons say in one language, as phrases without a full stop for a pick, as whole sentences elsewhere.
 * Numbers and ids stand in figures in every language, so that two languages can be held against each other.
 */
export type ReasonWording = {
  pick: {
    certified: (role: string, grade: Grade, until: Instant | null) => string;
    ready: (journey: Journey) => string;
    /** ISO 639 codes. */
    speaks: (languages: string[]) => string;
    speaksNone: (languages: string[]) => string;
    saidYes: () => string;
    /** `people`: how many of the team count, those who sit included. */
    counts: (rule: RuleNamed, people: number) => string;
    needed: (rule: RuleNamed) => string;
    /** Nobody is left for the seat; `elsewhere` others who are eligible sit in other seats. */
    nobodyElse: (elsewhere: number) => string;
    nextBreaks: (expertId: string, rules: string[]) => string;
    /** Arrives so much later than the pick, and the last of the team so much later than now. */
    nextDelays: (expertId: string, later: number, delay: number) => string;
    nextDelaysNine: (expertId: string, delay: number) => string;
    nextCosts: (expertId: string, points: number, differences: CostDifference[]) => string;
    nextEquals: (expertId: string) => string;
    /** Only where the plan is not proven best. */
    nextIsBetter: (expertId: string) => string;
  };
  empty: {
    nobodyHolds: (role: string) => string;
    /** All who hold the role, removed by one and the same rule. */
    onlyFew: (role: string, qualified: number, removed: Removed) => string;
    ofAll: (
      role: string,
      qualified: number,
      here: number,
      removed: Removed[],
      /** Eligible, but in other seats; `seats` when they are few. */
      elsewhere: { count: number; seats: string[] },
      /** Eligible and free, yet not taken: only a plan without proof leaves them. */
      free: number,
    ) => string;
  };
  notChosen: {
    notOnRoster: (expertId: string) => string;
    noSuchGroup: (role: string, team: string) => string;
    notHolding: (expertId: string, role: string) => string;
    inSeat: (expertId: string, seatId: string) => string;
    keepsSeat: (expertId: string, role: string, team: string) => string;
    obstacles: (expertId: string, role: string, obstacles: Obstacle[]) => string;
    delays: (expertId: string, minutes: number) => string;
    /** With them so many seats more stay empty, or so many people more break team rules, at the least. */
    leavesEmpty: (expertId: string, seats: number) => string;
    /** With them seats of a team that must be ready sooner would stay empty instead. */
    leavesUrgentEmpty: (expertId: string) => string;
    breaks: (expertId: string, people: number) => string;
    costs: (expertId: string, points: number) => string;
    mayCostNothing: (expertId: string) => string;
    unproven: (expertId: string) => string;
    /** Said after one of the others. */
    standsBy: (role: string, place: number) => string;
  };
  marginal: {
    cannotFill: (role: string, team: string) => string;
    /** `delay`: of the last of the team, where `most` is known. */
    oneMore: (role: string, team: string, points: Range, delay: number) => string;
    /**
     * What the plan would save at the most without the rule, and if it were softer by one person, and whether a team might
     * be complete earlier without it; null: not known, or not worth saying. `points` or `mayBeEarlier` is known.
     */
    rule: (
      rule: RuleNamed,
      points: number | null,
      byOne: number | null,
      mayBeEarlier: boolean | null,
    ) => string;
    opens: (role: string, team: string, people: number, rules: Relaxable[]) => string;
  };
  brokenRule: {
    tooFew: (rule: RuleNamed, people: number, eligible: number) => string;
    conflict: (rule: RuleNamed, people: number, eligible: number) => string;
    /** By so many people; for a rule about employers, of these. */
    tooMany: (rule: RuleNamed, excess: number, employers: string[]) => string;
    /** Said after one of the others. */
    unproven: () => string;
  };
  stage: {
    sentence: (goal: Goal, team: string | null, value: number, bound: number) => string;
    trouble: (detail: string) => string;
  };
  standby: {
    reason: (role: string, place: number, minutes: number) => string;
    short: (role: string, team: string, asked: number, found: number) => string;
  };
  gaps: (total: number, empty: { role: string; count: number }[]) => string;
  rule: (rule: RuleNamed) => string;
};
