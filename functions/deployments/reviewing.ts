import type { Deployment, Offer, Seat } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { isBefore } from '../domain/time.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { Picture } from './news.ts';
import { judge, readyStandby, type Verdict } from './review.ts';
import { emptied, isFilled, isFull } from './seating.ts';
import { timelineEntry } from './timeline.ts';

type Stores = { deployments: DeploymentStore; experts: Pick<ExpertStore, 'release'> };

/**
 * What a review has to look at: before the next deadline only the offers that were heard of; else, or when somebody on
 * stand-by may take a seat without a candidate, all that can still change.
 */
export async function pictureToReview(
  store: DeploymentStore,
  deploymentId: string,
  deadlineAt: Instant | null,
  now: Instant,
): Promise<{ picture: Picture; isWhole: boolean }> {
  const deployment = await store.read(deploymentId);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  const seats = await store.seats(deploymentId);
  const isWhole =
    deployment.heardOf.length === 0 ||
    deadlineAt === null ||
    !isBefore(now, deadlineAt) ||
    seats.some(seat => seat.state === 'No candidate');
  const heardOf = deployment.heardOf.map(heard => heard.slice(0, heard.lastIndexOf('#')));
  const offers = isWhole
    ? await store.offers(deploymentId, 'live')
    : await store.someOffers(deploymentId, heardOf);
  return { picture: { deployment, seats, offers }, isWhole };
}

/** Takes what has been reviewed off the head; an answer that came meanwhile carries a higher count and stays. */
export async function forgetReviewed(store: DeploymentStore, { deployment, offers }: Picture): Promise<void> {
  if (deployment.heardOf.length === 0) return;
  const answers = new Map(offers.map(offer => [offer.offerId, offer.answers]));
  await store.change(deployment.deploymentId, d => ({
    ...d,
    heardOf: d.heardOf.filter(heard => {
      const at = heard.lastIndexOf('#');
      return deployment.heardOf.includes(heard)
        ? Number(heard.slice(at + 1)) > (answers.get(heard.slice(0, at)) ?? Number.POSITIVE_INFINITY)
        : true;
    }),
  }));
}

/** The seat after the verdict on its offer; a seat that has since been given to somebody else stays as it is. */
function seatAfter(seat: Seat, offer: Offer, verdict: Verdict['seat'], at: Instant): Seat | undefined {
  if (seat.offerId !== offer.offerId || verdict === null) return undefined;
  if (verdict === 'opens') return emptied(seat);
  return { ...seat, state: verdict, filledAt: verdict === 'Both consents' ? (seat.filledAt ?? at) : null };
}

/**
 * Judges every offer that has something new, the seat first, the hold next, the offer last: a crash in between leaves
 * the offer unreviewed, and the whole is done again to the same end.
 */
export async function actOnAnswers(stores: Stores, before: Picture, at: Instant): Promise<Picture> {
  const { deployment } = before;
  const seats = new Map(before.seats.map(seat => [seat.seatId, seat]));
  const offers = new Map(before.offers.map(offer => [offer.offerId, offer]));
  if (deployment.standDown) return before;
  for (const offer of before.offers) {
    const verdict = judge(offer, at);
    if (!verdict) continue;
    const subject = offer.seatId ?? `${offer.teamType}/${offer.role}/stand-by`;
    if (verdict.what)
      await stores.deployments.append(
        timelineEntry(
          deployment.deploymentId,
          at,
          'answer',
          `${subject}/${offer.offerId}`,
          `${subject}: ${offer.expertId} ${verdict.what}`,
          offer.expertId,
        ),
      );
    if (offer.seatId && verdict.seat) {
      const seat = await stores.deployments.changeSeat(deployment.deploymentId, offer.seatId, s =>
        seatAfter(s, offer, verdict.seat, at),
      );
      seats.set(seat.seatId, seat);
    }
    if (verdict.releases) await stores.experts.release(offer.expertId, deployment.deploymentId);
    const after = await stores.deployments.changeOffer(deployment.deploymentId, offer.offerId, o =>
      // Somebody answered in between: what is new is judged in the next round.
      o.answers === offer.answers
        ? { ...verdict.offer, noticesDue: verdict.offer.noticesDue || o.noticesDue }
        : undefined,
    );
    offers.set(after.offerId, after);
  }
  return { deployment, seats: [...seats.values()], offers: [...offers.values()] };
}

/** Seats that had no candidate are planned anew when somebody on stand-by could take one. */
export async function reopenGaps(store: DeploymentStore, picture: Picture, at: Instant): Promise<Picture> {
  const standby = readyStandby(picture.offers);
  if (standby.length === 0 || picture.deployment.standDown) return picture;
  const seats: Seat[] = [];
  for (const seat of picture.seats) {
    const somebody = standby.findIndex(
      ({ teamType, role }) => teamType === seat.teamType && role === seat.role,
    );
    if (seat.state !== 'No candidate' || somebody < 0) {
      seats.push(seat);
      continue;
    }
    standby.splice(somebody, 1);
    seats.push(
      await store.changeSeat(seat.deploymentId, seat.seatId, s =>
        s.state === 'No candidate' ? { ...s, state: 'Open' } : undefined,
      ),
    );
    await store.append(
      timelineEntry(
        seat.deploymentId,
        at,
        'seat',
        seat.seatId,
        `${seat.seatId}: somebody on stand-by could take it`,
      ),
    );
  }
  return { ...picture, seats };
}

/** Records on the head when a team became full, or that it no longer is. */
export async function recordFullTeams(
  store: DeploymentStore,
  { deployment, seats }: Picture,
  at: Instant,
): Promise<Deployment> {
  const isNews = deployment.teams.some(
    team => !team.confirmedAt && isFull(team, seats) !== (team.filledAt !== null),
  );
  if (!isNews) return deployment;
  for (const team of deployment.teams.filter(t => !t.confirmedAt && !t.filledAt && isFull(t, seats))) {
    const filled = seats.filter(seat => seat.teamType === team.teamType && isFilled(seat)).length;
    await store.append(
      timelineEntry(
        deployment.deploymentId,
        at,
        'team',
        `${team.teamType}/full`,
        `${team.teamType}: ${filled} of ${team.required} seats have both consents`,
      ),
    );
  }
  return store.change(deployment.deploymentId, d => ({
    ...d,
    teams: d.teams.map(team =>
      team.confirmedAt ? team : { ...team, filledAt: isFull(team, seats) ? (team.filledAt ?? at) : null },
    ),
    state:
      d.state === 'Filling seats' && d.teams.every(team => isFull(team, seats))
        ? 'Full'
        : d.state === 'Full' && !d.teams.every(team => isFull(team, seats))
          ? 'Filling seats'
          : d.state,
    updatedAt: at,
  }));
}
