import type { AslDefinition, Catcher, State, States } from './definition.ts';
import { isCallback } from './definition.ts';
import { isExpression } from './expressions.ts';

/** One expression of a definition: where it stands and what it may read there. */
export interface ExpressionUse {
  state: string;
  /** "Arguments.Payload.deploymentId", "Catch[0].Output". */
  field: string;
  /** The whole string, braces and all. */
  expression: string;
  /** The fields of `$states` that exist at this place. */
  offers: ReadonlySet<'input' | 'context' | 'result' | 'errorOutput'>;
  /** True where `$states.context.Task.Token` exists. */
  token: boolean;
  /** True where `$states.context.Map.Item` exists. */
  item: boolean;
  /** The variables that some state of this or an outer scope assigns. */
  variables: ReadonlySet<string>;
}

/** The catchers of a state; only tasks and maps have any. */
export function catchersOf(state: State): Catcher[] {
  return state.Type === 'Task' || state.Type === 'Map' ? (state.Catch ?? []) : [];
}

/** Every `Assign` of a state with the field it stands in. */
export function assignmentsOf(state: State): [string, Record<string, unknown>][] {
  const found: [string, Record<string, unknown>][] = [];
  if ('Assign' in state && state.Assign) found.push(['Assign', state.Assign]);
  if (state.Type === 'Choice') {
    for (const [index, rule] of state.Choices.entries()) {
      if (rule.Assign) found.push([`Choices[${index}].Assign`, rule.Assign]);
    }
  }
  for (const [index, catcher] of catchersOf(state).entries()) {
    if (catcher.Assign) found.push([`Catch[${index}].Assign`, catcher.Assign]);
  }
  return found;
}

/** The variables that some state of a scope assigns. */
export function assignedIn(states: States): Set<string> {
  const names = Object.values(states.States).flatMap(state =>
    assignmentsOf(state).flatMap(([, assigned]) => Object.keys(assigned)),
  );
  return new Set(names);
}

function* textsIn(template: unknown, field: string): Generator<[string, string]> {
  if (typeof template === 'string') yield [field, template];
  else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) yield* textsIn(item, `${field}[${index}]`);
  } else if (template !== null && typeof template === 'object') {
    for (const [key, value] of Object.entries(template)) yield* textsIn(value, `${field}.${key}`);
  }
}

type Sees = Pick<ExpressionUse, 'offers' | 'token' | 'item' | 'variables'>;

/** Every template of a state with the field it stands in and what it may read. */
function* templatesOf(state: State, sees: Sees): Generator<[string, unknown, Sees]> {
  const all = state as Record<string, unknown>;
  for (const field of [
    'TimeoutSeconds',
    'Items',
    'MaxConcurrency',
    'Seconds',
    'Timestamp',
    'Error',
    'Cause',
  ]) {
    yield [field, all[field], sees];
  }
  yield ['Arguments', all.Arguments, { ...sees, token: isCallback(state) }];
  yield ['ItemSelector', all.ItemSelector, { ...sees, item: true }];
  const withResult = state.Type === 'Task' || state.Type === 'Map';
  const after = withResult ? { ...sees, offers: new Set([...sees.offers, 'result' as const]) } : sees;
  yield ['Assign', all.Assign, after];
  yield ['Output', all.Output, after];
  if (state.Type === 'Choice') {
    for (const [index, rule] of state.Choices.entries()) {
      yield [`Choices[${index}].Condition`, rule.Condition, sees];
      yield [`Choices[${index}].Assign`, rule.Assign, sees];
      yield [`Choices[${index}].Output`, rule.Output, sees];
    }
  }
  const caught = { ...sees, offers: new Set([...sees.offers, 'errorOutput' as const]) };
  for (const [index, catcher] of catchersOf(state).entries()) {
    yield [`Catch[${index}].Assign`, catcher.Assign, caught];
    yield [`Catch[${index}].Output`, catcher.Output, caught];
  }
}

/** Every string of a template, in or out of braces, with its place. */
export function* stringsOf(
  states: States,
  outer: ReadonlySet<string> = new Set(),
  item = false,
): Generator<ExpressionUse> {
  const variables = new Set([...outer, ...assignedIn(states)]);
  const sees: Sees = { offers: new Set(['input', 'context'] as const), token: false, item, variables };
  for (const [name, state] of Object.entries(states.States)) {
    for (const [field, template, seen] of templatesOf(state, sees)) {
      for (const [place, expression] of textsIn(template, field)) {
        yield { state: name, field: place, expression, ...seen };
      }
    }
    if (state.Type === 'Map') yield* stringsOf(state.ItemProcessor, variables, true);
  }
}

/** Every `{% … %}` of a definition, with its place and what it may read there. */
export function expressionsOf(definition: AslDefinition): ExpressionUse[] {
  return [...stringsOf(definition)].filter(use => isExpression(use.expression));
}
