import { applyAnswer } from '../deployments/answers.ts';
import type { Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { Problem } from '../runtime/errors.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { ExpertStore } from '../store/experts.ts';
import { readHead, refuseStale } from './changing-head.ts';

type Stores = { deployments: DeploymentStore; experts: ExpertStore };
type AnswerBody = { offerId: string; from: 'member' | 'employer'; answer: 'yes' | 'no'; note?: string };
type ReplaceBody = { seatId: string; reason: string };

/** The desk writes down an answer that came by voice, or takes a person off a seat. Answers what was done, for the timeline. */
export async function actOnPeople(
  stores: Stores,
  deploymentId: string,
  seen: number | undefined,
  action: 'record-answer' | 'replace-person',
  body: AnswerBody | ReplaceBody,
  by: string,
  at: Instant,
): Promise<string> {
  refuseStale(await readHead(stores.deployments, deploymentId), seen);
  const what =
    action === 'record-answer'
      ? await recordAnswer(stores, deploymentId, body as AnswerBody, by, at)
      : await replacePerson(stores, deploymentId, body as ReplaceBody, by, at);
  await stores.deployments.hear(deploymentId);
  return what;
}

async function recordAnswer(
  { deployments }: Stores,
  deploymentId: string,
  body: AnswerBody,
  by: string,
  at: Instant,
): Promise<string> {
  const [deployment, offer] = await Promise.all([
    deployments.read(deploymentId),
    deployments.offer(deploymentId, body.offerId),
  ]);
  const team = deployment?.teams.find(each => each.teamType === offer?.teamType);
  if (!deployment || !offer || !team)
    throw new Problem(
      404,
      'No such offer',
      `There is no offer ${body.offerId.slice(0, 80)} in ${deploymentId.slice(0, 80)}.`,
    );
  let outcome = '';
  await deployments.changeOffer(deploymentId, offer.offerId, o => {
    const effect = applyAnswer(
      o,
      deployment,
      { from: body.from, answer: body.answer, via: 'desk', by, ...(body.note && { note: body.note }) },
      at,
      team.employerWindowMinutes,
    );
    outcome = effect.outcome;
    return effect.offer;
  });
  if (outcome === 'too late' || outcome === 'over')
    throw new Problem(409, 'Too late', 'The offer has ended; the answer changes nothing.', 'OFFER-ENDED');
  return `${by} recorded a ${body.answer} of the ${body.from} on ${offer.offerId}`;
}

async function replacePerson(
  { deployments, experts }: Stores,
  deploymentId: string,
  body: ReplaceBody,
  by: string,
  at: Instant,
): Promise<string> {
  const seat = (await deployments.seats(deploymentId)).find(each => each.seatId === body.seatId);
  if (!seat?.expertId || !seat.offerId)
    throw new Problem(
      409,
      'Nobody to replace',
      `Nobody holds the seat ${body.seatId.slice(0, 80)}.`,
      'SEAT-EMPTY',
    );
  const offer: Offer = await deployments.changeOffer(deploymentId, seat.offerId, o => ({
    ...o,
    state: 'Stood down',
    reviewed: true,
    finalWord: { word: 'stand down', at },
    noticesDue: true,
  }));
  await experts.release(offer.expertId, deploymentId);
  await deployments.changeSeat(deploymentId, seat.seatId, s =>
    s.offerId === offer.offerId
      ? { ...s, state: 'Open', expertId: null, offerId: null, arrivesAt: null, reasons: [], filledAt: null }
      : undefined,
  );
  return `${by} takes ${offer.expertId} off ${seat.seatId}: ${body.reason}`;
}
