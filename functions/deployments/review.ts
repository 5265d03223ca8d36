import type { Deployment, FinalWord, Offer, Seat } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { isBefore } from '../domain/time.ts';
import { hasAllSeats, isFull } from './seating.ts';

/** What the review does about one offer: the offer after, what becomes of its seat, and a line for the timeline. */
export type Verdict = {
  offer: Offer;
  seat: 'opens' | Seat['state'] | null;
  /** The person is no longer held. */
  releases: boolean;
  what: string | null;
};

const last = (offer: Offer, word: FinalWord, at: Instant, state: Offer['state'] = offer.state): Offer => ({
  ...offer,
  state,
  finalWord: { word, at },
  noticesDue: true,
});

/** True when both consents are recorded: the only people who may be told to go. */
export const hasBothConsents = (offer: Offer): boolean =>
  offer.member?.answer === 'yes' && offer.employer?.answer === 'yes';

/**
 * The verdict on an offer as it stands at `now`: on its answers if they have not been reviewed, else on its windows.
 * Undefined when there is nothing to do. Pure; repeating it changes nothing.
 */
export function judge(offer: Offer, now: Instant): Verdict | undefined {
  const verdict = judgeAnswer(offer, now);
  if (offer.kind !== 'standby' || offer.seatId === null || offer.finalWord) return verdict;
  // A yes that came after the window, and before anybody saw that it had ended: the person stands by, the seat is free.
  const { offer: after, what } = verdict ?? keep(offer);
  return { offer: { ...after, seatId: null }, seat: 'opens', releases: true, what };
}

function judgeAnswer(offer: Offer, now: Instant): Verdict | undefined {
  if (offer.finalWord || offer.kind === 'availability') return offer.reviewed ? undefined : keep(offer);
  const gone = (word: FinalWord, state: Offer['state'], what: string): Verdict => ({
    offer: { ...last(offer, word, now, state), reviewed: true },
    seat: 'opens',
    releases: true,
    what,
  });
  if (offer.state === 'Withdrawn')
    return gone('window ended', 'Withdrawn', 'could not be reached by any channel');
  if (offer.member?.answer === 'no') return gone('declined', 'No', 'declined');
  if (offer.member?.answer === 'yes' && offer.employer?.answer === 'no')
    return gone('stand down', 'No', 'the employer does not agree');
  if (hasBothConsents(offer))
    return offer.reviewed
      ? undefined
      : {
          offer: { ...offer, reviewed: true },
          seat: 'Both consents',
          releases: false,
          what: 'both consents are recorded',
        };
  if (offer.member?.answer === 'yes') {
    if (offer.employerAnswerBy && !isBefore(now, offer.employerAnswerBy))
      return gone('stand down', 'Silent', "the employer's window ended without an answer");
    if (offer.reviewed) return undefined;
    return {
      offer: { ...offer, reviewed: true },
      seat: 'Employer to agree',
      releases: false,
      what: 'said yes; the employer is asked',
    };
  }
  if (offer.askedAt && !isBefore(now, offer.answerBy))
    return gone('window ended', 'Silent', 'the window ended without an answer');
  if (offer.reviewed) return undefined;
  return offer.member?.answer === 'unclear'
    ? {
        offer: { ...offer, reviewed: true },
        seat: 'Unclear answer',
        releases: false,
        what: 'answered neither yes nor no',
      }
    : keep(offer);
}

const keep = (offer: Offer): Verdict => ({
  offer: { ...offer, reviewed: true },
  seat: null,
  releases: false,
  what: null,
});

/** Where the workflow goes after a review. */
export type Outcome = 'stand down' | 'plan' | 'confirm' | 'send' | 'gaps' | 'under way';

/** An offer that may still become a filled seat, or that waits for somebody. */
export const isPending = (offer: Offer): boolean =>
  offer.kind !== 'availability' && !offer.finalWord && !hasBothConsents(offer);

/** A seat in one of these states has somebody who may still fill it. */
const WAITING_SEATS: ReadonlySet<Seat['state']> = new Set<Seat['state']>([
  'Held, not asked',
  'Asked',
  'Employer to agree',
  'Unclear answer',
  'Not reached',
]);

/** The desk has widened the search, and no plan has yet said who could take this seat now. */
export const isToBeWidened = ({ widened, gaps, teams }: Deployment, seat: Seat): boolean =>
  widened &&
  seat.state === 'No candidate' &&
  gaps[seat.seatId] === undefined &&
  teams.some(team => team.teamType === seat.teamType && !team.confirmedAt && !team.goesShort);

/** The next step, read from the tables alone. `isDue`: a message waits to be sent. */
export function outcomeOf(deployment: Deployment, seats: Seat[], isDue: boolean): Outcome {
  if (deployment.standDown) return 'stand down';
  if (seats.some(seat => seat.state === 'Open' || (seat.state === 'Held, not asked' && !seat.offerId)))
    return 'plan';
  const waiting = deployment.teams.filter(team => !team.confirmedAt);
  if (waiting.some(team => !hasAllSeats(team, seats))) return 'plan';
  if (seats.some(seat => isToBeWidened(deployment, seat))) return 'plan';
  if (waiting.some(team => isFull(team, seats))) return 'confirm';
  if (deployment.teams.length === 0 && deployment.state !== 'Confirmed') return 'confirm';
  if (isDue) return 'send';
  const open = new Set(waiting.map(team => team.teamType));
  if (seats.some(seat => open.has(seat.teamType) && WAITING_SEATS.has(seat.state))) return 'send';
  if (seats.some(seat => seat.state === 'No candidate' && open.has(seat.teamType))) return 'gaps';
  return waiting.length === 0 ? 'under way' : 'send';
}

/** Stand-by people with both consents who may take an empty seat at once, in the order of their answers. */
export const readyStandby = (offers: Offer[]): Offer[] =>
  offers
    .filter(offer => offer.kind === 'standby' && !offer.seatId && !offer.finalWord && hasBothConsents(offer))
    .sort(
      (a, b) => (a.member?.at ?? '').localeCompare(b.member?.at ?? '') || a.offerId.localeCompare(b.offerId),
    );

/** The next moment at which a window ends, or undefined when no window runs. */
export const nextDeadline = (offers: Offer[]): Instant | undefined =>
  offers
    .filter(offer => isPending(offer) && offer.askedAt)
    .map(offer =>
      offer.member?.answer === 'yes' ? (offer.employerAnswerBy ?? offer.answerBy) : offer.answerBy,
    )
    .sort()[0];
