import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AslDefinition } from '../../../infra/local/workflow/definition.ts';
import { checkDefinition } from '../../../infra/local/workflow/definition-check.ts';
import { DefinitionRefused } from '../../../infra/local/workflow/errors.ts';
import { expressionsOf } from '../../../infra/local/workflow/expression-uses.ts';
import { ask, bench, call, machine } from './bench.ts';

const check = (definition: unknown) => checkDefinition('deploy', definition);
const pass = { Type: 'Pass', End: true };

describe('a definition', () => {
  it.each([
    [
      'a kind of state',
      { A: { Type: 'Parallel', Branches: [] } },
      'state "A": Type "Parallel" is not supported',
    ],
    ['a field', { A: call('f', { HeartbeatSeconds: 5 }) }, 'state "A": HeartbeatSeconds is not supported'],
    ['a JSONPath field', { A: { ...pass, ResultPath: '$.x' } }, 'state "A": ResultPath is not supported'],
    [
      'a field of a retrier',
      { A: call('f', { Retry: [{ ErrorEquals: ['X'], Multiplier: 2 }] }) },
      'state "A": Retry[0].Multiplier is not supported',
    ],
    [
      'a resource',
      { A: call('f', { Resource: 'arn:aws:states:::sns:publish' }) },
      'state "A": Resource "arn:aws:states:::sns:publish" is not supported',
    ],
    [
      'an argument',
      { A: call('f', { Arguments: { FunctionName: 'f', InvocationType: 'Event' } }) },
      'state "A": Arguments.InvocationType is not supported',
    ],
    [
      'a distributed map',
      {
        A: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: pass } },
          End: true,
        },
      },
      'state "A": ItemProcessor.ProcessorConfig.Mode "DISTRIBUTED" is not supported',
    ],
    [
      'a field in a map',
      {
        A: { Type: 'Map', ItemProcessor: { StartAt: 'B', States: { B: { ...pass, Result: 1 } } }, End: true },
      },
      'state "B": Result is not supported',
    ],
    [
      'a callback in a map',
      { A: { Type: 'Map', ItemProcessor: { StartAt: 'B', States: { B: ask('f') } }, End: true } },
      'state "B": Resource: a callback inside a Map is not supported',
    ],
    [
      'a wait in a map',
      {
        A: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Wait', Seconds: 1, End: true } } },
          End: true,
        },
      },
      'state "B": Type "Wait" inside a Map is not supported',
    ],
    [
      'an error name',
      { A: call('f', { Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'] }] }) },
      '"States.HeartbeatTimeout" is not supported',
    ],
  ])('is refused for %s that is not supported, by machine, state and field', (_, states, problem) => {
    const problems = check(machine(states as Record<string, object>));
    expect(problems.join('\n')).toContain(problem);
    expect(problems.every(line => line.startsWith('deploy: '))).toBe(true);
  });

  it.each([
    [
      'another query language',
      machine({ A: pass }, { QueryLanguage: 'JSONPath' }),
      'QueryLanguage "JSONPath"',
    ],
    ['no query language', { StartAt: 'A', States: { A: pass } }, 'deploy: QueryLanguage is missing'],
    ['no object', null, 'deploy: '],
    ['no start', machine({ A: pass }, { StartAt: 'X' }), 'deploy: StartAt "X" is not a state'],
    ['a lost target', machine({ A: { Type: 'Pass', Next: 'X' } }), 'state "A": Next "X" is not a state'],
    [
      'a lost catch',
      machine({ A: call('f', { Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }) }),
      'Catch[0].Next "B" is not a state',
    ],
    ['no end', machine({ A: { Type: 'Pass' } }), 'state "A": takes exactly one of Next and End'],
    ['two ends', machine({ A: { ...pass, Next: 'A' } }), 'state "A": takes exactly one of Next and End'],
    ['a state that nothing leads to', machine({ A: pass, B: pass }), 'state "B": is never reached'],
    [
      'a callback without a timeout',
      machine({ A: ask('f', { TimeoutSeconds: undefined }) }),
      'could wait for ever',
    ],
    ['a timeout of zero', machine({ A: call('f', { TimeoutSeconds: 0 }) }), 'state "A": TimeoutSeconds'],
    ['half a timeout', machine({ A: call('f', { TimeoutSeconds: 1.5 }) }), 'state "A": TimeoutSeconds'],
    [
      'two waits',
      machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true } }),
      'takes exactly one of Seconds and Timestamp',
    ],
    ['no wait', machine({ A: { Type: 'Wait', End: true } }), 'takes exactly one of Seconds and Timestamp'],
    [
      'a wildcard that is not last',
      machine({ A: call('f', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }) }),
      'Retry[0].ErrorEquals: States.ALL stands alone and last',
    ],
    [
      'a longest delay below the first',
      machine({ A: call('f', { Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 9, MaxDelaySeconds: 9 }] }) }),
      'MaxDelaySeconds must be more than IntervalSeconds',
    ],
    [
      'a name that is taken',
      machine({ A: { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: pass } }, End: true } }),
      'state "A": has the name of another state',
    ],
    [
      'a condition that is no expression',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] }, B: pass }),
      'Choices[0].Condition',
    ],
  ])('is refused for %s', (_, definition, problem) => {
    expect(check(definition).join('\n')).toContain(problem);
  });

  it('is refused with all its problems at once, before anything runs', () => {
    expect(() => bench(machine({ A: { Type: 'Pass', Next: 'X', Result: 1 } }))).toThrow(DefinitionRefused);
  });
});

