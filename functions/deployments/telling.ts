import type { Notice, Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { loadPolicy } from '../needs/policy.ts';
import { dueNotices } from '../notices/due-notices.ts';
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

/** What came of a round: messages sent, those to try again, those that can never arrive. */
export type Told = { sent: number; failedForNow: number; failedForGood: number };

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
export async function tellPeople(stores: TellStores, settings: Sending, deploymentId: string): Promise<Told> {
  const { deployments, experts, employers } = stores;
  const policy = loadPolicy();
  const told: Told = { sent: 0, failedForNow: 0, failedForGood: 0 };
  const [deployment, offers] = await Promise.all([
    deployments.read(deploymentId),
    deployments.offers(deploymentId, 'notices due'),
  ]);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
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
    const before = await deployments.notices(deploymentId, offer.offerId);
    const due = dueNotices({ offer, deployment, notices: before, member, employer });
    const outgoing = due.map(notice =>
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
      record: deployments.recordNotice,
      sms: message => sendSms(topics(), { ...message, origin: settings.SMS_ORIGIN }),
      email: message => sendEmail(topics(), message),
    });
    told.sent += result.sent;
    told.failedForNow += result.failedForNow;
    told.failedForGood += result.failedForGood;
    for (const failure of result.failures) log.warn('notice not sent', { deploymentId, ...failure });
    const after = due.length > 0 ? await deployments.notices(deploymentId, offer.offerId) : before;
    const stillDue = dueNotices({ offer, deployment, notices: after, member, employer }).length > 0;
    const changed = await deployments.changeOffer(deploymentId, offer.offerId, o =>
      offerAfter(
        o,
        after,
        stillDue || o.answers !== offer.answers || o.finalWord?.word !== offer.finalWord?.word,
        now(),
      ),
    );
    if (changed.seatId && changed.askedAt)
      await deployments.changeSeat(deploymentId, changed.seatId, seat =>
        seat.offerId === changed.offerId && seat.state === 'Held, not asked'
          ? { ...seat, state: 'Asked' }
          : undefined,
      );
  }
  return told;
}
