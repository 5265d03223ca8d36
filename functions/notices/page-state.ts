import type { Deployment, Offer } from '../domain/deployment.ts';
import type { Instant, Language } from '../domain/primitives.ts';
import { DAY, isBefore, plus } from '../domain/time.ts';
import type { FormError } from './answer-form.ts';
import type { PolicyWords } from './offer-facts.ts';

/** What the answer page says, to the member or the employer. */
export type PageState =
  | 'open'
  | 'accepted'
  | 'go'
  | 'declined'
  | 'employer declined'
  | 'employer silent'
  | 'changed'
  | 'too late'
  | 'filled'
  | 'stood down'
  | 'home'
  | 'unknown';

/** What the person was asked before the desk changed it. */
export type EarlierTerms = Pick<Offer, 'assembleBy' | 'homeAt'>;

// As long as stood-down alerts stay visible in IFRC GO; after that the page shows nothing about anybody.
const VISIBLE_DAYS = 14;

/** A line on top of the page: an error in what was posted, or what came of it. */
export type PageMessage =
  | FormError
  | 'not recorded'
  | 'terms changed'
  | 'answer unclear'
  | 'no longer possible'
  | 'noted'
  | 'told the desk'
  | 'thank you';

/** What an answer page is made from. */
export type AnswerPage = {
  audience: 'member' | 'employer';
  state: Exclude<PageState, 'unknown'>;
  offer: Offer;
  deployment: Pick<Deployment, 'disaster' | 'drill'>;
  policy: PolicyWords;
  language: Language;
  /** To the member: initials ("U. T."); to the employer: the short name ("Uehara T."). */
  person: string;
  now: Instant;
  /** The employer's name, for the member's page. */
  employerName?: string | undefined;
  /** The terms before the desk changed them; needed in the state 'changed'. */
  earlier?: EarlierTerms | undefined;
  message?: PageMessage | undefined;
  /** A note that was refused, shown again. */
  typed?: string | undefined;
};

/**
 * The state of an answer page. `earlier`: the terms before the desk changed them, if it did.
 * `toldToGo`: the deploy notice had been sent, so that a stand-down is never put as "all seats are filled".
 */
export function pageStateOf(options: {
  audience: 'member' | 'employer';
  offer: Offer;
  deployment: Pick<Deployment, 'state' | 'standDown'>;
  now: Instant;
  earlier?: EarlierTerms | undefined;
  toldToGo?: boolean | undefined;
}): PageState {
  const { audience, offer, deployment, now } = options;
  if (isExpired(offer, now)) return 'unknown';
  if (audience === 'employer') return employerState(offer, deployment, now, options.toldToGo ?? false);
  const word = offer.finalWord?.word;
  if (word === 'deploy') return 'go';
  if (word === 'home') return 'home';
  if (word === 'declined') return endedByEmployer(offer) ?? 'declined';
  if (word === 'window ended') return endedByEmployer(offer) ?? 'too late';
  const isOver = ['Standing down', 'Closed', 'Refused'].includes(deployment.state);
  if (deployment.standDown !== null || options.toldToGo) return 'stood down';
  if (word === 'stand down') return endedByEmployer(offer) ?? 'filled';
  if (isOver || offer.state === 'Withdrawn' || offer.state === 'Stood down') return 'filled';
  if (offer.member?.answer === 'no') return 'declined';
  if (offer.member?.answer === 'yes') return 'accepted';
  if (!isBefore(now, offer.answerBy)) return 'too late';
  return hasChanged(offer, options.earlier) ? 'changed' : 'open';
}

function employerState(
  offer: Offer,
  deployment: Pick<Deployment, 'state' | 'standDown'>,
  now: Instant,
  toldToGo: boolean,
): PageState {
  const word = offer.finalWord?.word;
  if (word === 'deploy') return 'go';
  if (word === 'home') return 'home';
  if (offer.employer?.answer === 'no') return 'declined';
  if (deployment.standDown !== null || toldToGo) return 'stood down';
  const isOver = ['Standing down', 'Closed', 'Refused'].includes(deployment.state);
  // The member has withdrawn, or the seat is somebody else's: no answer is needed.
  if (word !== undefined || isOver || offer.member?.answer !== 'yes') return 'filled';
  if (offer.employer?.answer === 'yes') return 'accepted';
  const until = offer.employerAnswerBy;
  return until !== null && !isBefore(now, until) ? 'too late' : 'open';
}

/** A person who said yes did not decline, and was not late. */
function endedByEmployer(offer: Offer): 'employer declined' | 'employer silent' | null {
  if (offer.member?.answer !== 'yes') return null;
  if (offer.employer?.answer === 'no') return 'employer declined';
  return offer.employer === null && offer.state === 'Silent' ? 'employer silent' : null;
}

function hasChanged(offer: Offer, earlier: EarlierTerms | undefined): boolean {
  return (
    earlier !== undefined && (earlier.assembleBy !== offer.assembleBy || earlier.homeAt !== offer.homeAt)
  );
}

/** Two weeks after the last word, or after the planned return of somebody who goes, the link opens nothing. */
export function isExpired(offer: Offer, now: Instant): boolean {
  const { finalWord } = offer;
  if (finalWord === null) return false;
  const end = finalWord.word === 'deploy' ? offer.homeAt : finalWord.at;
  return !isBefore(now, plus(end, VISIBLE_DAYS * DAY));
}