describe('an expression', () => {
  const output = (expression: string, more: object = {}) =>
    check(machine({ A: { ...pass, Output: { deep: [expression] }, ...more } })).join('\n');

  it.each([
    ['{% deploymentId %}', 'Output.deep[0] reads "deploymentId" of nothing'],
    ['{% $count(seats) %}', 'reads "seats" of nothing'],
    ['{% $states.input.seats[role = wanted].($x := name; $x) & other %}', 'reads "other" of nothing'],
    ['{% $filter($states.input.seats, function($s) { role = "x" }) %}', 'reads "role" of nothing'],
    ['{% * %}', 'reads * of nothing'],
    ['{% $ %}', 'uses $ where there is no context'],
    ['{% $$.x %}', 'uses $$'],
    ['{% $seats %}', 'reads $seats, which no state assigns'],
    ['{% $eval("1") %}', 'calls $eval'],
    ['{% $states %}', 'reads $states whole'],
    ['{% $lookup($states, "input") %}', 'reads $states whole'],
    ['{% $states.inputs.x %}', 'reads $states.inputs, which does not exist here'],
    ['{% $states.result %}', 'reads $states.result, which does not exist here'],
    ['{% $states.errorOutput %}', 'reads $states.errorOutput, which does not exist here'],
    [
      '{% $states.context.Execution.RoleArn %}',
      'reads $states.context.Execution.RoleArn, which is not supported',
    ],
    ['{% $states.context.Task.Token %}', 'reads a task token where there is none'],
    ['{% $states.context.Map.Item.Value %}', 'reads the item of a Map outside of one'],
    ['{% $toMillis("12:00", "[H]:[m]") %}', 'calls $toMillis with a picture'],
    ['{% $states.input.( %}', 'does not parse'],
    ['{% $states.input', 'takes {% and %} at its very ends'],
    [' {% $states.input %}', 'takes {% and %} at its very ends'],
  ])('%s is refused at load', (expression, problem) => {
    expect(output(expression)).toContain(problem);
  });

  it.each([
    '{% $states.input.seats[role = "leader" and $.open].name %}',
    '{% $states.input.seats^(>rank).{"name": name, "first": $substring(name, 0, 1)} %}',
    '{% ($open := $states.input.seats[open]; $count($open) > 0 ? $open[0] : null) %}',
    '{% $map($states.input.seats, function($seat, $index) { $seat.name & $index }) %}',
    '{% $reduce([1..3], function($sum, $n) { $sum + $n }) %}',
    '{% $states.input.seats@$s.people#$i.{"seat": $s.name, "place": $i, "person": name} %}',
    '{% $states.input.seats{role: $count($)} %}',
    '{% $states.input.seats.{"role": role, "event": %.eventId} %}',
    '{% $states.input ~> |seats|{"open": true}| %}',
    '{% $states.input.seats ~> $count %}',
    '{% [$range(1, 9, 2), $partition([1..4], 2), $uuid(), $hash("a", "SHA-256"), $random()] %}',
    '{% $exists($states.input.seats.*) or $states.input.**.x %}',
    '{% $states.context.Execution.Input.anything.at.all %}',
    '{% $not($states.input.a in ["x"]) and /x+/i %}',
    'plain text with {% inside of it %} and after',
  ])('%s is accepted', expression => {
    expect(output(expression)).toBe('');
  });

  it('may read a variable only where some state of its own or an outer scope assigns it', () => {
    const read = { ...pass, Output: '{% $seats %}' };
    const assign = { Type: 'Pass', Assign: { seats: 1 }, Next: 'B' };
    const map = (inner: object) => ({
      Type: 'Map',
      ItemProcessor: { StartAt: 'I', States: { I: inner } },
      End: true,
    });
    expect(check(machine({ A: assign, B: read }))).toEqual([]);
    expect(check(machine({ A: assign, B: map(read) }))).toEqual([]);
    expect(
      check(
        machine({ A: { ...map({ ...pass, Assign: { seats: 1 } }), Next: 'B', End: undefined }, B: read }),
      ),
    ).toEqual(['deploy: state "B": Output reads $seats, which no state assigns']);
  });

  it('offers the result after a task, the error in a catcher and the token to a callback', () => {
    const catcher = { ErrorEquals: ['X'], Next: 'B', Output: '{% $states.errorOutput.Error %}' };
    const good = machine({
      A: ask('f', { Output: '{% $states.result %}', Catch: [catcher], Next: 'B', End: undefined }),
      B: pass,
    });
    expect(check(good)).toEqual([]);
    const crossed = machine({
      A: ask('f', {
        Output: '{% $states.errorOutput %}',
        Catch: [{ ...catcher, Output: '{% $states.result %}' }],
        Next: 'B',
        End: undefined,
      }),
      B: pass,
    });
    expect(check(crossed)).toHaveLength(2);
  });
});

