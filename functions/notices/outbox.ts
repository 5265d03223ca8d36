import type { Notice } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { segments } from './gsm.ts';
import { NoticeNotSent, notSentBecause } from './notice-not-sent.ts';
import type { OutgoingNotice } from './rendering.ts';

/** What the outbox needs of the world. */
export type OutboxPorts = {
  /** Writes the notice as Sending; false, and nothing is written, when it is recorded as sent or failed for good. */
  claim: (notice: Notice) => Promise<boolean>;
  /** Replaces the notice that was claimed. */
  record: (notice: Notice) => Promise<unknown>;
  sms: (message: { phoneNumber: string; text: string }) => Promise<{ messageId: string }>;
  email: (message: { topicArn: string; subject: string; body: string }) => Promise<{ messageId: string }>;
};

/** What came of a round of sending. `skipped` had been sent before; `failures` name no address. */
export type OutboxResult = {
  sent: number;
  skipped: number;
  failedForNow: number;
  failedForGood: number;
  failures: { noticeId: string; reason: string; forGood: boolean }[];
};

/**
 * Sends one notice after the other: recorded as Sending, published, recorded with the outcome. A crash between
 * publishing and recording sends the same text with the same code again, since for a call-out a second SMS beats
 * silence. One that fails stops no other; what failed for now, by the channel or by the store, is due again next time.
 */
export async function sendDue(
  options: { due: readonly OutgoingNotice[]; now: () => Instant } & OutboxPorts,
): Promise<OutboxResult> {
  const result: OutboxResult = { sent: 0, skipped: 0, failedForNow: 0, failedForGood: 0, failures: [] };
  for (const outgoing of options.due) {
    try {
      result[await sendOne(outgoing, options)] += 1;
    } catch (error) {
      const { reason, forGood } = error instanceof NoticeNotSent ? error : storeFailure(error);
      result[forGood ? 'failedForGood' : 'failedForNow'] += 1;
      result.failures.push({ noticeId: outgoing.noticeId, reason, forGood });
    }
  }
  return result;
}

async function sendOne(
  outgoing: OutgoingNotice,
  ports: OutboxPorts & { now: () => Instant },
): Promise<'sent' | 'skipped'> {
  const notice = recordOf(outgoing, ports.now());
  if (!(await ports.claim(notice))) return 'skipped';
  const outcome = await publish(outgoing, ports).catch(notSentBecause);
  if (outcome instanceof NoticeNotSent) {
    const state = outcome.forGood ? 'Failed for good' : 'Failed for now';
    await ports.record({ ...notice, state, failure: outcome.reason });
    throw outcome;
  }
  await ports.record({ ...notice, state: 'Sent', messageId: outcome.messageId, sentAt: ports.now() });
  return 'sent';
}

const publish = async (
  outgoing: OutgoingNotice,
  { sms, email }: OutboxPorts,
): Promise<{ messageId: string }> =>
  outgoing.channel === 'sms'
    ? sms({ phoneNumber: outgoing.address, text: outgoing.text })
    : email({ topicArn: outgoing.address, subject: outgoing.subject, body: outgoing.body });

/** What the store throws is never held against the address, whatever the name of the error. */
const storeFailure = (error: unknown): NoticeNotSent =>
  new NoticeNotSent(`not recorded (${error instanceof Error ? error.name : 'unknown error'})`, false);

/** The record of a notice that is about to leave: no address and no text. */
function recordOf(outgoing: OutgoingNotice, now: Instant): Notice {
  const { deploymentId, noticeId, offerId, kind, to, channel, language } = outgoing;
  return {
    ...{ deploymentId, noticeId, offerId, kind, to, channel, language },
    state: 'Sending',
    segments: outgoing.channel === 'sms' ? segments(outgoing.text).segments : 0,
    messageId: null,
    failure: null,
    createdAt: outgoing.createdAt ?? now,
    sentAt: null,
  };
}
