import { PublishCommand } from '@aws-sdk/client-sns';
import { topics } from '../runtime/clients.ts';
import { log } from '../runtime/log.ts';

/** What the desk is told: ids and public facts, never a person's name, number or token. */
export type DeskMessage = { deploymentId: string; about: string; what: string; who: string };

/** SNS takes subjects of at most 99 printable ASCII characters. */
const subjectOf = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 99);

/**
 * Tells the desk's topic. What the desk must do stands in the tables and on its screen; a message that cannot be sent
 * is logged and never stops a mission: the answer is false, and what hangs on the message is done when it has gone.
 */
export async function tellDesk(
  env: { DESK_TOPIC_ARN: string; PUBLIC_URL: string },
  message: DeskMessage,
): Promise<boolean> {
  const { deploymentId, about, what, who } = message;
  try {
    await topics().send(
      new PublishCommand({
        TopicArn: env.DESK_TOPIC_ARN,
        Subject: subjectOf(`${deploymentId}: ${about}`),
        Message: `${deploymentId}: ${about}\n${what}\nFor: ${who}\n${env.PUBLIC_URL}/deployments/${deploymentId}\n`,
      }),
    );
    return true;
  } catch (error) {
    log.error('the desk could not be told', {
      deploymentId,
      about,
      name: error instanceof Error ? error.name : 'Error',
    });
    return false;
  }
}
