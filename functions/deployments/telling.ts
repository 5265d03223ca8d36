import type { Deployment, Notice, Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { loadPolicy } from '../needs/policy.ts';
import { dueNotices, type OfferSituation } from '../notices/due-notices.ts';
import { sendEmail } from '../notices/email-channel.ts';
import { noticeFactsOf, shortNameOf } from '../notices/offer-facts.ts';
import { sendDue } from '../notices/outbox.ts';
import { renderNotice } from '../notices/rendering.ts';
import { sendSms } from '../notices/sms-channel.ts';
import { topics } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { log } from '../runtime/log.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { EmployerStore } from '../store/employers.ts';
import type { ExpertStore } from '../store/experts.ts';

export type TellStores = {
  deployments: DeploymentStore;
  experts: Pick<ExpertStore, 'getMany'>;
  employers: Pick<EmployerStore, 'getMany'>;
};
type Sending = { PUBLIC_URL: string; SMS_ORIGIN?: string | undefined };

/** What came of a round: messages sent, those to try again, those that can never arrive, and the offers after it. */
export type Told = {
  sent: number;
  failedForNow: number;
  failedForGood: number;
  offers: Offer[];
  deployment: Deployment;
};

const wasSent = (notice: Notice): boolean => notice.state === 'Sent' || notice.state === 'Delivered';

/** What the notices recorded so far make of an offer: asked, employer asked, or beyond every channel's reach. */
function offerAfter(offer: Offer, notices: Notice[], stillDue: boolean, at: Instant): Offer {
  const asked = notices.some(notice => notice.to === 'member' && wasSent(notice));
  const employerAsked = notices.some(notice => notice.kind === 'employer request' && wasSent(notice));
  const beyondReach = offer.state === 'Queued' && !asked && !stillDue && offer.finalWord === null;
  return {
    ...offer,
    state: beyondReach ? 'Withdrawn' : offer.state === 'Queued' && asked ? 'Sent' : offer.state,
    reviewed: offer.reviewed && !beyondReach,
    askedAt: offer.askedAt ?? (asked ? at : null),
    employerAskedAt: offer.employerAskedAt ?? (employerAsked ? at : null),
    noticesDue: stillDue,
  };
}

/**
 * Sends every message that a deployment's offers call for and that is not recorded as sent: the notice is recorded
 * before and after, the offer last, so that repeating it after a crash sends at most the one in flight twice.
 */
export async function tellPeople(
  stores: TellStores,
  settings: Sending,
  deploymentId: string,
  due: string[] | null = null,
): Promise<Told> {
  const { deployments, experts, employers } = stores;
  const deployment = await deployments.read(deploymentId);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  const told: Told = { sent: 0, failedForNow: 0, failedForGood: 0, offers: [], deployment };
  const offers = due
    ? (await deployments.someOffers(deploymentId, due)).filter(offer => offer.noticesDue)
    : await deployments.offers(deploymentId, 'notices due');
  const people = await experts.getMany(offers.map(offer => offer.expertId));
  const firms = await employers.getMany(offers.map(offer => offer.employerId));
  for (const offer of offers) {
    const member = people.get(offer.expertId) ?? {
      language: offer.language,
      phone: null,
      email: null,
      name: { family: '', given: '' },
    };
    const employer = firms.get(offer.employerId) ?? null;
    await tellAbout(deployments, settings, { deployment, offer, member, employer }, told);
  }
  return told;
}

type Addressees = Pick<OfferSituation, 'offer' | 'employer'> & {
  deployment: Deployment;
  member: OfferSituation['member'] & { name: { family: string; given: string } };
};

/** Sends what is due about one offer and records on it, and on its seat, what has been sent. */
async function tellAbout(
  deployments: DeploymentStore,
  settings: Sending,
  { deployment, offer, member, employer }: Addressees,
  told: Told,
): Promise<void> {
  const { deploymentId, offerId } = offer;
  const recorded = new Map(
    (await deployments.notices(deploymentId, offerId)).map(notice => [notice.noticeId, notice]),
  );
  const dueNow = () => dueNotices({ offer, deployment, notices: [...recorded.values()], member, employer });
  const policy = loadPolicy();
  const outgoing = dueNow().map(notice =>
    renderNotice(
      notice,
      noticeFactsOf({
        offer,
        deployment,
        policy,
        publicUrl: settings.PUBLIC_URL,
        to: notice.to,
        personName: shortNameOf(member.name),
      }),
    ),
  );
  const result = await sendDue({
    due: outgoing,
    now,
    claim: deployments.claimNotice,
    record: async notice => {
      await deployments.recordNotice(notice);
      recorded.set(notice.noticeId, notice);
    },
    sms: message => sendSms(topics(), { ...message, origin: settings.SMS_ORIGIN }),
    email: message => sendEmail(topics(), message),
  });
  told.sent += result.sent;
  told.failedForNow += result.failedForNow;
  told.failedForGood += result.failedForGood;
  for (const failure of result.failures) log.warn('notice not sent', { deploymentId, ...failure });
  const stillDue = dueNow().length > 0;
  // The seat before the offer: an offer of which all is told is not looked at again.
  if (
    offer.seatId &&
    !offer.askedAt &&
    [...recorded.values()].some(notice => notice.to === 'member' && wasSent(notice))
  )
    await deployments.changeSeat(deploymentId, offer.seatId, seat =>
      seat.offerId === offerId && seat.state === 'Held, not asked' ? { ...seat, state: 'Asked' } : undefined,
    );
  const changed = await deployments.changeOffer(deploymentId, offerId, o =>
    offerAfter(
      o,
      [...recorded.values()],
      stillDue || o.answers !== offer.answers || o.finalWord?.word !== offer.finalWord?.word,
      now(),
    ),
  );
  told.offers.push(changed);
}
