import type { SNSEvent } from 'aws-lambda';
import * as z from 'zod';
import { recordAnswer, recordNote } from '../deployments/recording.ts';
import { Settings } from '../deployments/settings.ts';
import { timelineEntry } from '../deployments/timeline.ts';
import { PhoneNumber } from '../domain/primitives.ts';
import { loadPolicy } from '../needs/policy.ts';
import { tables, topics } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { log } from '../runtime/log.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createExpertStore } from '../store/experts.ts';
import { renderUnplaced } from './rendering.ts';
import { readSms, resolveOffer } from './sms-answer.ts';
import { sendSms } from './sms-channel.ts';

const env = readEnv(Settings.deployments.extend({ ...Settings.experts.shape, ...Settings.people.shape }));

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

async function receive({
  originationNumber,
  messageBody,
  inboundMessageId,
}: z.infer<typeof InboundSms>): Promise<void> {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const people = await createExpertStore(tables(), env.EXPERTS_TABLE).findByPhone(originationNumber);
  const offers = (await Promise.all(people.map(person => deployments.offersTo(person.expertId)))).flat();
  const sms = readSms(messageBody);
  const named = resolveOffer(sms, offers);
  const at = now();
  if ('offer' in named) {
    const { offer } = named;
    const note = sms.answer === 'unclear' ? { note: messageBody } : {};
    await recordAnswer(
      deployments,
      offer,
      { from: 'member', answer: sms.answer, via: 'sms', by: offer.expertId, ...note },
      at,
    );
    return;
  }
  const who = people[0]?.expertId ?? 'unknown number';
  log.info('sms not placed', { reason: named.none, inboundMessageId });
  await deployments.append(
    timelineEntry('unplaced', at, 'answer', inboundMessageId, `SMS of ${who} not placed: ${named.none}`, who),
  );
  const open = offers.filter(offer => !offer.finalWord && offer.askedAt);
  const [only] = open;
  // The words are kept where the desk sees them, but a text without a code answers nothing, even where one offer is open.
  if (only && open.length === 1)
    await recordNote(deployments, only, messageBody, who, at, `an SMS without the code came: ${named.none}`);
  if (open.length === 0 || ('reason' in sms && sms.reason === 'opt-out word')) return;
  const text = renderUnplaced(
    named.none === 'no code' ? 'askForCode' : 'unknownCode',
    loadPolicy(),
    people[0]?.language ?? 'en',
  );
  await sendSms(topics(), { phoneNumber: originationNumber, text, origin: env.SMS_ORIGIN });
}
