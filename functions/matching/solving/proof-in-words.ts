import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import type { Kind as KindInWords, Prices, Proof } from '../proof/certificate.ts';
import type { Branch } from './branching.ts';
import type { Settled } from './settled.ts';
import type { RowPrices } from './sweep.ts';
import type { Kind, Task } from './task.ts';

/** A proof by the names of groups, rules, employers and people, as it is kept and checked. */
export function proofInWords(
  task: Task,
  proof: Branch,
  settled: readonly Settled[],
  roster: RosterColumns,
): Proof {
  if ('prices' in proof) return { prices: pricesInWords(task, proof.prices, settled, roster) };
  return {
    people: kindInWords(task, proof.kind, roster),
    atMost: proof.atMost,
    low: proofInWords(task, proof.low, settled, roster),
    high: proofInWords(task, proof.high, settled, roster),
  };
}

function pricesInWords(
  task: Task,
  prices: RowPrices,
  settled: readonly Settled[],
  roster: RosterColumns,
): Prices {
  const { groups, rules } = task.of;
  const ruleEntries = rules.flatMap(({ ruleKey }, r): [string, number][] => [
    ...(prices.rule[r] === 0 ? [] : [[ruleKey, prices.rule[r]!] as [string, number]]),
    ...[...(prices.employer[r] ?? [])].map(([place, price]): [string, number] => [
      `${ruleKey}:${roster.words.employers[place]}`,
      price,
    ]),
  ]);
  const ofGoal = ({ goal, team }: Settled): number => {
    if (goal === 'critical seats empty') return prices.critical;
    if (goal === 'seats empty') return prices.seats;
    if (goal === 'urgency of empty seats') return prices.urgency;
    if (goal === 'team rules broken') return prices.rules;
    return goal === 'arrival of nine in ten' ? prices.late[team!]! : 0;
  };
  return {
    groups: withoutZeros(groups.map(({ groupId }, g) => [groupId, prices.group[g]!])),
    rules: withoutZeros(ruleEntries),
    goals: withoutZeros(settled.map((each, i) => [String(i), ofGoal(each)])),
    cases: prices.cases.map(price => price + 0),
  };
}

const withoutZeros = (entries: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries(entries.filter(([, price]) => price !== 0));

const kindInWords = ({ of: { groups, rules } }: Task, kind: Kind, roster: RosterColumns): KindInWords => ({
  group: groups[kind.group]!.groupId,
  traits:
    kind.traits === null
      ? null
      : rules.flatMap(({ rule, ruleKey }, r) =>
          rule.of.is !== 'same employer' && (kind.traits! >>> r) & 1 ? [ruleKey] : [],
        ),
  late: kind.late,
  employerId: kind.employer === null ? null : roster.words.employers[kind.employer]!,
  expertId: kind.person === null ? null : idOf(roster, kind.person),
});
