import type { Expert } from '../domain/expert.ts';
import { standbyCount } from '../matching/deployment-problem.ts';
import { type Choice, chooseForOpenSeats, chooseInRoster } from './choosing.ts';
import { keepPlan, recordGaps, recordPlan } from './noting.ts';
import { assemblyTime } from './offers.ts';
import { assemblyOf, type Planning } from './planning.ts';
import { missingSeats, reopened, teamsToReopen } from './prospect.ts';
import { isToBeWidened } from './review.ts';
import { finishInterrupted, holdPicks, moveUpStandby, offerWithoutSeat } from './settling.ts';
import { timelineEntry } from './timeline.ts';

/** Rounds of matching in one step; each further one is because another deployment took somebody meanwhile. */
const ROUNDS = 5;

/** Writes the seats that the need calls for and that are not there yet (a first plan, or after an increase). */
async function makeSeats(planning: Planning): Promise<void> {
  const { picture, stores } = planning;
  for (const seat of missingSeats(picture)) {
    await stores.deployments.createSeat(seat);
    picture.seats = [...picture.seats, seat];
  }
}

/** A confirmed team of which a seat has fallen open is planned, and confirmed, anew. */
async function reopenTeams(planning: Planning): Promise<void> {
  const { picture, stores, now } = planning;
  const types = teamsToReopen(picture);
  if (types.length === 0) return;
  picture.deployment = await stores.deployments.change(picture.deployment.deploymentId, d => ({
    ...reopened(d, types),
    updatedAt: now,
  }));
}

/** A wider search gives seats that had no candidate another chance, once per plan. */
async function reopenForWidening(planning: Planning): Promise<void> {
  const { picture, stores } = planning;
  const seats = picture.seats.filter(seat => isToBeWidened(picture.deployment, seat));
  if (seats.length === 0) return;
  for (const seat of seats)
    await stores.deployments.changeSeat(seat.deploymentId, seat.seatId, s =>
      s.state === 'No candidate' ? { ...s, state: 'Open' } : undefined,
    );
  picture.seats = await stores.deployments.seats(picture.deployment.deploymentId);
}

/** Fills every open seat with the best person who can be held, and asks stand-by people; what stays empty says why. */
export async function fillOpenSeats(planning: Planning): Promise<void> {
  await makeSeats(planning);
  await reopenTeams(planning);
  await finishInterrupted(planning);
  await reopenForWidening(planning);
  await moveUpStandby(planning);
  const isOpen = () => planning.picture.seats.some(seat => seat.state === 'Open');
  for (let round = 0; round < ROUNDS && isOpen(); round += 1) {
    const choice = await chooseForOpenSeats(planning);
    const { match, people } = choice;
    // The seats come last: as long as one of them is open, a step that is repeated does the rest again.
    await recordPlan(planning, choice, round);
    if (choice.from === 'whole roster') await askStandby(planning, choice);
    await holdPicks(planning, match.picks, people);
    await recordGaps(planning, match.empty);
  }
}

/** Asks as many stand-by people as the policy's ratio says, counting those who stand by or are asked already. */
async function askStandby(planning: Planning, { match, people }: Choice): Promise<void> {
  const { picture } = planning;
  const { standby, picks } = match;
  for (const { teamType, role, expertIds } of standby) {
    const team = picture.deployment.teams.find(each => each.teamType === teamType);
    const count = team?.seats.find(seat => seat.role === role)?.count ?? 0;
    if (!team || team.confirmedAt) continue;
    const live = planning.picture.offers.filter(
      offer =>
        offer.kind === 'standby' && offer.teamType === teamType && offer.role === role && !offer.finalWord,
    );
    const asked = new Set(
      planning.picture.offers.filter(offer => offer.kind !== 'availability').map(offer => offer.expertId),
    );
    const missing = standbyCount(team, count) - live.length;
    for (const expertId of expertIds.filter(id => !asked.has(id)).slice(0, Math.max(0, missing))) {
      const expert = people.get(expertId);
      if (expert)
        await offerWithoutSeat(planning, 'standby', team, role, expert, assemblyOf(planning, team, picks));
    }
  }
}

/** Prepare only: the people whom a plan made now would take are asked whether they could go. */
export async function soundOut(planning: Planning): Promise<void> {
  const { picture, stores, now } = planning;
  await makeSeats(planning);
  const choice = await chooseInRoster(planning, 'nobody is asked to go yet');
  await keepPlan(planning, choice);
  const { match, people } = choice;
  for (const pick of match.picks) {
    const seat = picture.seats.find(each => each.seatId === pick.seatId);
    const team = picture.deployment.teams.find(each => each.teamType === seat?.teamType);
    const expert: Expert | undefined = people.get(pick.expertId);
    if (seat && team && expert)
      await offerWithoutSeat(
        planning,
        'availability',
        team,
        seat.role,
        expert,
        assemblyTime(team, [pick.arrivesAt], now),
      );
  }
  await stores.deployments.append(
    timelineEntry(
      picture.deployment.deploymentId,
      now,
      'plan',
      'prepare',
      `${match.picks.length} people are sounded out for ${picture.seats.length} seats; nobody is held`,
    ),
  );
}
