import { afterEach, describe, expect, it, vi } from 'vitest';
import { entryOf, flat, ofType, synthesise } from './synthesised.ts';

const { relief, entries } = synthesise('local');
const environment = process.env;

const functions = ofType(relief, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
  const { NODE_OPTIONS: _read, ...variables } = Properties.Environment.Variables as Record<string, unknown>;
  const name = entryOf(id);
  return { name, file: entries.get(name)!, variables };
});

afterEach(() => {
  process.env = environment;
});

describe('the environment of a function', () => {
  // An entry checks its settings when it is loaded, so that a missing one fails the deployment and not a mission.
  it.each(functions)('of $name is what its entry asks for, and no more', async ({ file, variables }) => {
    const asked = new Set<string>();
    const values = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, flat(value)]));
    process.env = new Proxy<NodeJS.ProcessEnv>(values, {
      get: (target, name) => {
        asked.add(String(name));
        return Reflect.get(target, name);
      },
    });
    vi.resetModules();
    const { handler } = await import(file);
    expect(handler).toBeTypeOf('function');
    expect(Object.keys(variables).filter(name => !asked.has(name))).toEqual([]);
  });
});
