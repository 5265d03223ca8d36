import type { ExpressionUse } from './expression-uses.ts';
import { addedFunctions, compile, expressionText, nativeFunctions } from './expressions.ts';

/** A node of JSONata's syntax tree, as far as it is looked at; the package's own type leaves most of it out. */
interface Node {
  type?: string;
  value?: unknown;
  focus?: string;
  index?: string;
  steps?: Node[];
  procedure?: Node;
  arguments?: Node[];
  lhs?: Node | unknown[];
  body?: Node;
  [field: string]: unknown;
}

const functions = new Set<string>([...nativeFunctions, ...addedFunctions]);

/** What `$states.context` holds. A branch that is not listed here is not supported. */
const contextFields = new Set([
  ...['Execution', 'Execution.Id', 'Execution.Name', 'Execution.StartTime', 'Execution.Input'],
  ...['State', 'State.Name', 'State.EnteredTime', 'State.RetryCount'],
  ...['StateMachine', 'StateMachine.Id', 'StateMachine.Name', 'Task', 'Task.Token'],
  ...['Map', 'Map.Item', 'Map.Item.Index', 'Map.Item.Value'],
]);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** All names that an expression binds itself: by `:=`, as a parameter, by `@$` or `#$`. */
function boundNames(root: Node): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (!isNode(value)) return;
    if (value.type === 'bind' && isNode(value.lhs)) names.add(String((value.lhs as Node).value));
    if (value.type === 'lambda')
      for (const parameter of value.arguments ?? []) names.add(String(parameter.value));
    if (typeof value.focus === 'string') names.add(value.focus);
    if (typeof value.index === 'string') names.add(value.index);
    if (value.type === 'index') names.add(String(value.value));
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(root);
  return names;
}

/** The names that directly follow a step of a path: `$states.context.Task.Token` gives context, Task, Token. */
function namesAfter(steps: readonly Node[], from: number): string[] {
  const names: string[] = [];
  for (const step of steps.slice(from)) {
    if (step.type !== 'name') break;
    names.push(String(step.value));
    // A filter may look at anything; what comes after it is still data.
    if (step.stages !== undefined || step.predicate !== undefined) break;
  }
  return names;
}

/**
 * What is wrong with one expression, known before it ever runs. JSONata answers most slips with `undefined`, so what
 * AWS refuses or what could only be empty is refused from the syntax tree.
 */
export function checkExpression(use: ExpressionUse): string[] {
  let root: Node;
  try {
    root = compile(expressionText(use.expression)).ast() as unknown as Node;
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    return [`does not parse: ${message ?? String(error)} (at ${position ?? '?'})`];
  }
  const problems = new Set<string>();
  const bound = boundNames(root);

  function checkStates(steps: readonly Node[]): void {
    const [field, ...rest] = namesAfter(steps, 1);
    if (field === undefined) {
      problems.add('reads $states whole; it must name input, result, errorOutput or context');
      return;
    }
    if (!(use.offers as ReadonlySet<string>).has(field)) {
      problems.add(`reads $states.${field}, which does not exist here`);
      return;
    }
    if (field !== 'context' || rest.length === 0) return;
    const depth = rest[0] === 'Map' ? 3 : 2;
    const path = rest.slice(0, depth).join('.');
    if (!contextFields.has(path)) problems.add(`reads $states.context.${path}, which is not supported`);
    if (rest[0] === 'Task' && !use.token) problems.add('reads a task token where there is none');
    if (rest[0] === 'Map' && !use.item) problems.add('reads the item of a Map outside of one');
  }

  function checkVariable(node: Node, inContext: boolean): void {
    const name = String(node.value);
    if (name === '$') problems.add('uses $$, which is empty in a state machine');
    else if (name === '') {
      if (!inContext) problems.add('uses $ where there is no context');
    } else if (name === 'eval') problems.add('calls $eval, which is not supported');
    else if (!bound.has(name) && !functions.has(name) && !use.variables.has(name)) {
      problems.add(`reads $${name}, which no state assigns`);
    }
  }

  /** `inContext` is true inside a step, a filter or a sort, where a bare name means a field of the item. */
  function visit(node: unknown, inContext: boolean): void {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, inContext);
      return;
    }
    if (!isNode(node)) return;
    const within = (...fields: string[]) => {
      for (const field of fields) visit(node[field], true);
    };
    const beside = (...fields: string[]) => {
      for (const field of fields) visit(node[field], inContext);
    };
    // What hangs on a step looks at the step's items, whatever the step is.
    within('stages', 'predicate', 'group');
    switch (node.type) {
      case 'path': {
        const [first, ...rest] = node.steps ?? [];
        if (first?.type === 'variable' && first.value === 'states') {
          checkStates(node.steps ?? []);
          visit(first.stages, true);
          visit(first.predicate, true);
        } else visit(first, inContext);
        for (const step of rest) visit(step, true);
        return;
      }
      case 'name':
      case 'wildcard':
      case 'descendant':
        if (!inContext) {
          const shown =
            node.type === 'name' ? `"${String(node.value)}"` : node.type === 'wildcard' ? '*' : '**';
          problems.add(`reads ${shown} of nothing: write $states.input… or a variable`);
        }
        return;
      case 'variable':
        if (node.value === 'states') checkStates([node]);
        else checkVariable(node, inContext);
        return;
      case 'function':
      case 'partial':
        // Its missing date parts would come from the real day, not from the clock of the system.
        if (node.procedure?.value === 'toMillis' && (node.arguments?.length ?? 0) > 1) {
          problems.add('calls $toMillis with a picture, which is not supported');
        }
        beside('procedure', 'arguments');
        return;
      case 'lambda':
        beside('body');
        return;
      case 'transform':
        visit(node.pattern, true);
        within('update', 'delete');
        return;
      case 'sort':
        for (const term of (node.terms as { expression: Node }[] | undefined) ?? []) {
          visit(term.expression, true);
        }
        return;
      case 'filter':
        within('expr');
        return;
      case 'bind':
        beside('rhs');
        return;
      default:
        beside('lhs', 'rhs', 'expression', 'expressions', 'condition', 'then', 'else');
    }
  }

  visit(root, false);
  return [...problems];
}