describe('a variable', () => {
  it.each(['count', 'now', 'sum', 'states', 'uuid', 'eval'])('cannot be named $%s', name => {
    const problems = check(machine({ A: { ...pass, Assign: { [name]: 1 } } }));
    expect(problems.join()).toContain(`Assign.${name} is the name of a function`);
  });

  it('cannot have a name that is none, nor be assigned from within a map', () => {
    expect(check(machine({ A: { ...pass, Assign: { 'two words': 1 } } })).join()).toContain('is not a name');
    const inner = { ...pass, Assign: { seats: 2 } };
    expect(
      check(
        machine({
          A: { Type: 'Pass', Assign: { seats: 1 }, Next: 'B' },
          B: { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: inner } }, End: true },
        }),
      ),
    ).toEqual(['deploy: state "I": Assign.seats belongs to an outer scope, which a Map cannot assign']);
  });
});

describe('the machines of this repository', () => {
  const folder = new URL('../../../workflows/', import.meta.url);
  const files = readdirSync(folder).filter(file => file.endsWith('.asl.json'));

  it.each(files)('%s is supported whole', file => {
    const raw: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    expect(checkDefinition(file, raw)).toEqual([]);
    const uses = expressionsOf(AslDefinition.parse(raw));
    expect(uses.length).toBe(JSON.stringify(raw).split('"{%').length - 1);
  });
});
