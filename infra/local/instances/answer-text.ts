import type { GoodsPlan } from '../../../functions/matching/freight/plan.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import {
  duration,
  inWords,
  moment,
  noNames,
  roleName,
  teamName,
} from '../../../functions/matching/reasons/spelling.ts';
import type { CertifiedMatch } from '../../../functions/matching/team-match.ts';

/** An answer for a reader, in English: team by team the seats by role, then the goals and what a change would do. */
export function peopleText(instance: MatchInstance, answer: CertifiedMatch): string {
  return [
    ...instance.teams.map(({ teamType }) => teamText(instance, answer, teamType)),
    goalsText(answer),
    marginalsText(answer),
    ...(answer.summary.length > 0 ? [answer.summary.map(({ en }) => en).join('\n')] : []),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

function teamText(instance: MatchInstance, answer: CertifiedMatch, teamType: string): string {
  const { picks, empty, standby, brokenRules } = answer;
  const team = instance.teams.find(each => each.teamType === teamType)!;
  const seats = instance.seats.filter(seat => seat.teamType === teamType);
  const roles = [...new Set([...seats, ...team.standby].map(({ role }) => role))];
  const pickOf = new Map(picks.map(pick => [pick.seatId, pick]));
  const emptyOf = new Map(empty.map(each => [each.seatId, each]));
  const taken = (of: typeof seats) => of.filter(({ seatId }) => pickOf.has(seatId)).length;
  const lines = [
    headline(`${teamName(noNames, teamType, 'en')}: ${taken(seats)} of ${seats.length} seats filled`),
  ];
  for (const role of roles) {
    const own = seats.filter(seat => seat.role === role).toSorted((a, b) => (a.seatId < b.seatId ? -1 : 1));
    const waits = standby.find(list => list.teamType === teamType && list.role === role)?.expertIds ?? [];
    const isCritical = own.some(({ critical }) => critical) ? ', critical' : '';
    lines.push(`${roleName(noNames, role, 'en')}${isCritical}: ${taken(own)} of ${own.length}`);
    for (const { seatId } of own) {
      const pick = pickOf.get(seatId);
      if (pick) {
        lines.push(
          `  ${seatId}  ${pick.expertId}  arrives ${moment(pick.arrivesAt, instance.timeZone, 'en')}`,
        );
        lines.push(...pick.reasons.map(({ en }) => `      ${en}`));
      } else
        lines.push(`  ${seatId}  EMPTY`, `      ${emptyOf.get(seatId)?.reason.en ?? 'no reason is given'}`);
    }
    if (waits.length > 0) lines.push(`  stand-by: ${waits.join(', ')}`);
  }
  const broken = brokenRules.filter(each => each.teamType === teamType);
  for (const { ruleId, people, reason } of broken)
    lines.push(
      `rule ${ruleId} BROKEN by ${people} ${people === 1 ? 'person' : 'people'}`,
      `      ${reason.en}`,
    );
  return lines.join('\n');
}

const headline = (text: string) => `${text}\n${'='.repeat(text.length)}`;

function goalsText({ certificate: { stages, trouble } }: CertifiedMatch): string {
  const rows = stages.map(({ goal, teamType, value, bound, gap }) => {
    const isTime = goal === 'latest arrival' || goal === 'arrival of nine in ten';
    const shown = (number: number) => (isTime ? `${number} min (${duration(number, 'en')})` : `${number}`);
    const proof =
      value === bound
        ? 'proven best'
        : `at least ${shown(bound)}, gap ${(100 * gap).toFixed(gap < 0.001 ? 3 : 1)} %`;
    return [teamType ? `${goal}, ${teamType}` : goal, shown(value), proof] as const;
  });
  return [
    headline('Goals in their order'),
    columnsText(rows),
    ...(trouble ? [`Not all is proven: ${trouble}`] : []),
  ].join('\n');
}

function columnsText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function marginalsText({ marginals: { seats, rules, openings } }: CertifiedMatch): string {
  const lines = [...openings, ...seats, ...rules].map(({ reason }) => `  ${reason.en}`);
  return lines.length === 0 ? '' : [headline('What a change would do'), ...lines].join('\n');
}

/** The plan of goods for a reader: line by line, what is missing, and the goals. */
export function goodsText({ lines, short, stages, cost, trouble }: GoodsPlan): string {
  const text = [headline('Goods')];
  for (const { item, quantity, pallets, warehouseId, laneId, mode, arrivesAt, reason } of lines) {
    const onPallets = pallets > 0 ? `, ${pallets} whole ${pallets === 1 ? 'pallet' : 'pallets'}` : '';
    text.push(
      `${quantity} ${inWords(item)}${onPallets}: ${warehouseId} by ${laneId} (${mode}), there ${arrivesAt}`,
    );
    text.push(`      ${reason.en}`);
  }
  for (const { item, missing, reason } of short)
    text.push(`${missing} ${inWords(item)} MISSING`, `      ${reason.en}`);
  text.push(`cost: ${cost} points`);
  text.push(
    columnsText(
      stages.map(({ goal, item, value, bound, gap }) => [
        item ? `${goal}, ${inWords(item)}` : goal,
        `${value}`,
        value === bound ? 'proven best' : `at least ${bound}, gap ${(100 * gap).toFixed(2)} %`,
      ]),
    ),
  );
  if (trouble) text.push(`Not all is proven: ${trouble}`);
  return text.join('\n');
}
