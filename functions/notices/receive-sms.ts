import type { SNSEvent } from 'aws-lambda';
import * as z from 'zod';
import { recordAnswer, recordNote } from '../deployments/recording.ts';
import { Settings } from '../deployments/settings.ts';
import { timelineEntry } from '../deployments/timeline.ts';
import type { Offer } from '../domain/deployment.ts';
import { PhoneNumber } from '../domain/primitives.ts';
import { loadPolicy } from '../needs/policy.ts';
import { tables, topics } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { log } from '../runtime/log.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { renderUnplaced } from './rendering.ts';
import { type NotNamed, readSms, resolveOffer, type SmsAnswer } from './sms-answer.ts';
import { sendSms } from './sms-channel.ts';

const env = readEnv(
  Settings.deployments.extend({
    ...Settings.experts.shape,
    ...Settings.employers.shape,
    ...Settings.people.shape,
  }),
);

/** The part of AWS End User Messaging's payload that is used. */
const InboundSms = z.object({
  originationNumber: PhoneNumber,
  messageBody: z.string().max(2000),
  inboundMessageId: z.string(),
});
const Records = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })) });

/** An SMS from a phone: an answer to the offer that it names, and to no other. What names none waits for a person. */
export const handler = stateEntry(
  Records,
  async ({ Records: records }: Pick<SNSEvent, 'Records'> | z.infer<typeof Records>) => {
    for (const { Sns } of records) await receive(InboundSms.parse(JSON.parse(Sns.Message)));
  },
);

type Named = { offer: Offer; from: 'member' | 'employer' };

/** Which offer an SMS names, among those of the people, and then of the employers, whose number it came from. */
function namedBy(sms: SmsAnswer, own: Offer[], staff: Offer[]): Named | { none: NotNamed } {
  const member = resolveOffer(sms, own);
  if ('offer' in member) return { offer: member.offer, from: 'member' };
  const employer = resolveOffer(sms, staff);
  if ('offer' in employer) return { offer: employer.offer, from: 'employer' };
  return own.length > 0 || staff.length === 0 ? member : employer;
}

async function receive({
  originationNumber,
  messageBody,
  inboundMessageId,
}: z.infer<typeof InboundSms>): Promise<void> {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const people = await createExpertStore(tables(), env.EXPERTS_TABLE).findByPhone(originationNumber);
  const employers = await createEmployerStore(tables(), env.EMPLOYERS_TABLE).findByPhone(originationNumber);
  const own = (await Promise.all(people.map(({ expertId }) => deployments.offersTo(expertId)))).flat();
  const staff = (
    await Promise.all(employers.map(({ employerId }) => deployments.offersOfEmployer(employerId)))
  )
    .flat()
    .filter(offer => offer.employerAskedAt);
  const sms = readSms(messageBody);
  const named = namedBy(sms, own, staff);
  const at = now();
  if ('offer' in named) {
    const { offer, from } = named;
    const by = from === 'member' ? offer.expertId : offer.employerId;
    const note = sms.answer === 'unclear' ? { note: messageBody } : {};
    await recordAnswer(deployments, offer, { from, answer: sms.answer, via: 'sms', by, ...note }, at);
    return;
  }
  const who = people[0]?.expertId ?? employers[0]?.employerId ?? 'unknown number';
  log.info('sms not placed', { reason: named.none, inboundMessageId });
  await deployments.append(
    timelineEntry('unplaced', at, 'answer', inboundMessageId, `SMS of ${who} not placed: ${named.none}`, who),
  );
  const open = [...own, ...staff].filter(offer => !offer.finalWord && offer.askedAt);
  const [only] = open;
  // The words are kept where the desk sees them, but a text without a code answers nothing, even where one offer is open.
  if (only && open.length === 1)
    await recordNote(deployments, only, messageBody, who, at, `an SMS without the code came: ${named.none}`);
  if (open.length === 0 || ('reason' in sms && sms.reason === 'opt-out word')) return;
  const language = people[0]?.language ?? employers[0]?.language ?? 'en';
  const text = renderUnplaced(
    named.none === 'no code' ? 'askForCode' : 'unknownCode',
    loadPolicy(),
    language,
  );
  await sendSms(topics(), { phoneNumber: originationNumber, text, origin: env.SMS_ORIGIN });
}
