import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../infra/local/workflow/definition-check.ts';

type State = {
  Type: string;
  Resource?: string;
  Arguments?: { FunctionName?: string; Payload?: Record<string, unknown> | string };
  TimeoutSeconds?: number | string;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number; JitterStrategy: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  ItemProcessor?: { States: Record<string, State> };
  [field: string]: unknown;
};

// It has no types of its own that name its default.
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  isValid: boolean;
  errors: { message?: string; 'Error code'?: string }[];
};

const names = ['deploy-team', 'triage-alert'];
const definitionOf = (name: string) =>
  JSON.parse(readFileSync(`workflows/${name}.asl.json`, 'utf8')) as { States: Record<string, State> };

/** Every state, those inside a Map included. */
const statesOf = (states: Record<string, State>): [string, State][] =>
  Object.entries(states).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor.States) : []),
  ]);
const all = names.flatMap(name =>
  statesOf(definitionOf(name).States).map(([title, state]) => ({ machine: name, title, state })),
);
const tasks = all.filter(({ state }) => state.Type === 'Task');
const callbacks = tasks.filter(({ state }) => state.Resource?.endsWith('.waitForTaskToken'));

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
};

describe.each(names)('%s', name => {
  const definition = definitionOf(name);

  it('is Amazon States Language, and what the local runner runs', () => {
    // The validator writes into what it reads.
    expect(validate(definitionOf(name))).toMatchObject({ isValid: true, errors: [] });
    const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:f';
    const text = JSON.stringify(definition).replaceAll(/\$\{\w+\}/g, arn);
    expect(checkDefinition(name, JSON.parse(text))).toEqual([]);
  });

  it('has only expressions that parse', () => {
    const expressions = textsIn(definition).filter(text => text.startsWith('{%'));
    expect(expressions.length).toBeGreaterThan(3);
    for (const expression of expressions)
      expect(() => jsonata(expression.slice(2, -2).trim()), expression).not.toThrow();
  });

  it('says for each task what it is for', () => {
    for (const { title, state } of tasks.filter(({ machine }) => machine === name))
      expect(state.Comment, title).toMatch(/\w+ \w+/);
  });
});

describe('a state that waits for somebody', () => {
  it('exists for each kind of wait', () => {
    expect(callbacks.map(({ title }) => title).sort()).toEqual([
      'Ask the desk',
      'Ask the desk about gaps',
      'Await answers',
      'Track mission',
    ]);
  });

  it.each(callbacks.map(({ title, state }) => [title, state] as const))(
    '%s ends by itself, and names who is told then',
    (title, state) => {
      expect(state.TimeoutSeconds, title).toBeDefined();
      if (typeof state.TimeoutSeconds === 'string') expect(state.TimeoutSeconds).toMatch(/^\{% .+ %\}$/);
      else expect(state.TimeoutSeconds).toBeGreaterThan(0);
      const { Payload } = state.Arguments ?? {};
      expect(Payload).toMatchObject({
        tell: expect.stringMatching(/^[a-z ]{5,}$/),
        taskToken: '{% $states.context.Task.Token %}',
      });
      // Time that ends is no failure: it goes on to a state that asks again or reviews.
      const [first] = state.Catch ?? [];
      expect(first?.ErrorEquals).toEqual(['States.Timeout']);
      expect(['Ask the desk', 'Review answers', 'Track mission']).toContain(first?.Next);
    },
  );

  it('waits as long as its function has written into the table', () => {
    for (const [title, file] of [
      ['Ask the desk', 'ask-the-desk'],
      ['Ask the desk about gaps', 'ask-the-desk-about-gaps'],
      ['Track mission', 'track-mission'],
    ] as const) {
      const source = readFileSync(`functions/deployments/${file}.ts`, 'utf8');
      const [, product] = /^const SECONDS = ([\d *]+);$/m.exec(source) ?? [];
      const seconds = (product ?? '').split('*').reduce((total, factor) => total * Number(factor), 1);
      expect(callbacks.find(each => each.title === title)?.state.TimeoutSeconds, title).toBe(seconds);
    }
  });
});

describe('a task', () => {
  const files = new Map(
    readdirSync('functions', { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => [file.replace(/^.*[\\/]/, '').replace(/\.ts$/, ''), file]),
  );

  it.each(tasks.map(({ title, state }) => [title, state] as const))(
    '%s is the file of that name',
    (title, state) => {
      const file = title.toLowerCase().replaceAll(' ', '-');
      expect(files.has(file), file).toBe(true);
      const placeholder = file.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter) => letter.toUpperCase());
      expect(state.Arguments?.FunctionName).toBe(`\${${placeholder}}`);
      expect(readFileSync(`functions/${files.get(file)}`, 'utf8')).toMatch(/^export const handler = /m);
    },
  );

  it.each(tasks.map(({ title, state }) => [title, state] as const))(
    '%s is tried again after a fault of the moment, at different times',
    (_title, state) => {
      const [retrier] = state.Retry ?? [];
      expect(retrier?.ErrorEquals).toContain('TemporarilyUnavailable');
      expect(retrier?.ErrorEquals).toContain('Lambda.TooManyRequestsException');
      expect(retrier).toMatchObject({ MaxAttempts: 8, JitterStrategy: 'FULL' });
    },
  );

  it('of deploy-team that fails for good releases the team; the release itself is the last resort', () => {
    const own = tasks.filter(({ machine }) => machine === 'deploy-team');
    for (const { title, state } of own.filter(each => each.title !== 'Release team')) {
      expect(state.Catch?.at(-1), title).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'Release team' });
    }
    expect(own.find(({ title }) => title === 'Release team')?.state.Catch).toBeUndefined();
  });
});
