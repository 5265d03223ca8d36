import type { Deployment, Notice, NoticeKind, Offer } from '../domain/deployment.ts';
import type { EmailChannel, PhoneChannel } from '../domain/expert.ts';
import type { Instant, Language } from '../domain/primitives.ts';

/** How somebody can be reached; an Expert and an Employer both are one. */
export type Reach = { language: Language; phone: PhoneChannel | null; email: EmailChannel | null };

/** A message that ought to exist and does not. `address` is a phone number or a topic's ARN: personal data, never recorded. */
export type NoticeToSend = Pick<
  Notice,
  'deploymentId' | 'noticeId' | 'offerId' | 'kind' | 'to' | 'channel' | 'language'
> & {
  address: string;
  /** When the notice was first recorded, for one that is tried again. */
  createdAt: Instant | null;
};

/** What the notices of one offer follow from: pure state, so the same state always calls for the same notices. */
export type OfferSituation = {
  offer: Offer;
  deployment: Pick<Deployment, 'state' | 'drill' | 'request' | 'approvals' | 'teams' | 'standDown'>;
  /** The notices already recorded for this offer (others are ignored). */
  notices: readonly Pick<
    Notice,
    'noticeId' | 'offerId' | 'kind' | 'to' | 'channel' | 'state' | 'createdAt'
  >[];
  member: Reach;
  /** Null when the employer is not on file. */
  employer: Reach | null;
};

type Wanted = {
  kind: NoticeKind;
  to: 'member' | 'employer';
  /** What changes somebody's night goes over every channel; the rest over one, SMS before e-mail. */
  over: 'every channel' | 'one channel';
};

const EVERY_CHANNEL: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'offer',
  'standby offer',
  'availability',
  'employer request',
  'deploy',
  'stand down',
]);

const wanted = (kind: NoticeKind, to: 'member' | 'employer' = 'member'): Wanted => ({
  kind,
  to,
  over: EVERY_CHANNEL.has(kind) ? 'every channel' : 'one channel',
});

/**
 * The notices that the state of an offer calls for and that are not recorded as sent. A notice 'Sending'
 * (a crash in between) or 'Failed for now' is due again under the same id; one 'Failed for good' never is,
 * and a kind that goes over one channel then takes the next. Order: member before employer, SMS before e-mail.
 */
export function dueNotices(situation: OfferSituation): NoticeToSend[] {
  return wantedNotices(situation).flatMap(want => missing(want, situation));
}

/** `offerId/kind/channel` to the member, `offerId/kind/employer/channel` to the employer. */
export function noticeIdOf(offerId: string, want: Pick<Notice, 'kind' | 'to' | 'channel'>): string {
  return want.to === 'member'
    ? `${offerId}/${want.kind}/${want.channel}`
    : `${offerId}/${want.kind}/employer/${want.channel}`;
}

/** The confirmed channels of a person or employer with their addresses, SMS first; empty: nobody can be reached there. */
export function channelsOf(reach: Reach): { channel: 'sms' | 'email'; address: string }[] {
  const { phone, email } = reach;
  return [
    ...(phone?.state === 'confirmed' ? [{ channel: 'sms' as const, address: phone.number }] : []),
    ...(email?.state === 'confirmed' && email.topicArn !== null
      ? [{ channel: 'email' as const, address: email.topicArn }]
      : []),
  ];
}

/** Which notices ought to exist, sent or not. */
function wantedNotices(situation: OfferSituation): Wanted[] {
  const { offer, deployment } = situation;
  if (offer.finalWord !== null) return finalNotices(situation);
  const isOver =
    deployment.standDown !== null || ['Standing down', 'Closed', 'Refused'].includes(deployment.state);
  if (isOver || offer.state === 'Withdrawn' || offer.state === 'Stood down') return [];
  if (offer.member === null) return mayAsk(situation) ? [wanted(askingKind(offer))] : [];
  if (offer.member.answer === 'unclear') return [wanted('answer unclear')];
  if (offer.member.answer === 'no') return [];
  return [wanted(isOnStandby(situation) ? 'standby' : 'answer recorded'), ...employerQuestions(offer)];
}

