import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  fill,
  nativeFunctions,
  randomStream,
  type Sight,
} from '../../../infra/local/workflow/expressions.ts';
import { start } from './bench.ts';

const sight = (input: unknown = {}, seed = 'seed'): Sight => ({
  states: { input },
  variables: { seats: [1, 2, 3] },
  nowMs: start,
  random: randomStream(seed),
});
const value = (text: string, input?: unknown, seed?: string) =>
  evaluate(`{% ${text} %}`, sight(input, seed), 'Output');

describe('an expression', () => {
  it('sees the time of the clock, not that of the machine', async () => {
    expect(await value('$now()')).toBe('2026-03-01T06:00:00.000Z');
    expect(await value('$millis()')).toBe(start);
    expect(await value('$now("[Y0001]-[M01]-[D01] [H01]:[m01]", "+0200")')).toBe('2026-03-01 08:00');
  });

  it('throws the same dice for the same seed', async () => {
    const text = '{"uuid": $uuid(), "number": $random(), "list": $shuffle([1..9])}';
    const drawn = (await value(text)) as { uuid: string; number: number; list: number[] };
    const { uuid, number, list } = drawn;
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(number).toBeGreaterThanOrEqual(0);
    expect(number).toBeLessThan(1);
    expect([...list].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await value(text)).toEqual(drawn);
    expect(await value(text, {}, 'other')).not.toEqual(drawn);
    expect(await value('$random(7) = $random(7)')).toBe(true);
  });

  it.each([
    ['$range(1, 10, 3)', [1, 4, 7, 10]],
    ['$range(5, 1, -2)', [5, 3, 1]],
    ['$range(5, 1, 1)', []],
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2], 9)', [[1, 2]]],
    ['$parse("{\\"a\\":[1]}").a', [1]],
    ['$hash("relief", "SHA-256")', createHash('sha256').update('relief').digest('hex')],
    ['$hash("relief", "MD5")', createHash('md5').update('relief').digest('hex')],
  ])('%s', async (text, expected) => {
    expect(await value(text)).toEqual(expected);
  });

  it.each([
    '$range(1, 2, 0)',
    '$range(1, 5000, 1)',
    '$partition([1], 0)',
    '$partition([1], 1.5)',
    '$parse("{")',
    '$hash("a", "CRC32")',
    '$error("no")',
    '$states.input.a + 1',
    '$states.input.missing',
    '$sum',
    '{"deep": [$sum]}',
    'function($x) { $x }',
    '1 / 0 ~> $string',
  ])('%s fails with States.QueryEvaluationError', async text => {
    await expect(value(text, { a: 'text' })).rejects.toMatchObject({ error: 'States.QueryEvaluationError' });
  });

  it('names the expression and its field when it fails', async () => {
    await expect(value('$states.input.missing')).rejects.toThrow(
      "The expression '$states.input.missing' of the field Output returned nothing (undefined)",
    );
  });

  it('gives copies without hidden marks', async () => {
    const input = { seats: [{ open: true }, { open: true }] };
    const seen = (await value('$states.input.seats[open]', input)) as { open: boolean }[];
    expect(Reflect.ownKeys(seen)).toEqual(['0', '1', 'length']);
    seen[0]!.open = false;
    expect(input.seats[0]!.open).toBe(true);
  });

  it('can be evaluated many times at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => value('$states.input.n * 2', { n })));
    expect(all).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
  });

  it('stands anywhere in a template and leaves other text alone', async () => {
    const template = {
      a: ['{% $seats[0] %}', 'plain {% no %} text', 3, null],
      b: { c: '{% $states.input %}' },
    };
    expect(await fill(template, sight({ x: 1 }), 'Output')).toEqual({
      a: [1, 'plain {% no %} text', 3, null],
      b: { c: { x: 1 } },
    });
    await expect(fill({ a: ['{% $states.input.y %}'] }, sight(), 'Output')).rejects.toThrow(
      'field Output.a[0]',
    );
  });

  it('knows every function of JSONata, so that no variable can hide one', async () => {
    const { readFileSync } = await import('node:fs');
    const { createRequire } = await import('node:module');
    const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
    const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)', defineFunction/g)].map(
      ([, name]) => name,
    );
    expect(new Set([...nativeFunctions, 'random', 'eval'])).toEqual(new Set(bound));
  });
});
