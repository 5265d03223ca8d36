import type { DeploymentTeam, Offer, Seat } from '../domain/deployment.ts';
import type { Expert } from '../domain/expert.ts';
import type { Pick } from '../domain/plan.ts';
import type { Instant, Wording } from '../domain/primitives.ts';
import type { Picture } from './news.ts';
import { holdUntil, newOffer } from './offers.ts';
import { assemblyOf, keepOffer, keepSeat, type Planning, teamOf } from './planning.ts';
import { seatFor } from './prospect.ts';
import { hasBothConsents, readyStandby } from './review.ts';
import { emptied } from './seating.ts';
import { timelineEntry } from './timeline.ts';

/** Writes on the seat who is meant for it, before that person is held: a crash in between leaves nobody held unnoticed. */
async function intend(
  planning: Planning,
  seatId: string,
  person: { expertId: string; offerId: string | null; arrivesAt: Instant; reasons: Wording[] },
): Promise<Seat> {
  const { deployment } = planning.picture;
  const seat = await planning.stores.deployments.changeSeat(deployment.deploymentId, seatId, s =>
    s.state === 'Open' || s.state === 'No candidate'
      ? { ...s, state: 'Held, not asked', ...person }
      : undefined,
  );
  keepSeat(planning, seat);
  return seat;
}

/** Opens a seat again, unless it has gone to somebody else meanwhile. */
async function giveUp(planning: Planning, { seatId, expertId }: Seat): Promise<void> {
  const { stores, picture } = planning;
  const seat = await stores.deployments.changeSeat(picture.deployment.deploymentId, seatId, s =>
    s.expertId === expertId ? emptied(s) : undefined,
  );
  keepSeat(planning, seat);
}

/**
 * Holds the person meant for a seat and records the offer; the seat opens again when somebody else holds the person.
 * Safe to repeat from any point.
 */
export async function settleSeat(
  planning: Planning,
  seat: Seat,
  expert: Expert | undefined,
  assembleBy: Instant,
): Promise<void> {
  const { stores, picture, now, lost } = planning;
  const { deploymentId } = picture.deployment;
  const team = teamOf(picture.deployment, seat.teamType);
  const waiting = picture.offers.find(offer => offer.offerId === seat.offerId);
  if (!expert || !seat.expertId) return;
  // Somebody on stand-by took the yes back before the seat was theirs.
  if (waiting && !hasBothConsents(waiting)) return giveUp(planning, seat);
  const taken = waiting ? [] : (await stores.deployments.offersTo(expert.expertId)).map(offer => offer.code);
  const offer =
    waiting ??
    newOffer({
      ...planning,
      deployment: picture.deployment,
      team,
      role: seat.role,
      expert,
      kind: 'seat',
      seat,
      assembleBy,
      taken,
      now,
    });
  if (!(await stores.experts.hold(expert.expertId, deploymentId, holdUntil(offer), now))) {
    lost.add(expert.expertId);
    if (waiting)
      keepOffer(
        planning,
        await stores.deployments.changeOffer(deploymentId, waiting.offerId, o => ({
          ...o,
          state: 'Stood down',
          finalWord: { word: 'stand down', at: now },
          noticesDue: true,
        })),
      );
    return giveUp(planning, seat);
  }
  if (waiting) return seatFromStandby(planning, seat, waiting);
  await stores.deployments.createOffer(offer);
  keepOffer(planning, offer);
  await noteOffer(planning, seat.seatId, offer);
}

/** Somebody on stand-by with both consents, and held now, has the seat. */
async function seatFromStandby(planning: Planning, { seatId }: Seat, waiting: Offer): Promise<void> {
  const { stores, picture, now } = planning;
  const { deploymentId } = picture.deployment;
  const what = `${seatId}: ${waiting.expertId} moves up from stand-by`;
  await stores.deployments.append(timelineEntry(deploymentId, now, 'seat', seatId, what));
  keepOffer(
    planning,
    await stores.deployments.changeOffer(deploymentId, waiting.offerId, o => ({
      ...o,
      kind: 'seat',
      seatId,
    })),
  );
  keepSeat(
    planning,
    await stores.deployments.changeSeat(deploymentId, seatId, s => ({
      ...s,
      state: 'Both consents',
      filledAt: s.filledAt ?? now,
    })),
  );
}

