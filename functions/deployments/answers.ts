import type { AnswerChannel, Deployment, Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { isBefore, MINUTE, plus } from '../domain/time.ts';
import { hasEnded } from './states.ts';

/** An answer as it came: whose, what, how. */
export type Answer = {
  from: 'member' | 'employer';
  answer: 'yes' | 'no' | 'unclear';
  via: AnswerChannel;
  /** Who wrote it down: the person's id, or the desk officer's name. */
  by: string;
  note?: string;
};

/** What an answer did; `tellDesk` says in words what a person at the desk must see. */
export type AnswerEffect =
  | { outcome: 'recorded'; offer: Offer; tellDesk?: string }
  /** Too late for a seat: the person stands by from now. */
  | { outcome: 'stands by'; offer: Offer }
  /** Nothing is changed but the note, and the person is told why. */
  | { outcome: 'too late' | 'over'; offer: Offer; tellDesk?: string };

const withNote = (offer: Offer, note: string | undefined, at: Instant): Offer =>
  note ? { ...offer, notes: [...offer.notes, { at, text: note.slice(0, 500) }] } : offer;

/** A changed offer that the review has still to act on. */
const unreviewed = (offer: Offer, change: Partial<Offer>): Offer => ({
  ...offer,
  ...change,
  reviewed: false,
  noticesDue: true,
  answers: offer.answers + 1,
});

/**
 * Applies an answer to the offer that it names, and to no other.
 * A yes within the window holds the seat; a no gives it up until the deploy notice; after the deploy notice a no is a
 * message to the desk, not a withdrawal. A yes after the window joins the stand-by list and never takes a seat.
 */
export function applyAnswer(
  before: Offer,
  deployment: Deployment,
  given: Answer,
  now: Instant,
  employerWindowMinutes: number,
): AnswerEffect {
  const offer = withNote(before, given.note, now);
  if (hasEnded(deployment) || deployment.standDown) return { outcome: 'over', offer };
  if (given.from === 'employer') return employerAnswers(offer, given, now);

  const consent = { answer: given.answer, at: now, via: given.via, by: given.by };
  if (offer.finalWord?.word === 'deploy') {
    if (given.answer === 'yes') return { outcome: 'recorded', offer };
    return { outcome: 'recorded', offer, tellDesk: 'Something has come up after the deploy notice' };
  }
  if (given.answer === 'no') {
    if (offer.finalWord) return { outcome: 'recorded', offer };
    return { outcome: 'recorded', offer: unreviewed(offer, { state: 'No', member: consent }) };
  }
  const ended = offer.finalWord !== null || !isBefore(now, offer.answerBy);
  if (given.answer === 'unclear') {
    if (ended) return { outcome: 'too late', offer, tellDesk: 'An unclear answer came after the window' };
    if (offer.member?.answer === 'yes')
      return { outcome: 'recorded', offer, tellDesk: 'A message came after the yes' };
    return {
      outcome: 'recorded',
      offer: unreviewed(offer, { state: 'Unclear', member: consent }),
      tellDesk: 'An answer is neither yes nor no',
    };
  }
  if (offer.member?.answer === 'yes' && !offer.finalWord) return { outcome: 'recorded', offer };
  const employer = offer.standingConsent
    ? { answer: 'yes' as const, at: now, via: 'standing consent' as const, by: offer.employerId }
    : offer.employer;
  const accepted: Partial<Offer> = {
    state: 'Yes',
    member: consent,
    employer,
    employerAnswerBy: employer ? null : plus(now, employerWindowMinutes * MINUTE),
  };
  if (!ended) return { outcome: 'recorded', offer: unreviewed(offer, accepted) };
  const team = deployment.teams.find(({ teamType }) => teamType === offer.teamType);
  if (offer.kind === 'availability' || !team || team.confirmedAt || offer.finalWord?.word === 'stand down')
    return { outcome: 'too late', offer };
  return {
    outcome: 'stands by',
    offer: unreviewed(offer, {
      ...accepted,
      kind: 'standby',
      // The review, which has yet to see that the window has ended, opens the seat.
      seatId: offer.finalWord ? null : offer.seatId,
      finalWord: null,
    }),
  };
}

function employerAnswers(offer: Offer, given: Answer, now: Instant): AnswerEffect {
  const consent = { answer: given.answer, at: now, via: given.via, by: given.by };
  if (given.answer === 'unclear')
    return { outcome: 'recorded', offer, tellDesk: "The employer's answer is neither yes nor no" };
  if (offer.finalWord?.word === 'deploy')
    return given.answer === 'yes'
      ? { outcome: 'recorded', offer }
      : { outcome: 'recorded', offer, tellDesk: 'The employer withdraws consent after the deploy notice' };
  if (offer.finalWord) return { outcome: 'too late', offer };
  return { outcome: 'recorded', offer: unreviewed(offer, { employer: consent, employerAnswerBy: null }) };
}
