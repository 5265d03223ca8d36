import * as z from 'zod';
import { Instant } from '../domain/primitives.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createExpertStore } from '../store/experts.ts';
import { outcomeOf } from './review.ts';
import { actOnAnswers, forgetReviewed, pictureToReview, recordFullTeams, reopenGaps } from './reviewing.ts';
import { Settings, StepInput } from './settings.ts';
import { waitsAfter } from './waits.ts';

const env = readEnv(Settings.deployments.extend(Settings.experts.shape));

/** `deadlineAt`: before it no window ends, and only what was heard has to be read. */
const ReviewInput = StepInput.extend({ waits: z.object({ deadlineAt: Instant.nullable() }) });

/** Acts on every answer not yet reviewed and on every window that has ended, and says what is next. */
export const handler = stateEntry(ReviewInput, async ({ deploymentId, waits }) => {
  const stores = {
    deployments: createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE),
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
  };
  const at = now();
  const { picture, isWhole } = await pictureToReview(stores.deployments, deploymentId, waits.deadlineAt, at);
  const judged = await actOnAnswers(stores, picture, at);
  const reopened = await reopenGaps(stores.deployments, judged, at);
  await forgetReviewed(stores.deployments, picture);
  const deployment = await recordFullTeams(stores.deployments, reopened, at);
  const due = reopened.offers.filter(offer => offer.noticesDue);
  return {
    outcome: outcomeOf(deployment, reopened.seats, due.length > 0),
    waits: waitsAfter(deployment, reopened, picture.deployment.heard, isWhole ? null : waits.deadlineAt),
  };
});
