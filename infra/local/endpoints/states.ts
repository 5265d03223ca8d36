import { type Endpoint, jsonError, jsonReply, operationOf } from '../wire.ts';
import { WorkflowRefusal } from '../workflow/errors.ts';
import type { Runner } from '../workflow/runner.ts';

interface StatesRequest {
  stateMachineArn: string;
  executionArn: string;
  name?: string;
  input?: string;
  taskToken: string;
  output: string;
  error?: string;
  cause?: string;
}

/** Moments are seconds since 1970 in this protocol. */
const seconds = (instant: string): number => Date.parse(instant) / 1000;

/** Step Functions as far as it is used. `newName` names an execution that is started without a name. */
export function createStatesEndpoint(
  runner: Runner,
  machines: { name: string; arn: string }[],
  newName: () => string,
): Endpoint {
  const operations: Record<string, (request: StatesRequest) => Promise<unknown>> = {
    async StartExecution({ stateMachineArn, name = newName(), input = '{}' }) {
      const machine = machines.find(({ arn }) => arn === stateMachineArn);
      if (!machine) {
        throw new WorkflowRefusal(
          'StateMachineDoesNotExist',
          `State Machine Does Not Exist: '${stateMachineArn}'`,
        );
      }
      const started = await runner.start(machine.name, name, jsonOf(input, 'InvalidExecutionInput'));
      return { executionArn: started.executionArn, startDate: seconds(started.startDate) };
    },
    async SendTaskSuccess({ taskToken, output }) {
      await runner.sendTaskSuccess(taskToken, jsonOf(output, 'InvalidOutput'));
      return {};
    },
    async SendTaskFailure({ taskToken, error = '', cause = '' }) {
      await runner.sendTaskFailure(taskToken, error, cause);
      return {};
    },
    async DescribeExecution({ executionArn }) {
      const record = await runner.describe(executionArn);
      if (!record) {
        throw new WorkflowRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      }
      return {
        executionArn,
        stateMachineArn: machines.find(({ name }) => name === record.machine)?.arn,
        name: record.name,
        status: record.status,
        startDate: seconds(record.startedAt),
        ...(record.stoppedAt && { stopDate: seconds(record.stoppedAt) }),
        input: JSON.stringify(record.input ?? {}),
        ...(record.output !== undefined && { output: JSON.stringify(record.output) }),
        ...(record.error !== undefined && { error: record.error }),
        ...(record.cause !== undefined && { cause: record.cause }),
      };
    },
    async StopExecution({ executionArn, error, cause }) {
      await runner.stop(executionArn, error, cause);
      const record = await runner.describe(executionArn);
      return { stopDate: record?.stoppedAt ? seconds(record.stoppedAt) : 0 };
    },
  };

  return async request => {
    const operation = operationOf('states', request);
    const work = operations[operation];
    if (!work) return jsonError(400, 'UnknownOperationException', `${operation} is not served here`);
    try {
      return jsonReply(200, await work(JSON.parse(request.body.toString())));
    } catch (error) {
      if (error instanceof WorkflowRefusal) return jsonError(400, error.name, error.message);
      throw error;
    }
  };
}

function jsonOf(text: string, refusal: 'InvalidExecutionInput' | 'InvalidOutput'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WorkflowRefusal(refusal, 'The text is not JSON');
  }
}
