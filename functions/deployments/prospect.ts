import type { Deployment, Offer, Seat } from '../domain/deployment.ts';
import type { TeamType } from '../domain/policy.ts';
import type { Picture } from './news.ts';
import { grow } from './proposal.ts';
import { isToBeWidened, readyStandby } from './review.ts';
import { seatsOf } from './seating.ts';

/** "rescue/fire-rescue": among the seats of one role in one team people are interchangeable. */
export const groupOf = (seat: { teamType: string; role: string }): string => `${seat.teamType}/${seat.role}`;

/** Seats that the need calls for and that are not there yet: before a first plan, or after an increase. */
export function missingSeats({ deployment, seats }: Picture): Seat[] {
  const known = new Set(seats.map(seat => seat.seatId));
  return seatsOf(deployment).filter(seat => !known.has(seat.seatId));
}

/** Confirmed teams of which a seat has fallen open are planned, and confirmed, anew. */
export function teamsToReopen({ deployment, seats }: Picture): TeamType[] {
  const open = new Set(seats.filter(seat => seat.state === 'Open').map(seat => seat.teamType));
  return deployment.teams.flatMap(team =>
    team.confirmedAt && open.has(team.teamType) ? [team.teamType] : [],
  );
}

/** The deployment with these teams neither full nor confirmed. */
export const reopened = (deployment: Deployment, types: readonly TeamType[]): Deployment => ({
  ...deployment,
  teams: deployment.teams.map(team =>
    types.includes(team.teamType) ? { ...team, filledAt: null, confirmedAt: null } : team,
  ),
});

/** The open seat that somebody on stand-by moves up to. */
export const seatFor = (offer: Offer, seats: readonly Seat[]): Seat | undefined =>
  seats.find(seat => seat.state === 'Open' && groupOf(seat) === groupOf(offer));

/**
 * How a deployment would stand when a plan was made now, just before people are chosen: what waits for approval is
 * counted as approved. The same rules as the plan itself writes by; nothing is written.
 */
export function prospectOf(picture: Picture): Picture {
  const { offers } = picture;
  const { increase } = picture.deployment;
  const grown = increase ? grow(picture.deployment, increase) : picture.deployment;
  let seats = [...picture.seats, ...missingSeats({ ...picture, deployment: grown })];
  const deployment = reopened(grown, teamsToReopen({ deployment: grown, seats, offers }));
  seats = seats.map(seat => (isToBeWidened(deployment, seat) ? { ...seat, state: 'Open' as const } : seat));
  for (const offer of readyStandby(offers)) {
    const meant = seatFor(offer, seats);
    if (!meant) continue;
    const { expertId, offerId, assembleBy: arrivesAt } = offer;
    seats = seats.map(seat =>
      seat === meant ? { ...seat, state: 'Both consents', expertId, offerId, arrivesAt } : seat,
    );
  }
  return { deployment, seats, offers };
}
