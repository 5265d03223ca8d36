import type { Waiting } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { plus } from '../domain/time.ts';
import { wakeWorkflow } from '../runtime/workflow-calls.ts';
import type { DeploymentStore } from '../store/deployments.ts';

/** What wakes a waiting state: undefined while it must go on waiting. */
type News = () => Promise<Record<string, unknown> | undefined>;

/**
 * Records who waits, and only then looks whether the news is already there: an answer is written before it looks for
 * somebody who waits, so that one of the two always sees the other.
 */
export async function wait(
  store: DeploymentStore,
  waiting: Omit<Waiting, 'until'>,
  seconds: number,
  news: News,
): Promise<void> {
  await store.putWaiting({ ...waiting, until: plus(waiting.since, seconds * 1000) });
  const output = await news();
  if (output) await wakeWorkflow(waiting.taskToken, output);
}

/** Wakes whoever waits for this deployment, with what that state wants to hear. No harm when nobody waits. */
export async function wake(
  store: DeploymentStore,
  deploymentId: string,
  outputFor: (state: Waiting['state']) => Record<string, unknown> | undefined,
): Promise<void> {
  const waiting = await store.waiting(deploymentId);
  const output = waiting && outputFor(waiting.state);
  if (waiting && output) await wakeWorkflow(waiting.taskToken, output);
}

/** The line with which a step tells since when it waits. */
export const waitingSince = (
  deploymentId: string,
  state: Waiting['state'],
  taskToken: string,
  whoIsTold: string,
  since: Instant,
): Omit<Waiting, 'until'> => ({ deploymentId, state, taskToken, since, whoIsTold });

/** An answer is news to whoever waits for answers, and to the desk's question about gaps, which it may settle. */
export const wakesForAnswers = (state: Waiting['state']): Record<string, unknown> | undefined =>
  state === 'Await answers' || state === 'Ask the desk about gaps' ? {} : undefined;
