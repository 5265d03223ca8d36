import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { startWorkflow, wakeWorkflow } from '../../functions/runtime/workflow-calls.ts';

process.env.AWS_REGION ??= 'eu-central-1';
const sfn = mockClient(SFNClient);
beforeEach(() => sfn.reset());
const fault = (name: string) => Object.assign(new Error(name), { name });
const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:triage-alert';

describe('startWorkflow', () => {
  it('names the execution, so that starting it again starts nothing', async () => {
    sfn.on(StartExecutionCommand).resolvesOnce({}).rejects(fault('ExecutionAlreadyExists'));
    await startWorkflow(arn, 'abc-0', { rawDigest: 'abc' });
    await startWorkflow(arn, 'abc-0', { rawDigest: 'abc' });
    expect(sfn.commandCalls(StartExecutionCommand).map(call => call.args[0].input)).toEqual([
      { stateMachineArn: arn, name: 'abc-0', input: '{"rawDigest":"abc"}' },
      { stateMachineArn: arn, name: 'abc-0', input: '{"rawDigest":"abc"}' },
    ]);
  });

  it.each(['StateMachineDoesNotExist', 'ThrottlingException'])('throws %s', async name => {
    sfn.on(StartExecutionCommand).rejects(fault(name));
    await expect(startWorkflow(arn, 'abc-0', {})).rejects.toMatchObject({ name });
  });
});

describe('wakeWorkflow', () => {
  it('hands the news to the token', async () => {
    sfn.on(SendTaskSuccessCommand).resolves({});
    expect(await wakeWorkflow('token-1', { mission: 'next stage' })).toBe(true);
    expect(sfn.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token-1',
      output: '{"mission":"next stage"}',
    });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('answers false on %s', async name => {
    sfn.on(SendTaskSuccessCommand).rejects(fault(name));
    expect(await wakeWorkflow('token-1', {})).toBe(false);
  });

  it('throws what is no lateness', async () => {
    sfn.on(SendTaskSuccessCommand).rejects(fault('ThrottlingException'));
    await expect(wakeWorkflow('token-1', {})).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
