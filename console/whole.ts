import { isFilled, readyAt } from '../functions/deployments/seating.ts';
import type {
  Deployment,
  DeploymentTeam,
  GoodsLine,
  Notice,
  Offer,
  Seat,
  TimelineEntry,
} from '../functions/domain/deployment.ts';
import { count, deskTime } from './words.ts';

/** A deployment as GET /api/deployments/{id} answers. */
export type Whole = Deployment & {
  seats: Seat[];
  offers: Omit<Offer, 'link' | 'memberKey' | 'employerKey'>[];
  notices: Notice[];
  goodsLines: GoodsLine[];
  timeline: TimelineEntry[];
  waitsFor: { state: string; since: string; until: string; whoIsTold: string } | null;
};

/** One row of the board. */
export type Row = {
  teamType: string;
  role: string;
  critical: boolean;
  seats: Seat[];
  filled: number;
  needsWork: boolean;
};

const ALARMING = new Set(['Unclear answer', 'Not reached', 'No candidate']);

/** The seats of a team by role, in the order of its plan; rows with work for the desk are marked. */
export function boardOf(team: DeploymentTeam, seats: Seat[]): Row[] {
  const own = seats.filter(seat => seat.teamType === team.teamType);
  const roles = [...new Set([...team.seats.map(seat => seat.role), ...own.map(seat => seat.role)])];
  return roles.map(role => {
    const ofRole = own.filter(seat => seat.role === role).sort((a, b) => a.number - b.number);
    return {
      teamType: team.teamType,
      role,
      critical: ofRole.some(seat => seat.critical),
      seats: ofRole,
      filled: ofRole.filter(isFilled).length,
      needsWork: ofRole.some(seat => ALARMING.has(seat.state)),
    };
  });
}

/** How many seats are in each state, fullest first. */
export const statesOf = (seats: Seat[]): [Seat['state'], number][] =>
  (
    [
      'Confirmed',
      'Both consents',
      'Employer to agree',
      'Asked',
      'Held, not asked',
      'Open',
      'Unclear answer',
      'Not reached',
      'No candidate',
    ] as const
  )
    .map((state): [Seat['state'], number] => [state, seats.filter(seat => seat.state === state).length])
    .filter(([, number]) => number > 0);

/** How a team stands to its standard once nothing more is to be counted down; undefined while it runs. */
export function standardMet(team: DeploymentTeam, seats: Seat[], now: number): string | undefined {
  if (!team.confirmedAt || !team.deadlineAt) return undefined;
  const ready = readyAt(team, seats) ?? team.confirmedAt;
  const met = Date.parse(ready) <= Date.parse(team.deadlineAt);
  return `${met ? 'Standard met' : 'Standard missed'}: ready ${deskTime(ready, now)}`;
}

/** What a stand-down will do, in counts. */
export function standDownCounts(d: Whole): string[] {
  const asked = d.offers.filter(offer => offer.askedAt && !offer.finalWord).length;
  const told = d.seats.filter(seat => seat.state === 'Confirmed').length;
  const held = d.seats.filter(seat => seat.expertId).length;
  const lines = d.goodsLines.filter(line => line.state === 'Reserved' || line.state === 'Loading').length;
  const left = d.goodsLines.filter(line => line.state === 'Departed').length;
  return [
    asked === 0
      ? 'Nobody has been asked: nobody is told.'
      : `${count(asked, 'person', 'people')} who were asked get a final word, ${told} of whom were told to go.`,
    `${count(held, 'hold')} on people and ${count(lines, 'goods line')} not yet departed are released.`,
    ...(left > 0 ? [`${count(left, 'goods line')} have departed and are not called back.`] : []),
    'Flights are not cancelled by this system.',
  ];
}

/** Goods that are needed and that no line covers: "120 tents". */
export const goodsMissing = (d: Whole): string[] =>
  d.goods.flatMap(need => {
    const have = d.goodsLines
      .filter(line => line.item === need.item && line.state !== 'Released')
      .reduce((sum, line) => sum + line.quantity, 0);
    return have < need.quantity ? [`${(need.quantity - have).toLocaleString('en')} ${need.item}`] : [];
  });

/**
 * What a decision may hang on that is different from what somebody saw, in words. Seats that fill and answers that come
 * are none of it: they come all the time and must not keep anybody from deciding.
 */
export function changesBetween(before: Whole, after: Whole): string[] {
  const size = (d: Whole) => d.teams.reduce((sum, team) => sum + team.required, 0);
  const gaps = (d: Whole) => Object.keys(d.gaps).length;
  const said = new Set(before.timeline.map(line => `${line.entryId} ${line.at}`));
  const decided = after.timeline.filter(
    line => line.kind === 'decision' && !said.has(`${line.entryId} ${line.at}`),
  );
  return [
    ...(before.state === after.state ? [] : [`It was "${before.state}" and is now "${after.state}".`]),
    ...decided.map(({ who, what }) => (what.includes(who) ? what : `${who}: ${what}`)),
    ...(before.stage === after.stage ? [] : [`The last stage reported is now "${after.stage}".`]),
    ...(size(before) === size(after) ? [] : [`Seats called for: ${size(before)}, now ${size(after)}.`]),
    ...(JSON.stringify(before.goods) === JSON.stringify(after.goods)
      ? []
      : ['The goods called for have changed.']),
    ...(gaps(before) === gaps(after)
      ? []
      : [`Seats without a candidate: ${gaps(before)}, now ${gaps(after)}.`]),
    ...(before.increase || !after.increase ? [] : ['A further event adds to what is needed.']),
  ];
}
