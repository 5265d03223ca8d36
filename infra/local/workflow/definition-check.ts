import type * as z from 'zod';
import { AslDefinition, isCallback, type MapState, type State, type States } from './definition.ts';
import { DefinitionRefused } from './errors.ts';
import { checkExpression } from './expression-check.ts';
import { assignedIn, assignmentsOf, catchersOf, stringsOf } from './expression-uses.ts';
import { addedFunctions, isExpression, nativeFunctions } from './expressions.ts';

type Report = (state: string | undefined, problem: string) => void;

const reservedNames = new Set([...nativeFunctions, ...addedFunctions, 'eval', 'states']);
const knownErrors = new Set([
  ...['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.QueryEvaluationError'],
  ...['States.DataLimitExceeded', 'States.NoChoiceMatched', 'States.Permissions'],
  ...['States.ItemReaderFailed', 'States.ExceedToleratedFailureThreshold'],
]);

/** The value at a path of the raw definition; undefined when there is none. */
function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    raw,
  );
}

function fieldText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`))
    .join('');
}

/** A path of zod cut into the innermost state it names and the field within that state. */
function placeOf(path: readonly PropertyKey[]): { state: string | undefined; field: PropertyKey[] } {
  const at = path.lastIndexOf('States');
  if (at < 0 || at + 1 >= path.length) return { state: undefined, field: [...path] };
  return { state: String(path[at + 1]), field: path.slice(at + 2) };
}

function reportIssue(
  issue: z.core.$ZodIssue,
  raw: unknown,
  before: readonly PropertyKey[],
  report: Report,
): void {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const { state, field } = placeOf([...path, key]);
      report(state, `${fieldText(field)} is not supported`);
    }
    return;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The last alternative is always the expression; the first says what the plain value must be.
    for (const inner of issue.errors[0] ?? []) reportIssue(inner, raw, path, report);
    return;
  }
  const { state, field } = placeOf(path);
  const value = valueAt(raw, path);
  const name = fieldText(field) || 'the state';
  if (value === undefined) report(state, `${name} is missing`);
  else if (issue.code === 'invalid_value' || issue.code === 'invalid_union') {
    report(state, `${name} ${JSON.stringify(value)} is not supported`);
  } else report(state, `${name}: ${issue.message}`);
}

function targetsOf(state: State): [string, string][] {
  const targets: [string, string][] = [];
  if ('Next' in state && state.Next !== undefined) targets.push(['Next', state.Next]);
  if (state.Type === 'Choice') {
    for (const [index, rule] of state.Choices.entries()) targets.push([`Choices[${index}].Next`, rule.Next]);
    if (state.Default !== undefined) targets.push(['Default', state.Default]);
  }
  for (const [index, catcher] of catchersOf(state).entries()) {
    targets.push([`Catch[${index}].Next`, catcher.Next]);
  }
  return targets;
}

function checkFlow(states: States, report: Report): void {
  const names = new Set(Object.keys(states.States));
  const reached = new Set<string>();
  const follow = (name: string) => {
    if (reached.has(name) || !names.has(name)) return;
    reached.add(name);
    for (const [, target] of targetsOf(states.States[name]!)) follow(target);
  };
  if (!names.has(states.StartAt)) report(undefined, `StartAt "${states.StartAt}" is not a state`);
  follow(states.StartAt);
  for (const [name, state] of Object.entries(states.States)) {
    if (names.has(states.StartAt) && !reached.has(name)) report(name, 'is never reached');
    for (const [field, target] of targetsOf(state)) {
      if (!names.has(target)) report(name, `${field} "${target}" is not a state`);
    }
    if ('Type' in state && ['Task', 'Pass', 'Wait', 'Map'].includes(state.Type)) {
      const { Next, End } = state as { Next?: string; End?: true };
      if ((Next === undefined) === (End === undefined)) report(name, 'takes exactly one of Next and End');
    }
  }
}

function checkErrorNames(name: string, state: State, report: Report): void {
  if (state.Type !== 'Task' && state.Type !== 'Map') return;
  for (const [field, entries] of [
    ['Retry', state.Retry ?? []],
    ['Catch', state.Catch ?? []],
  ] as const) {
    for (const [index, { ErrorEquals }] of entries.entries()) {
      const place = `${field}[${index}].ErrorEquals`;
      if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < entries.length - 1)) {
        report(name, `${place}: States.ALL stands alone and last`);
      }
      for (const error of ErrorEquals) {
        if (error.startsWith('States.') && !knownErrors.has(error)) {
          report(name, `${place} "${error}" is not supported`);
        }
      }
    }
  }
  for (const [index, retrier] of (state.Retry ?? []).entries()) {
    if (retrier.MaxDelaySeconds !== undefined && retrier.MaxDelaySeconds <= (retrier.IntervalSeconds ?? 1)) {
      report(name, `Retry[${index}].MaxDelaySeconds must be more than IntervalSeconds`);
    }
  }
}

function checkState(name: string, state: State, inMap: boolean, report: Report): void {
  checkErrorNames(name, state, report);
  if (isCallback(state)) {
    if (inMap) report(name, 'Resource: a callback inside a Map is not supported');
    if (state.TimeoutSeconds === undefined)
      report(name, 'TimeoutSeconds is missing: the callback could wait for ever');
  }
  if (state.Type === 'Wait') {
    if (inMap) report(name, 'Type "Wait" inside a Map is not supported');
    if ((state.Seconds === undefined) === (state.Timestamp === undefined)) {
      report(name, 'takes exactly one of Seconds and Timestamp');
    }
  }
}

function checkVariables(states: States, outer: ReadonlySet<string>, report: Report): void {
  for (const [name, state] of Object.entries(states.States)) {
    for (const [field, assigned] of assignmentsOf(state)) {
      for (const variable of Object.keys(assigned)) {
        const problem = reservedNames.has(variable)
          ? 'is the name of a function of JSONata and would hide it'
          : outer.has(variable)
            ? 'belongs to an outer scope, which a Map cannot assign'
            : /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u.test(variable)
              ? undefined
              : 'is not a name for a variable';
        if (problem) report(name, `${field}.${variable} ${problem}`);
      }
    }
  }
}

function checkScope(
  states: States,
  outer: ReadonlySet<string>,
  inMap: boolean,
  seen: Set<string>,
  report: Report,
) {
  checkFlow(states, report);
  checkVariables(states, outer, report);
  for (const [name, state] of Object.entries(states.States)) {
    if (seen.has(name)) report(name, 'has the name of another state of the machine');
    seen.add(name);
    checkState(name, state, inMap, report);
    if (state.Type === 'Map') {
      const within = new Set([...outer, ...assignedIn(states)]);
      checkScope((state as MapState).ItemProcessor, within, true, seen, report);
    }
  }
}

/**
 * What keeps a definition from running here or on AWS, one line a problem with machine, state and field; an empty
 * list when it can run. It takes the parsed file, with or without its `${…}` substituted.
 */
export function checkDefinition(name: string, raw: unknown): string[] {
  const problems: string[] = [];
  const report: Report = (state, problem) => {
    problems.push(`${name}: ${state === undefined ? '' : `state "${state}": `}${problem}`);
  };
  const shape = AslDefinition.safeParse(raw);
  if (!shape.success) {
    for (const issue of shape.error.issues) reportIssue(issue, raw, [], report);
    return problems;
  }
  checkScope(shape.data, new Set(), false, new Set(), report);
  for (const use of stringsOf(shape.data)) {
    if (isExpression(use.expression)) {
      for (const problem of checkExpression(use)) report(use.state, `${use.field} ${problem}`);
    } else if (/^\s*\{%|%\}\s*$/.test(use.expression)) {
      report(use.state, `${use.field} takes {% and %} at its very ends or not at all`);
    }
  }
  return problems;
}

/** A definition that can run. Throws `DefinitionRefused` with every problem otherwise. */
export function admitDefinition(name: string, raw: unknown): AslDefinition {
  const problems = checkDefinition(name, raw);
  if (problems.length > 0) throw new DefinitionRefused(problems);
  return AslDefinition.parse(raw);
}
