import type { Deployment, DeploymentTeam, Offer, Seat } from '../domain/deployment.ts';
import type { Pick } from '../domain/plan.ts';
import type { Instant } from '../domain/primitives.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { Choosing } from './choosing.ts';
import { assemblyTime } from './offers.ts';

/** One plan in the making: what people are chosen from and for, and all that it takes to hold and ask them. */
export type Planning = Choosing & {
  stores: { deployments: DeploymentStore; experts: ExpertStore };
  random: () => number;
  randomBytes: (count: number) => Uint8Array;
};

/** The team of a deployment. Throws when the deployment has none of this type. */
export const teamOf = (deployment: Deployment, teamType: string): DeploymentTeam => {
  const team = deployment.teams.find(each => each.teamType === teamType);
  if (!team) throw new Error(`${deployment.deploymentId} has no team ${teamType}`);
  return team;
};

const replaceIn = <T>(list: T[], item: T, isSame: (other: T) => boolean): T[] =>
  list.map(other => (isSame(other) ? item : other));

/** Keeps a seat as it was just written, so that the plan goes on from there. */
export function keepSeat(planning: Planning, seat: Seat): void {
  planning.picture.seats = replaceIn(planning.picture.seats, seat, other => other.seatId === seat.seatId);
}

/** Keeps an offer as it was just written. */
export function keepOffer(planning: Planning, offer: Offer): void {
  const { offers } = planning.picture;
  const isSame = (other: Offer) => other.offerId === offer.offerId;
  planning.picture.offers = offers.some(isSame) ? replaceIn(offers, offer, isSame) : [...offers, offer];
}

/** When a team with these picks assembles: when the last of those who have a seat or are to have one can be there. */
export function assemblyOf({ picture, now }: Planning, team: DeploymentTeam, picks: Pick[]): Instant {
  const seated = picture.seats.filter(seat => seat.teamType === team.teamType);
  const arrivals = picks.filter(pick => pick.seatId.startsWith(`${team.teamType}/`));
  return assemblyTime(
    team,
    [...seated, ...arrivals].flatMap(({ arrivesAt }) => arrivesAt ?? []),
    now,
  );
}
