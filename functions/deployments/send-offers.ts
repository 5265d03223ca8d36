import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { isPending as isPendingOffer, nextDeadline } from './review.ts';
import { Settings, StepInput } from './settings.ts';
import { tellPeople } from './telling.ts';
import { timelineEntry } from './timeline.ts';
import { Waits } from './waits.ts';

const env = readEnv(
  Settings.deployments.extend({
    ...Settings.experts.shape,
    ...Settings.employers.shape,
    ...Settings.people.shape,
  }),
);

/** A message that failed for now is tried again after so long. */
const RETRY_SECONDS = 60;
/** With no window running there is still somebody to wait for: the desk, or a late message. */
const LONGEST_SECONDS = 3600;

const SendInput = StepInput.extend({ waits: Waits });

/** Sends what is due, and says for how long to wait for the answers, or that there is nobody to wait for. */
export const handler = stateEntry(SendInput, async ({ deploymentId, waits }) => {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const experts = createExpertStore(tables(), env.EXPERTS_TABLE);
  const employers = createEmployerStore(tables(), env.EMPLOYERS_TABLE);
  const told = await tellPeople({ deployments, experts, employers }, env, deploymentId, waits.due);
  const at = now();
  const what = `${told.sent} messages sent; ${told.failedForNow} to be tried again, ${told.failedForGood} failed for good`;
  // Single messages stand in the notices; the timeline keeps the waves and what went wrong.
  if (told.sent > 5 || told.failedForNow + told.failedForGood > 0)
    await deployments.append(timelineEntry(deploymentId, at, 'offer', 'sent', what));
  const { deployment } = told;
  const isPrepared = deployment.approvals.length === 0 && !deployment.standDown;
  if (isPrepared)
    await deployments.change(deploymentId, d => (d.soundedOutAt ? undefined : { ...d, soundedOutAt: at }));
  const deadline = [waits.deadlineAt, nextDeadline(told.offers)].filter(each => each != null).sort()[0];
  const untilDeadline = deadline
    ? Math.ceil((Date.parse(deadline) - Date.parse(at)) / 1000)
    : LONGEST_SECONDS;
  const seconds = told.failedForNow > 0 ? Math.min(RETRY_SECONDS, untilDeadline) : untilDeadline;
  const isPending =
    waits.pending ||
    told.failedForNow > 0 ||
    told.offers.some(offer => offer.kind === 'seat' && isPendingOffer(offer));
  return {
    next: isPrepared ? 'ask the desk' : isPending ? 'await' : 'review',
    seconds: Math.min(Math.max(1, seconds), LONGEST_SECONDS),
    waits: { ...waits, deadlineAt: deadline ?? null, due: null },
  };
});
