import { recordAnswer, recordNote } from '../deployments/recording.ts';
import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { bodyBytes, rawHttpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { readAnswerForm } from './answer-form.ts';
import { offerReply, unknownReply } from './answer-reply.ts';
import { holderOf } from './holder.ts';
import { isExpired } from './page-state.ts';
import { meaningOf } from './take-answer-rules.ts';

const env = readEnv(Settings.deployments.extend({ ...Settings.experts.shape, ...Settings.employers.shape }));
/** A form of the page with its longest note is under 5 kB. */
const MAX_BYTES = 20_000;

/** A button of the answer page. What was said is recorded before the browser is sent back to the page. */
export const handler = rawHttpEntry(async event => {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const holder = await holderOf(deployments, event.pathParameters?.token ?? '');
  const at = now();
  if (!holder || isExpired(holder.offer, at)) return unknownReply(event);
  const stores = {
    deployments,
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
    employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
  };
  const { offer, audience } = holder;
  const form = readAnswerForm(bodyBytes(event, MAX_BYTES).toString('utf8'));
  if ('error' in form)
    return offerReply(stores, event, holder, at, { message: form.error, typed: form.typed, status: 422 });
  if (form.seen !== undefined && form.seen !== offer.assembleBy)
    return offerReply(stores, event, holder, at, { message: 'terms changed', typed: form.note, status: 409 });
  const by = audience === 'member' ? offer.expertId : offer.employerId;
  const meaning = meaningOf(form.answer);
  let said = '';
  if ('answer' in meaning) {
    const outcome = await recordAnswer(
      deployments,
      offer,
      { from: audience, answer: meaning.answer, via: 'page', by, ...(form.note && { note: form.note }) },
      at,
    );
    if (outcome === 'too late' || outcome === 'over') said = 'late';
  } else {
    await recordNote(deployments, offer, form.note ?? '', by, at, meaning.note);
    said = meaning.said;
  }
  const query = new URLSearchParams({
    ...(said && { said }),
    ...(event.queryStringParameters?.lang && { lang: event.queryStringParameters.lang }),
  }).toString();
  return {
    statusCode: 303,
    headers: {
      location: event.rawPath + (query && `?${query}`),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
    body: '',
  };
});
