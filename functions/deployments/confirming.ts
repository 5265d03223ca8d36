import type { Deployment, DeploymentTeam, Offer, Seat } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { Picture } from './news.ts';
import { holdUntil } from './offers.ts';
import { hasBothConsents } from './review.ts';
import { emptied, isFull } from './seating.ts';
import { timelineEntry } from './timeline.ts';

type Stores = { deployments: DeploymentStore; experts: ExpertStore };

/**
 * Tells one person to go: only with both consents, an approved deployment and a hold that is ours. False when the hold
 * was lost: then the seat opens again and the person is told the last word.
 */
async function confirmSeat(
  { deployments, experts }: Stores,
  seat: Seat,
  offer: Offer,
  now: Instant,
): Promise<boolean> {
  const { deploymentId, seatId } = seat;
  const held = await experts.hold(offer.expertId, deploymentId, holdUntil(offer), now);
  if (!held) {
    await deployments.changeSeat(deploymentId, seatId, emptied);
    await deployments.changeOffer(deploymentId, offer.offerId, o => ({
      ...o,
      state: 'Stood down',
      finalWord: { word: 'stand down', at: now },
      noticesDue: true,
    }));
    return false;
  }
  await deployments.changeOffer(deploymentId, offer.offerId, o =>
    o.finalWord ? undefined : { ...o, finalWord: { word: 'deploy', at: now }, noticesDue: true },
  );
  await deployments.changeSeat(deploymentId, seatId, s => ({ ...s, state: 'Confirmed' }));
  return true;
}

/** Those who said they would stand by do; who has not answered, or whose employer has not, is stood down. */
async function settleStandby(
  { deployments }: Stores,
  team: DeploymentTeam,
  offers: Offer[],
  now: Instant,
): Promise<void> {
  for (const offer of offers.filter(
    o => o.kind === 'standby' && o.teamType === team.teamType && !o.finalWord,
  ))
    await deployments.changeOffer(offer.deploymentId, offer.offerId, o => {
      if (o.finalWord) return undefined;
      return hasBothConsents(o)
        ? { ...o, noticesDue: true }
        : {
            ...o,
            state: 'Stood down',
            reviewed: true,
            finalWord: { word: 'stand down', at: now },
            noticesDue: true,
          };
    });
}

/** Confirms every team that is full: deploy notices, stand-by, stand-down of the surplus. */
export async function confirmFullTeams(
  stores: Stores,
  { deployment, seats, offers }: Picture,
  now: Instant,
): Promise<Deployment> {
  const { deployments } = stores;
  const { deploymentId } = deployment;
  const confirmed: string[] = [];
  for (const team of deployment.teams.filter(each => !each.confirmedAt && isFull(each, seats))) {
    let held = true;
    for (const seat of seats.filter(
      each => each.teamType === team.teamType && each.state === 'Both consents',
    )) {
      const offer = offers.find(({ offerId }) => offerId === seat.offerId);
      if (offer && hasBothConsents(offer)) held = (await confirmSeat(stores, seat, offer, now)) && held;
    }
    if (!held) continue;
    confirmed.push(team.teamType);
    await settleStandby(stores, team, offers, now);
    await deployments.append(
      timelineEntry(
        deploymentId,
        now,
        'team',
        `${team.teamType}/confirmed`,
        `${team.teamType}: confirmed, everybody is told to go`,
      ),
    );
  }
  const isConfirmed = (team: DeploymentTeam) =>
    team.confirmedAt !== null || confirmed.includes(team.teamType);
  // Last, for a team that is confirmed is not looked at again.
  return deployments.change(deploymentId, d => ({
    ...d,
    teams: d.teams.map(team =>
      confirmed.includes(team.teamType)
        ? { ...team, filledAt: team.filledAt ?? now, confirmedAt: team.confirmedAt ?? now }
        : team,
    ),
    state: d.standDown || !d.teams.every(isConfirmed) || d.stage ? d.state : 'Confirmed',
    updatedAt: now,
  }));
}
