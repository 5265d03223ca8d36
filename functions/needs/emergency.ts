import { distanceKm } from '../alerts/geography/geography.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { DisasterEvent } from '../domain/event.ts';
import type { GoodsNeed, Need, TeamNeed } from '../domain/need.ts';
import type { Policy, SeatPlan } from '../domain/policy.ts';
import type { Hazard } from '../domain/primitives.ts';
import { DAY } from '../domain/time.ts';

/** Hazards that come as one emergency: the shock and what it sets off; the storm and what it brings. */
const families: readonly ReadonlySet<Hazard>[] = [
  new Set<Hazard>(['EQ', 'TS', 'LS', 'MS', 'SL', 'AV']),
  new Set<Hazard>(['VO', 'TS', 'LS', 'MS', 'SL']),
  new Set<Hazard>(['TC', 'SS', 'WV', 'FL', 'FF', 'ST', 'VW', 'TO', 'LS', 'MS', 'SL']),
];

/** True when one of the two may be part of the other's emergency. */
const areRelated = (a: Hazard, b: Hazard): boolean =>
  a === b || families.some(family => family.has(a) && family.has(b));

type Open = Pick<
  Deployment,
  'deploymentId' | 'eventId' | 'furtherEventIds' | 'disaster' | 'state' | 'drill' | 'createdAt'
>;

/**
 * The open deployment that this event belongs to: the same event; an aftershock, a second landfall, a tsunami after its
 * earthquake. The oldest wins when several do. Deployments that are over never take an event, and a deployment for one
 * state takes no event of another: each state makes its own request. Pass only real deployments or only drills.
 */
export function findOpenDeployment<T extends Open>(
  event: DisasterEvent,
  openDeployments: readonly T[],
  policy: Policy,
): T | null {
  const candidates = openDeployments
    .filter(({ state }) => state !== 'Closed' && state !== 'Refused' && state !== 'Standing down')
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return (
    candidates.find(each => isAbout(each, event.eventId)) ??
    candidates.find(each => isSameEmergency(event, each, policy)) ??
    null
  );
}

function isAbout(deployment: Open, eventId: string): boolean {
  return deployment.eventId === eventId || deployment.furtherEventIds.includes(eventId);
}

function isSameEmergency(event: DisasterEvent, deployment: Open, policy: Policy): boolean {
  const { disaster } = deployment;
  const isElsewhere =
    disaster.country !== null && event.countries.length > 0 && !event.countries.includes(disaster.country);
  if (isElsewhere) return false;
  // An exercise never raises a deployment of real people.
  if (event.exercise && !deployment.drill) return false;
  if (event.parentEventId !== null && isAbout(deployment, event.parentEventId)) return true;
  if (!areRelated(event.hazard, disaster.hazard)) return false;
  const { withinDays, withinKm } = policy.sameEmergency;
  const apart = Math.abs(Date.parse(event.occurredAt) - Date.parse(disaster.occurredAt));
  if (apart > withinDays * DAY) return false;
  if (event.position && disaster.position) return distanceKm(event.position, disaster.position) <= withinKm;
  // Without a place to measure from, only a country that both name can join them.
  return disaster.country !== null && event.countries.includes(disaster.country);
}

/** Teams and goods by how much they grow: seats are further seats, quantities further units. */
export type Increase = { teams: TeamNeed[]; goods: GoodsNeed[]; reasons: Need['reasons'] };

/**
 * What a further event of the same emergency adds. The larger of the two counts holds for each role of a team and each
 * item, not their sum: an aftershock does not call for a second team beside the first.
 */
export function increase(existing: Pick<Need, 'teams' | 'goods'>, need: Need): Increase {
  const reasons: Need['reasons'] = [];
  const teams: TeamNeed[] = [];
  for (const team of need.teams) {
    const before = existing.teams.filter(each => each.teamType === team.teamType).flatMap(each => each.seats);
    const seats = team.seats.flatMap((seat): SeatPlan[] => {
      const count = seat.count - seatsOf(before, seat.role);
      return count > 0 ? [{ ...seat, count }] : [];
    });
    if (seats.length === 0) continue;
    teams.push({ ...team, seats });
    const count = seats.reduce((sum, seat) => sum + seat.count, 0);
    const text = before.length === 0 ? `adds the team ${team.teamType}` : `adds to the team ${team.teamType}`;
    reasons.push({ ruleId: team.ruleId, text: `A further event ${text}: ${count} seats.` });
  }
  const goods: GoodsNeed[] = [];
  for (const line of need.goods) {
    const before = existing.goods.filter(({ item }) => item === line.item);
    const quantity = line.quantity - before.reduce((sum, each) => sum + each.quantity, 0);
    if (quantity <= 0) continue;
    goods.push({ ...line, quantity });
    reasons.push({ ruleId: line.ruleId, text: `A further event adds ${quantity} units of ${line.item}.` });
  }
  return { teams, goods, reasons };
}

const seatsOf = (seats: readonly SeatPlan[], role: string): number =>
  seats.reduce((sum, seat) => sum + (seat.role === role ? seat.count : 0), 0);

/** The need after an increase: teams of the same type grow in place, so that seats already numbered keep their numbers. */
export function addIncrease<T extends TeamNeed>(
  existing: { teams: readonly T[]; goods: readonly GoodsNeed[] },
  added: Pick<Increase, 'teams' | 'goods'>,
): { teams: (T | TeamNeed)[]; goods: GoodsNeed[] } {
  const teams: (T | TeamNeed)[] = existing.teams.map(team => {
    const more = added.teams.find(each => each.teamType === team.teamType)?.seats ?? [];
    const grown = team.seats.map(seat => ({ ...seat, count: seat.count + seatsOf(more, seat.role) }));
    const fresh = more.filter(seat => !team.seats.some(({ role }) => role === seat.role));
    return { ...team, seats: [...grown, ...fresh] };
  });
  const known = new Set(teams.map(team => team.teamType));
  const goods = existing.goods.map(line => {
    const more = added.goods.filter(({ item }) => item === line.item);
    return { ...line, quantity: more.reduce((sum, each) => sum + each.quantity, line.quantity) };
  });
  return {
    teams: [...teams, ...added.teams.filter(team => !known.has(team.teamType))],
    goods: [...goods, ...added.goods.filter(line => !goods.some(({ item }) => item === line.item))],
  };
}
