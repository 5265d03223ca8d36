/// <reference lib="dom" />
import type { Action } from '../functions/deployments/actions.ts';
import { hasEnded } from '../functions/deployments/states.ts';
import { type Matter, openDialog, type Question } from './dialog.ts';
import { type Answer, ask } from './session.ts';
import { changesBetween, type Whole } from './whole.ts';

/** A decision about a deployment. */
export type Decision = Question<Whole> & { action: Action };

let told: (what: string) => void = () => undefined;

/** Who is told of a decision taken. */
export function tellOf(done: typeof told): void {
  told = done;
}

/**
 * Sends a decision with the version that was seen. When only answers came meanwhile it is sent again with the version
 * that stands: in a busy hour nobody could stand down otherwise.
 */
async function send(
  action: Action,
  body: Record<string, unknown>,
  seen: Whole,
  triesLeft = 4,
): Promise<Answer<{ what: string }>> {
  const path = `/api/deployments/${encodeURIComponent(seen.deploymentId)}`;
  const answer = await ask<{ what: string }>(`${path}/${action}`, { ...body, version: seen.version });
  if (!('refused' in answer) || answer.refused.rule !== 'STALE' || triesLeft === 0) return answer;
  const stands = await ask<Whole>(path);
  if (!('value' in stands) || changesBetween(seen, stands.value).length > 0) return answer;
  return send(action, body, stands.value, triesLeft - 1);
}

const aboutDeployment = (action: Action): Matter<Whole, { what: string }> => ({
  newest: ({ deployment }, seen) => (deployment?.deploymentId === seen.deploymentId ? deployment : undefined),
  version: ({ version }) => version,
  changes: changesBetween,
  isOver: hasEnded,
  send: (body, seen) => send(action, body, seen),
  done: ({ what }) => told(what),
  unchanged: 'Checked: it was not done. You can try again.',
});

/** Opens a decision about a deployment. */
export const decide = (decision: Decision, whole: Whole): void =>
  openDialog(decision, aboutDeployment(decision.action), whole);
