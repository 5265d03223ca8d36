import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { workflows } from './clients.ts';

/** Starts an execution under a name that says what it is for; starting it again starts nothing. */
export async function startWorkflow(stateMachineArn: string, name: string, input: unknown): Promise<void> {
  try {
    await workflows().send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
  }
}

const TOO_LATE = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/**
 * Wakes a waiting workflow. False when it no longer waits: it has moved on by itself and will find in the tables what
 * was to be told, so that being late is no fault.
 */
export async function wakeWorkflow(taskToken: string, output: unknown): Promise<boolean> {
  try {
    await workflows().send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
    return true;
  } catch (error) {
    if (error instanceof Error && TOO_LATE.has(error.name)) return false;
    throw error;
  }
}