function askingKind(offer: Offer): NoticeKind {
  if (offer.kind === 'seat') return 'offer';
  return offer.kind === 'standby' ? 'standby offer' : 'availability';
}

/** Without the affected state's request nobody is asked to go; only whether they could (availability). */
function mayAsk({ offer, deployment }: OfferSituation): boolean {
  if (offer.state === 'Silent') return false;
  return offer.kind === 'availability' || deployment.drill || deployment.request !== null;
}

function isOnStandby({ offer, deployment }: OfferSituation): boolean {
  const team = deployment.teams.find(({ teamType }) => teamType === offer.teamType);
  return offer.kind === 'standby' && (team?.confirmedAt ?? null) !== null;
}

/** An availability question needs no employer: nobody is going yet. */
function employerQuestions(offer: Offer): Wanted[] {
  if (offer.kind === 'availability') return [];
  if (offer.employer === null) return [wanted('employer request', 'employer')];
  return offer.employer.answer === 'unclear' ? [wanted('answer unclear', 'employer')] : [];
}

/** The last word to the member, and to an employer who has heard of the question. */
function finalNotices(situation: OfferSituation): Wanted[] {
  const { offer, deployment, notices } = situation;
  const word = offer.finalWord!.word;
  const bothAgree = offer.member?.answer === 'yes' && offer.employer?.answer === 'yes';
  // Whatever else went wrong before: nobody is told to go without the desk's word and both consents.
  if (word === 'deploy' && !(bothAgree && deployment.approvals.length > 0)) return [];
  const memberHeard =
    offer.askedAt !== null ||
    offer.member !== null ||
    notices.some(notice => notice.offerId === offer.offerId && notice.to === 'member');
  // Nobody is woken to hear that something is off of which they never heard.
  if (!memberHeard) return [];
  const employerHeard =
    offer.employerAskedAt !== null ||
    notices.some(notice => notice.offerId === offer.offerId && notice.to === 'employer');
  // An employer who said no has had the last word.
  const tellEmployer = word === 'deploy' || (employerHeard && offer.employer?.answer !== 'no');
  return [wanted(word), ...(tellEmployer ? [wanted(word, 'employer')] : [])];
}

/** What of one wanted notice has yet to be sent, by channel. */
function missing(want: Wanted, situation: OfferSituation): NoticeToSend[] {
  const { offer } = situation;
  const reach = want.to === 'member' ? situation.member : situation.employer;
  if (reach === null) return [];
  const recorded = new Map(
    situation.notices
      .filter(({ offerId }) => offerId === offer.offerId)
      .map(notice => [notice.noticeId, notice]),
  );
  const channels = channelsOf(reach).map(({ channel, address }) => {
    const noticeId = noticeIdOf(offer.offerId, { ...want, channel });
    return { channel, address, noticeId, notice: recorded.get(noticeId) };
  });
  const open = channels.filter(({ notice }) => !isSettled(notice?.state));
  const isTold = [...recorded.values()].some(
    ({ kind, to, state }) =>
      kind === want.kind && to === want.to && (state === 'Sent' || state === 'Delivered'),
  );
  const due = want.over === 'every channel' ? open : isTold ? [] : open.slice(0, 1);
  return due.map(({ channel, address, noticeId, notice }) => ({
    deploymentId: offer.deploymentId,
    noticeId,
    offerId: offer.offerId,
    kind: want.kind,
    to: want.to,
    channel,
    language: want.to === 'member' ? offer.language : reach.language,
    address,
    createdAt: notice?.createdAt ?? null,
  }));
}

/** Sent, or known never to arrive: not tried again. */
function isSettled(state: Notice['state'] | undefined): boolean {
  return state === 'Sent' || state === 'Delivered' || state === 'Failed for good';
}
