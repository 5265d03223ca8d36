import type { Deployment, DeploymentTeam, Offer, Seat } from '../domain/deployment.ts';
import type { Expert } from '../domain/expert.ts';
import type { Instant } from '../domain/primitives.ts';
import { DAY, HOUR, isBefore, MINUTE, plus } from '../domain/time.ts';
import { createKey, createLink, createReplyCode } from '../notices/reply-code.ts';

/** What an offer is made from. `taken` are the codes of the person's other offers. */
type OfferParts = {
  deployment: Deployment;
  team: DeploymentTeam;
  role: string;
  expert: Expert;
  kind: Offer['kind'];
  seat: Seat | null;
  assembleBy: Instant;
  taken: readonly string[];
  now: Instant;
  random: () => number;
  randomBytes: (count: number) => Uint8Array;
};

/** One offer a seat and ask, one a stand-by place or sounding and person: a repeated step makes the same one. */
export const offerIdOf = (kind: Offer['kind'], group: string, seat: Seat | null, expertId: string): string =>
  seat ? `${seat.seatId}/${seat.timesAsked + 1}` : `${group}/${kind}/${expertId}`;

/** A question to one person, queued. */
export function newOffer(parts: OfferParts): Offer {
  const { deployment, team, role, expert, kind, seat, assembleBy, now } = parts;
  const homeAt = plus(assembleBy, team.missionDays * DAY);
  return {
    deploymentId: deployment.deploymentId,
    offerId: offerIdOf(kind, `${team.teamType}/${role}`, seat, expert.expertId),
    kind,
    code: createReplyCode(parts.random, parts.taken),
    link: createLink(parts.randomBytes),
    memberKey: createKey(parts.randomBytes),
    employerKey: createKey(parts.randomBytes),
    seatId: seat?.seatId ?? null,
    teamType: team.teamType,
    role,
    expertId: expert.expertId,
    employerId: expert.employerId,
    language: expert.language,
    state: 'Queued',
    member: null,
    employer: null,
    employerAskedAt: null,
    notes: [],
    assembleBy,
    homeAt,
    askedAt: null,
    answerBy: plus(now, team.replyWindowMinutes * MINUTE),
    employerAnswerBy: null,
    standingConsent: expert.standingConsentUntil !== null && !isBefore(expert.standingConsentUntil, homeAt),
    noticesDue: true,
    reviewed: true,
    answers: 0,
    finalWord: null,
  };
}

const HALF_HOUR = 30 * MINUTE;

/**
 * When the people of a team are to be at the assembly point: when the last of those picked can be there, up to the next
 * half hour; never after the standard unless somebody comes later anyway.
 */
export function assemblyTime(team: DeploymentTeam, arrivals: Instant[], now: Instant): Instant {
  const latest = Math.max(Date.parse(now), ...arrivals.map(at => Date.parse(at)));
  const rounded = Math.ceil(latest / HALF_HOUR) * HALF_HOUR;
  const deadline = Date.parse(team.deadlineAt ?? plus(now, team.deadlineHours * HOUR));
  return new Date(latest > deadline ? rounded : Math.min(rounded, deadline)).toISOString();
}

/** Until when a person is held: home again and a day to spare. A refusal, silence or stand-down releases sooner. */
export const holdUntil = (offer: Pick<Offer, 'homeAt'>): Instant => plus(offer.homeAt, DAY);
