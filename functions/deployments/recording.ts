import type { Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import { type Answer, type AnswerEffect, applyAnswer } from './answers.ts';
import { timelineEntry } from './timeline.ts';
import { wake, wakesForAnswers } from './waiting.ts';

/**
 * Writes an answer on the offer that it names, then wakes whoever waits: in this order, so that a workflow that begins
 * to wait meanwhile finds the answer. Answers what it did.
 */
export async function recordAnswer(
  store: DeploymentStore,
  named: Offer,
  given: Answer,
  at: Instant,
): Promise<AnswerEffect['outcome']> {
  const { deploymentId, offerId } = named;
  const deployment = await store.read(deploymentId);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  const team = deployment.teams.find(each => each.teamType === named.teamType);
  let effect: AnswerEffect | undefined;
  const after = await store.changeOffer(deploymentId, offerId, offer => {
    effect = applyAnswer(offer, deployment, given, at, team?.employerWindowMinutes ?? 0);
    return effect.offer;
  });
  const { outcome, ...rest } = effect as unknown as AnswerEffect;
  const tellDesk = 'tellDesk' in rest ? rest.tellDesk : undefined;
  const what = `${offerId}: ${given.answer} of the ${given.from} by ${given.via}: ${outcome}`;
  await store.append(timelineEntry(deploymentId, at, 'answer', `${offerId}/${given.from}`, what, given.by));
  if (tellDesk)
    await store.append(
      timelineEntry(
        deploymentId,
        at,
        'desk',
        `${offerId}/${given.from}`,
        `${offerId}: ${tellDesk}`,
        given.by,
      ),
    );
  await store.hear(deploymentId, after);
  await wake(store, deploymentId, wakesForAnswers);
  return outcome;
}

/** Keeps words that are no answer on the offer; `forDesk` says in the timeline what somebody should see. */
export async function recordNote(
  store: DeploymentStore,
  { deploymentId, offerId }: Offer,
  text: string,
  by: string,
  at: Instant,
  forDesk: string | null,
): Promise<void> {
  if (text)
    await store.changeOffer(deploymentId, offerId, offer => ({
      ...offer,
      notes: [...offer.notes, { at, text }],
    }));
  await store.append(
    timelineEntry(
      deploymentId,
      at,
      forDesk ? 'desk' : 'answer',
      `${offerId}/note`,
      `${offerId}: ${forDesk ?? 'a note was added'}`,
      by,
    ),
  );
}
