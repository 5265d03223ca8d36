import type { Deployment, DeploymentTeam, Offer, Seat } from '../domain/deployment.ts';
import type { Employer, Expert } from '../domain/expert.ts';
import type { Pick, TeamMatch } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import { matchInputOf } from '../matching/deployment-instance.ts';
import { matchTeam } from '../matching/team-match.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { EmployerStore } from '../store/employers.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { Picture } from './news.ts';
import { assemblyTime, holdUntil, newOffer } from './offers.ts';
import { hasBothConsents, readyStandby } from './review.ts';
import { timelineEntry } from './timeline.ts';

export type PlanStores = { deployments: DeploymentStore; experts: ExpertStore; employers: EmployerStore };
type Randomness = { random: () => number; randomBytes: (count: number) => Uint8Array };

/** One plan in the making: what it works on, and what it has learned about people it lost to others. */
export type Planning = Randomness & {
  stores: PlanStores;
  policy: Policy;
  picture: Picture;
  now: Instant;
  /** People found to be held by another deployment meanwhile. */
  lost: Set<string>;
};

/** Beside the stand-by people who are asked, this many more for each seat are kept in order, so that a refusal reads no roster. */
const RESERVE_RATIO = 0.5;

const groupOf = (seat: { teamType: string; role: string }): string => `${seat.teamType}/${seat.role}`;

const teamOf = (deployment: Deployment, teamType: string): DeploymentTeam => {
  const team = deployment.teams.find(each => each.teamType === teamType);
  if (!team) throw new Error(`${deployment.deploymentId} has no team ${teamType}`);
  return team;
};

const askedIn = (offers: Offer[]): string[] =>
  offers.filter(offer => offer.kind !== 'availability').map(offer => offer.expertId);

const soundedOut = (offers: Offer[], answer: 'yes' | 'no'): string[] =>
  offers
    .filter(offer => offer.kind === 'availability' && offer.member?.answer === answer)
    .map(offer => offer.expertId);

/** A team that goes short looks for nobody, except for a seat that fell open since; its other empty seats stay as they are. */
function toMatch({ deployment, seats }: Picture): Omit<Picture, 'offers'> {
  const isSought = (team: DeploymentTeam) =>
    !team.goesShort || seats.some(seat => seat.teamType === team.teamType && seat.state === 'Open');
  const short = new Set(deployment.teams.filter(team => team.goesShort).map(team => team.teamType));
  return {
    deployment: {
      ...deployment,
      teams: deployment.teams.map(team => ({ ...team, goesShort: !isSought(team) })),
    },
    seats: seats.filter(seat => !(short.has(seat.teamType) && seat.state === 'No candidate')),
  };
}

/** The best people for the open seats among those given. */
export function matchAmong(planning: Planning, experts: Expert[], employers: Employer[]): Promise<TeamMatch> {
  const { picture, policy, now, lost } = planning;
  const { offers } = picture;
  const input = matchInputOf({
    ...toMatch(picture),
    experts,
    employers,
    policy,
    now,
    askedExpertIds: askedIn(offers),
    excludedExpertIds: [...lost, ...soundedOut(offers, 'no')],
    preferredExpertIds: soundedOut(offers, 'yes'),
  });
  const teams = input.teams.map(team => ({
    ...team,
    standby: team.standby.map(group => ({
      ...group,
      count: group.count + Math.ceil(group.count * RESERVE_RATIO) + 1,
    })),
  }));
  return matchTeam({ ...input, teams });
}

/** The open seats matched among the people in reserve, when they are enough; else among the whole roster. */
export async function matchOpenSeats(
  planning: Planning,
): Promise<{ match: TeamMatch; wholeRoster: boolean }> {
  const { stores, picture } = planning;
  const asked = new Set(askedIn(picture.offers));
  const reserve = picture.deployment.standby.flatMap(list => list.expertIds).filter(id => !asked.has(id));
  const employers = await stores.employers.readAll();
  // A seat that nobody has been asked for yet deserves the best of all.
  const isReplacement = picture.seats.every(seat => seat.state !== 'Open' || seat.timesAsked > 0);
  if (isReplacement && reserve.length > 0 && !picture.deployment.widened) {
    const match = await matchAmong(
      planning,
      [...(await stores.experts.getMany(reserve)).values()],
      employers,
    );
    if (match.empty.length === 0) return { match, wholeRoster: false };
  }
  return {
    match: await matchAmong(planning, await stores.experts.readRoster(), employers),
    wholeRoster: true,
  };
}

const replaceIn = <T>(list: T[], item: T, isSame: (other: T) => boolean): T[] =>
  list.map(other => (isSame(other) ? item : other));

function keepSeat(planning: Planning, seat: Seat): void {
  planning.picture.seats = replaceIn(planning.picture.seats, seat, other => other.seatId === seat.seatId);
}

function keepOffer(planning: Planning, offer: Offer): void {
  const { offers } = planning.picture;
  const isSame = (other: Offer) => other.offerId === offer.offerId;
  planning.picture.offers = offers.some(isSame) ? replaceIn(offers, offer, isSame) : [...offers, offer];
}

