/** A failure inside a state, by the name that `Retry` and `Catch` match ("States.Timeout", "TeamUnavailable"). */
export class StateError extends Error {
  override name = 'StateError';
  readonly error: string;
  override readonly cause: string;
  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}

/** A definition that uses what is not supported, or could not run; one line a problem. */
export class DefinitionRefused extends Error {
  override name = 'DefinitionRefused';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The errors that the API of Step Functions answers with, by their names on the wire. */
export type WorkflowRefusalName =
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'StateMachineDoesNotExist'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut';

/** A call to the runner that cannot be served; `name` is the name that the real service would send. */
export class WorkflowRefusal extends Error {
  override name: WorkflowRefusalName;
  constructor(name: WorkflowRefusalName, message: string) {
    super(message);
    this.name = name;
  }
}