/** Notes on a seat the offer that was made for it. */
async function noteOffer(planning: Planning, seatId: string, { offerId }: Offer): Promise<void> {
  const { stores, picture } = planning;
  const seat = await stores.deployments.changeSeat(picture.deployment.deploymentId, seatId, s => ({
    ...s,
    offerId,
    timesAsked: s.timesAsked + (s.offerId === offerId ? 0 : 1),
  }));
  keepSeat(planning, seat);
}

/** The offer for a seat's person that a crash kept from being noted on the seat. */
const unnoted = ({ offers }: Picture, seat: Seat): Offer | undefined =>
  offers.find(
    offer =>
      offer.kind === 'seat' &&
      offer.seatId === seat.seatId &&
      offer.expertId === seat.expertId &&
      !offer.finalWord,
  );

/**
 * Finishes what a crash left: a person meant for a seat who has no offer yet is let go, for the seat is matched again
 * with the others; one who was to move up from stand-by moves up.
 */
export async function finishInterrupted(planning: Planning): Promise<void> {
  const { stores, picture } = planning;
  const { deploymentId } = picture.deployment;
  for (const seat of picture.seats.filter(each => each.state === 'Held, not asked' && each.expertId)) {
    const noted = picture.offers.find(({ offerId }) => offerId === seat.offerId);
    const offer = noted ?? unnoted(picture, seat);
    if (!offer) {
      await stores.experts.release(seat.expertId as string, deploymentId);
      const open = await stores.deployments.changeSeat(deploymentId, seat.seatId, s =>
        s.expertId === seat.expertId && !s.offerId ? emptied(s) : undefined,
      );
      keepSeat(planning, open);
    } else if (!noted) await noteOffer(planning, seat.seatId, offer);
    else if (offer.kind === 'standby' || hasBothConsents(offer)) {
      const expert = (await stores.experts.getMany([offer.expertId])).get(offer.expertId);
      await settleSeat(planning, seat, expert, offer.assembleBy);
    }
  }
}

const STOOD_BY: Wording = {
  en: 'stood by, and both consents are recorded',
  ja: '待機しており、本人と雇用主の同意がどちらも記録済み',
};

/** Stand-by people with both consents take open seats of their role at once. */
export async function moveUpStandby(planning: Planning): Promise<void> {
  const ready = readyStandby(planning.picture.offers);
  const people = await planning.stores.experts.getMany(ready.map(offer => offer.expertId));
  for (const offer of ready) {
    const seat = seatFor(offer, planning.picture.seats);
    const expert = people.get(offer.expertId);
    if (!seat || !expert) continue;
    const meant = await intend(planning, seat.seatId, {
      expertId: offer.expertId,
      offerId: offer.offerId,
      arrivesAt: offer.assembleBy,
      reasons: [STOOD_BY],
    });
    if (meant.expertId === offer.expertId) await settleSeat(planning, meant, expert, offer.assembleBy);
  }
}

/** Holds the picked people and records their offers, critical seats first as the match has them. */
export async function holdPicks(
  planning: Planning,
  picks: Pick[],
  people: ReadonlyMap<string, Expert>,
): Promise<void> {
  const { picture } = planning;
  for (const team of picture.deployment.teams) {
    const own = picks.filter(pick => pick.seatId.startsWith(`${team.teamType}/`));
    const assembleBy = assemblyOf(planning, team, picks);
    for (const pick of own) {
      const seat = await intend(planning, pick.seatId, {
        expertId: pick.expertId,
        offerId: null,
        arrivesAt: pick.arrivesAt,
        reasons: pick.reasons,
      });
      if (seat.expertId === pick.expertId)
        await settleSeat(planning, seat, people.get(pick.expertId), assembleBy);
    }
  }
}

/** Records an offer without a seat and without a hold: stand-by, or the question whether somebody could go. */
export async function offerWithoutSeat(
  planning: Planning,
  kind: 'standby' | 'availability',
  team: DeploymentTeam,
  role: string,
  expert: Expert,
  assembleBy: Instant,
): Promise<void> {
  const { stores, picture, now } = planning;
  const taken = (await stores.deployments.offersTo(expert.expertId)).map(offer => offer.code);
  const offer = newOffer({
    ...planning,
    deployment: picture.deployment,
    team,
    role,
    expert,
    kind,
    seat: null,
    assembleBy,
    taken,
    now,
  });
  await stores.deployments.createOffer(offer);
  keepOffer(planning, offer);
}
