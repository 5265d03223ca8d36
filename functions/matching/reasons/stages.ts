import type { TeamMatch } from '../../domain/plan.ts';
import type { TeamType } from '../../domain/policy.ts';
import type { Wording } from '../../domain/primitives.ts';
import type { Solved } from '../solving/solved.ts';
import type { Standing } from './standing.ts';
import type { Voice } from './voice.ts';

/** Each goal with its value, and whether it is proven best: "Latest arrival of the rescue team 6 h 40 min from now, proven earliest." */
export const stagesInWords = ({ stages }: Pick<Solved, 'stages'>, say: Voice): TeamMatch['stages'] =>
  stages.map(({ goal, teamType, value, bound }) => ({
    goal,
    teamType: teamType as TeamType | null,
    value,
    bound,
    sentence: say(each =>
      each.words.stage.sentence(goal, teamType === null ? null : each.team(teamType), value, bound),
    ),
  }));

/** For the timeline: how many seats stay empty and which, where fewer stand by than asked for, and why a proof is missing. */
export function summaryOf(standing: Standing, { trouble }: Pick<Solved, 'trouble'>, say: Voice): Wording[] {
  const { groups } = standing.of;
  const total = groups.reduce((sum, { seatIds }) => sum + seatIds.length, 0);
  const empty = new Map<string, number>();
  for (const [g, { role, seatIds }] of groups.entries()) {
    const count = seatIds.length - standing.filled[g]!;
    if (count > 0) empty.set(role, (empty.get(role) ?? 0) + count);
  }
  const found = new Int32Array(groups.length);
  for (const { group } of standing.standbyOf.values()) found[group]! += 1;
  return [
    ...(total > 0
      ? [
          say(each =>
            each.words.gaps(
              total,
              [...empty].map(([role, count]) => ({ role: each.role(role), count })),
            ),
          ),
        ]
      : []),
    ...groups.flatMap(({ role, teamType, standby }, g) =>
      found[g]! < standby
        ? [say(each => each.words.standby.short(each.role(role), each.team(teamType), standby, found[g]!))]
        : [],
    ),
    ...(trouble === null ? [] : [say(each => each.words.stage.trouble(trouble))]),
  ];
}

/** Why somebody stands by: for which role, in which place, and when they could be there. */
export function reasonForStandby(
  { of }: Standing,
  standby: { group: number; place: number; candidacy: number },
  say: Voice,
): Wording {
  const { role } = of.groups[standby.group]!;
  const minutes = of.arrivals[standby.candidacy]!;
  return say(each => each.words.standby.reason(each.role(role), standby.place, minutes));
}
