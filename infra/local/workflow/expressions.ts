import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { StateError } from './errors.ts';

/** What a state may read of one moment: `$states`, the variables, the time and this attempt's own random stream. */
export interface Sight {
  states: Record<string, unknown>;
  variables: Record<string, unknown>;
  nowMs: number;
  random: () => number;
}

/** A string whose whole text is `{% … %}`. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;
}

/** The JSONata inside `{% … %}`. */
export function expressionText(expression: string): string {
  return expression.slice(2, -2).trim();
}

/** The functions that Step Functions adds to JSONata. */
export const addedFunctions = ['parse', 'uuid', 'hash', 'partition', 'range', 'random'] as const;

/** The functions of JSONata 2.0.6 that a state may call; `eval` is not among them, as on AWS. */
export const nativeFunctions = [
  ...['abs', 'append', 'assert', 'average', 'base64decode', 'base64encode', 'boolean', 'ceil', 'clone'],
  ...['contains', 'count', 'decodeUrl', 'decodeUrlComponent', 'distinct', 'each', 'encodeUrl'],
  ...['encodeUrlComponent', 'error', 'exists', 'filter', 'floor', 'formatBase', 'formatInteger'],
  ...['formatNumber', 'fromMillis', 'join', 'keys', 'length', 'lookup', 'lowercase', 'map', 'match', 'max'],
  ...['merge', 'millis', 'min', 'not', 'now', 'number', 'pad', 'parseInteger', 'power', 'reduce', 'replace'],
  ...['reverse', 'round', 'shuffle', 'sift', 'single', 'sort', 'split', 'spread', 'sqrt', 'string'],
  ...[
    'substring',
    'substringAfter',
    'substringBefore',
    'sum',
    'toMillis',
    'trim',
    'type',
    'uppercase',
    'zip',
  ],
];

const compiled = new Map<string, jsonata.Expression>();

/** Compiles once per text. Throws JSONata's own error when the text does not parse. */
export function compile(text: string): jsonata.Expression {
  let expression = compiled.get(text);
  if (!expression) {
    expression = jsonata(text);
    compiled.set(text, expression);
  }
  return expression;
}

const hashAlgorithms = new Map(
  ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].map(name => [name, name.toLowerCase().replace('-', '')]),
);

function uuidFrom(random: () => number): string {
  const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A stream of numbers in [0, 1) that depends on nothing but its seed (mulberry32 over SHA-256). */
export function randomStream(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const numbers = (name: string, ...values: unknown[]): number[] => {
  if (!values.every(value => typeof value === 'number' && Number.isFinite(value))) {
    throw new Error(`$${name} takes numbers`);
  }
  return values as number[];
};

/** Functions whose answer would otherwise come from the real clock or the real dice, and those that AWS adds. */
function boundFunctions(sight: Sight): Record<string, (...args: never[]) => unknown> {
  return {
    now: (picture?: string, zone?: string) =>
      picture === undefined && zone === undefined
        ? new Date(sight.nowMs).toISOString()
        : compile('$fromMillis($moment, $picture, $zone)').evaluate(undefined, {
            moment: sight.nowMs,
            picture,
            zone,
          }),
    millis: () => sight.nowMs,
    random: (seed?: unknown) => (seed === undefined ? sight.random() : randomStream(JSON.stringify(seed))()),
    uuid: () => uuidFrom(sight.random),
    shuffle(list?: unknown[]) {
      if (list === undefined) return undefined;
      const shuffled = [...list];
      for (let index = shuffled.length - 1; index > 0; index--) {
        const other = Math.floor(sight.random() * (index + 1));
        [shuffled[index], shuffled[other]] = [shuffled[other], shuffled[index]];
      }
      return shuffled;
    },
    parse: (text?: unknown) => {
      if (text === undefined) return undefined;
      if (typeof text !== 'string') throw new Error('$parse takes a string');
      return JSON.parse(text) as unknown;
    },
    hash(data?: unknown, algorithm?: string) {
      if (data === undefined) return undefined;
      const name = hashAlgorithms.get(algorithm ?? '');
      if (typeof data !== 'string' || !name) {
        throw new Error(`$hash takes a string and one of ${[...hashAlgorithms.keys()].join(', ')}`);
      }
      return createHash(name).update(data).digest('hex');
    },
    partition(list?: unknown, size?: unknown) {
      if (list === undefined) return undefined;
      const [length] = numbers('partition', size);
      if (!Number.isInteger(length) || length! < 1) throw new Error('$partition takes a size of at least 1');
      const whole = Array.isArray(list) ? list : [list];
      return Array.from({ length: Math.ceil(whole.length / length!) }, (_, index) =>
        whole.slice(index * length!, (index + 1) * length!),
      );
    },
    range(first?: unknown, last?: unknown, increment?: unknown) {
      const [from, to, step] = numbers('range', first, last, increment) as [number, number, number];
      if (step === 0) throw new Error('$range takes an increment other than 0');
      const length = Math.max(Math.floor((to - from) / step) + 1, 0);
      // The service allows 1,000 items; a slip of the pen must not fill the memory.
      if (length > 1000) throw new Error(`$range would make ${length} items; 1000 are allowed`);
      return Array.from({ length }, (_, index) => from + index * step);
    },
  };
}

/** A copy that shares nothing with its source and carries none of JSONata's hidden marks. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function failureText(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message ?? String(error)].filter(Boolean).join(': ');
}

/** Evaluates one `{% … %}`; `field` names it in the cause of a `States.QueryEvaluationError`. */
export async function evaluate(expression: string, sight: Sight, field: string): Promise<unknown> {
  const text = expressionText(expression);
  const refuse = (why: string) =>
    new StateError('States.QueryEvaluationError', `The expression '${text}' of the field ${field} ${why}`);
  let value: unknown;
  try {
    const bindings = { ...boundFunctions(sight), ...sight.variables, states: sight.states };
    value = await compile(text).evaluate(undefined, bindings);
  } catch (error) {
    throw refuse(`failed: ${failureText(error)}`);
  }
  if (value === undefined) throw refuse('returned nothing (undefined)');
  const plain = JSON.stringify(value, (_, part: unknown) => {
    if (isFunction(part)) throw refuse('returned a function');
    return part;
  });
  return JSON.parse(plain) as unknown;
}

/** A function of JSONata is an object with a mark; JSON would take it for data. */
function isFunction(value: unknown): boolean {
  const marks = value as { _jsonata_lambda?: boolean; _jsonata_function?: boolean } | null | undefined;
  return typeof value === 'function' || Boolean(marks?._jsonata_lambda || marks?._jsonata_function);
}

/** A template with every `{% … %}` in it replaced by its value. */
export async function fill(template: unknown, sight: Sight, field: string): Promise<unknown> {
  if (isExpression(template)) return evaluate(template, sight, field);
  if (Array.isArray(template)) {
    const filled: unknown[] = [];
    // One after another: draws from the random stream keep their order.
    for (const [index, item] of template.entries())
      filled.push(await fill(item, sight, `${field}[${index}]`));
    return filled;
  }
  if (template !== null && typeof template === 'object') {
    const filled: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(template))
      filled[key] = await fill(value, sight, `${field}.${key}`);
    return filled;
  }
  return template;
}
