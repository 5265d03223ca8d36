import * as z from 'zod';
import { isExpression } from './expressions.ts';

const Expression = z.string().refine(isExpression, { error: 'takes a {% … %} expression' });

/** Seconds as Step Functions takes them: whole, at most 99,999,999 (about three years). */
const longestSeconds = 99_999_999;
const PositiveSeconds = z.union([z.int().min(1).max(longestSeconds), Expression]);
const Template = z.unknown();
const Assignments = z.record(z.string(), Template);
const StateName = z.string().min(1).max(80);

/** A retrier: after one of its errors the same state is tried again, later and later. */
export const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string().min(1)).min(1),
  IntervalSeconds: z.int().min(1).max(longestSeconds).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxAttempts: z.int().min(0).max(longestSeconds).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
export type Retrier = z.infer<typeof Retrier>;

/** A catcher: after one of its errors the work goes on in another state. */
export const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string().min(1)).min(1),
  Next: StateName,
  Assign: Assignments.optional(),
  Output: Template.optional(),
});
export type Catcher = z.infer<typeof Catcher>;

const comment = { Comment: z.string().optional() };
const outcome = { Assign: Assignments.optional(), Output: Template.optional() };
const onward = { Next: StateName.optional(), End: z.literal(true).optional() };
const failing = { Retry: z.array(Retrier).optional(), Catch: z.array(Catcher).optional() };

/** Invokes a function; with `.waitForTaskToken` it then waits until someone answers the token. */
export const Task = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.enum(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']),
  Arguments: z.strictObject({ FunctionName: z.string().min(1), Payload: Template.optional() }),
  TimeoutSeconds: PositiveSeconds.optional(),
  ...comment,
  ...outcome,
  ...onward,
  ...failing,
});
export type Task = z.infer<typeof Task>;

/** One way out of a Choice. */
const ChoiceRule = z.strictObject({
  Condition: Expression,
  Next: StateName,
  ...comment,
  ...outcome,
});

/** Goes on where the first true condition points; its own Assign and Output belong to the default. */
export const Choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(ChoiceRule).min(1),
  Default: StateName.optional(),
  ...comment,
  ...outcome,
});
export type Choice = z.infer<typeof Choice>;

/** Only shapes data. */
const Pass = z.strictObject({ Type: z.literal('Pass'), ...comment, ...outcome, ...onward });

/** Waits some seconds or until a moment. */
export const Wait = z.strictObject({
  Type: z.literal('Wait'),
  Seconds: z.union([z.int().min(0).max(longestSeconds), Expression]).optional(),
  Timestamp: z.union([z.iso.datetime({ offset: true }), Expression]).optional(),
  ...comment,
  ...outcome,
  ...onward,
});
export type Wait = z.infer<typeof Wait>;

/** Ends the execution, or the item of a Map, well. */
const Succeed = z.strictObject({
  Type: z.literal('Succeed'),
  Output: Template.optional(),
  ...comment,
});

/** Ends the execution, or its Map, with an error. */
const Fail = z.strictObject({
  Type: z.literal('Fail'),
  Error: z.string().optional(),
  Cause: z.string().optional(),
  ...comment,
});

/** The states that one item of a Map goes through. */
interface ItemProcessor {
  ProcessorConfig?: { Mode: 'INLINE' } | undefined;
  Comment?: string | undefined;
  StartAt: string;
  States: Record<string, State>;
}
const ItemProcessor: z.ZodType<ItemProcessor> = z.lazy(() =>
  z.strictObject({
    ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }).optional(),
    StartAt: StateName,
    States: z.record(StateName, State),
    ...comment,
  }),
);

/** Goes through the same states for every item, several at a time. */
export const MapState = z.strictObject({
  Type: z.literal('Map'),
  Items: z.union([z.array(Template), Expression]).optional(),
  ItemSelector: Template.optional(),
  MaxConcurrency: z.union([z.int().min(0), Expression]).optional(),
  ItemProcessor,
  ...comment,
  ...outcome,
  ...onward,
  ...failing,
});
export type MapState = z.infer<typeof MapState>;

/** One state of a machine, of the kinds that are supported. */
export const State = z.discriminatedUnion('Type', [Task, Choice, Pass, Wait, Succeed, Fail, MapState]);
export type State = z.infer<typeof State>;

/** A state machine in JSONata: what is not in this shape is refused, so that nothing is ignored in silence. */
export const AslDefinition = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONata'),
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: z.int().min(1).max(longestSeconds).optional(),
  StartAt: StateName,
  States: z.record(StateName, State),
});
export type AslDefinition = z.infer<typeof AslDefinition>;

/** States that belong together: a machine's own, or those of a Map's items. */
export interface States {
  StartAt: string;
  States: Record<string, State>;
}

/** True for a task that waits until its token is answered. */
export function isCallback(state: State): state is Task {
  return state.Type === 'Task' && state.Resource.endsWith('.waitForTaskToken');
}