const emptied = (seat: Seat): Seat => ({
  ...seat,
  state: 'Open',
  expertId: null,
  offerId: null,
  arrivesAt: null,
  reasons: [],
  filledAt: null,
});

/** Writes on the seat who is meant for it, before that person is held: a crash in between leaves nobody held unnoticed. */
async function intend(
  planning: Planning,
  seatId: string,
  person: { expertId: string; offerId: string | null; arrivesAt: Instant; reasons: string[] },
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
  if (waiting && !hasBothConsents(waiting)) {
    // Somebody on stand-by took the yes back before the seat was theirs.
    keepSeat(
      planning,
      await stores.deployments.changeSeat(deploymentId, seat.seatId, s =>
        s.expertId === seat.expertId ? emptied(s) : undefined,
      ),
    );
    return;
  }
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
    keepSeat(
      planning,
      await stores.deployments.changeSeat(deploymentId, seat.seatId, s =>
        s.expertId === seat.expertId ? emptied(s) : undefined,
      ),
    );
    return;
  }
  if (waiting) {
    await stores.deployments.append(
      timelineEntry(
        deploymentId,
        now,
        'seat',
        seat.seatId,
        `${seat.seatId}: ${expert.expertId} moves up from stand-by`,
      ),
    );
    keepOffer(
      planning,
      await stores.deployments.changeOffer(deploymentId, waiting.offerId, o => ({
        ...o,
        kind: 'seat',
        seatId: seat.seatId,
      })),
    );
    keepSeat(
      planning,
      await stores.deployments.changeSeat(deploymentId, seat.seatId, s => ({
        ...s,
        state: 'Both consents',
        filledAt: s.filledAt ?? now,
      })),
    );
    return;
  }
  await stores.deployments.createOffer(offer);
  keepOffer(planning, offer);
  await noteOffer(planning, seat.seatId, offer);
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

/** Stand-by people with both consents take open seats of their role at once. */
export async function moveUpStandby(planning: Planning): Promise<void> {
  const ready = readyStandby(planning.picture.offers);
  const people = await planning.stores.experts.getMany(ready.map(offer => offer.expertId));
  for (const offer of ready) {
    const seat = planning.picture.seats.find(s => s.state === 'Open' && groupOf(s) === groupOf(offer));
    const expert = people.get(offer.expertId);
    if (!seat || !expert) continue;
    const meant = await intend(planning, seat.seatId, {
      expertId: offer.expertId,
      offerId: offer.offerId,
      arrivesAt: offer.assembleBy,
      reasons: ['stood by, and both consents are recorded'],
    });
    if (meant.expertId === offer.expertId) await settleSeat(planning, meant, expert, offer.assembleBy);
  }
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

/** Holds the picked people and records their offers, critical seats first as the match has them. */
export async function holdPicks(planning: Planning, picks: Pick[]): Promise<void> {
  const { stores, picture } = planning;
  const people = await stores.experts.getMany(picks.map(pick => pick.expertId));
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

/** Records on the head who may step in, and already why no one can take some seats. */
export async function recordStandby(
  planning: Planning,
  match: TeamMatch,
  wholeRoster: boolean,
): Promise<void> {
  const { stores, picture, now } = planning;
  const without = new Set(
    picture.seats.filter(seat => seat.state === 'No candidate').map(seat => seat.seatId),
  );
  const { deploymentId } = picture.deployment;
  picture.deployment = await stores.deployments.change(deploymentId, d => ({
    ...d,
    standby: wholeRoster ? match.standby : d.standby,
    gaps: {
      ...Object.fromEntries(Object.entries(d.gaps).filter(([seatId]) => without.has(seatId))),
      ...Object.fromEntries(match.empty.map(({ seatId, reason }) => [seatId, reason])),
    },
    updatedAt: now,
  }));
}

/** Records on the seats that nobody can take them, and forgets the reasons of those that somebody has. */
export async function recordGaps(planning: Planning, empty: TeamMatch['empty']): Promise<void> {
  const { stores, picture, now } = planning;
  const { deploymentId } = picture.deployment;
  for (const { seatId, reason } of empty) {
    await stores.deployments.append(
      timelineEntry(deploymentId, now, 'seat', `${seatId}/empty`, `${seatId}: no candidate: ${reason}`),
    );
    keepSeat(
      planning,
      await stores.deployments.changeSeat(deploymentId, seatId, s =>
        s.state === 'Open' ? { ...s, state: 'No candidate', reasons: [reason] } : undefined,
      ),
    );
  }
  const isGap = (seatId: string) =>
    planning.picture.seats.some(seat => seat.seatId === seatId && seat.state === 'No candidate');
  if (Object.keys(picture.deployment.gaps).every(isGap)) return;
  picture.deployment = await stores.deployments.change(deploymentId, d => ({
    ...d,
    gaps: Object.fromEntries(Object.entries(d.gaps).filter(([seatId]) => isGap(seatId))),
    updatedAt: now,
  }));
}
