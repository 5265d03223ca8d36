import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateInstance } from '../../infra/local/instances/generator.ts';
import { instanceJsonSchema } from '../../infra/local/instances/instance-file.ts';
import { runMatch } from '../../infra/local/instances/match-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'match-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The command in this process. */
const match = async (...given: string[]) => {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await runMatch(given, { print: text => out.push(text), note: line => notes.push(line) });
  return { code, out: out.join('\n'), notes };
};

/** The command as a process of its own. */
const spawned = (...given: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>(done => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'infra/local/commands/match.ts', ...given],
      (_error, out, err) => done({ code: child.exitCode, out, err }),
    );
  });

const documented = readFileSync('docs/matching-instance.md', 'utf8');
const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(documented)![1]!);
const { goods, ...people } = example;
const instance = generateInstance({ seed: 5, seats: 20, people: 150, kind: 'tight' });

describe('the documented example', () => {
  it('is matched as the text says', async () => {
    const { code, out, notes } = await match(file('example.json', example), '--json');
    expect({ code, notes }).toEqual({ code: 0, notes: [] });
    const { picks, standby, certificate, goods: planned } = JSON.parse(out);
    expect(picks.map((pick: { expertId: string }) => pick.expertId).sort()).toEqual(['E-1', 'E-2']);
    expect(standby).toEqual([{ teamType: 'medical-1', role: 'emergency-doctor', expertIds: ['E-4'] }]);
    expect(certificate.stages.map((stage: { gap: number }) => stage.gap)).toEqual(
      certificate.stages.map(() => 0),
    );
    expect(planned.lines).toMatchObject([{ item: 'tent', quantity: 120, laneId: 'charter' }]);
  });

  it('needs the rule: without it the cheaper doctor goes', async () => {
    const { out } = await match(file('no-rule.json', { ...people, teamRules: [] }), '--json');
    const { picks } = JSON.parse(out);
    expect(picks.map((pick: { expertId: string }) => pick.expertId).sort()).toEqual(['E-2', 'E-4']);
  });

  it('names every field of an instance', () => {
    const names = new Set<string>();
    const walk = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') for (const name of Object.keys(value)) names.add(name);
        walk(value);
      }
    };
    walk(instanceJsonSchema());
    const unnamed = [...names].filter(name => !new RegExp(`[\`"]${name}[\`"]`).test(documented));
    expect(unnamed.filter(name => !['latitude', 'longitude', 'ja'].includes(name))).toEqual([]);
    expect(names.size).toBeGreaterThan(80);
  });
});

describe('the plan for a reader', () => {
  it('goes team by team, with reasons, stand-by, goals, and what a change would do', async () => {
    const { code, out } = await match(file('example.json', example));
    expect(code).toBe(0);
    expect(out).toMatch(/medical.+: 2 of 2 seats filled\n=+/i);
    expect(out).toMatch(
      /emergency doctor, critical: 2 of 2\n {2}doctor-1 {2}E-\d {2}arrives 2 Mar 2026 \d\d:\d\d\n {6}\S/,
    );
    expect(out).toContain('  stand-by: E-4');
    expect(out).toMatch(/latest arrival, medical-1 +\d+ min \(.+\) +proven best/);
    expect(out).toMatch(/Goods\n=+\n120 tent, 12 whole pallets: miami by charter/);
    expect(out).toMatch(/checked: every pick is allowed, and the proof holds$/);
  });

  it('shows empty seats and broken rules', async () => {
    const shortOf = { ...people, experts: people.experts.slice(1, 2) };
    const { code, out } = await match(file('short.json', shortOf));
    expect(code).toBe(0);
    expect(out).toMatch(/1 of 2 seats filled/);
    expect(out).toMatch(/EMPTY\n {6}\S/);
    expect(out).toMatch(/rule SPEAKERS BROKEN by 1 person\n {6}\S/);
  });

  it('prints goods alone', async () => {
    const { code, out } = await match(file('goods.json', { goods }));
    expect(code).toBe(0);
    expect(out).toMatch(/^Goods\n/);
    expect(JSON.parse((await match(file('goods.json', { goods }), '--json')).out)).toHaveProperty(
      'goods.lines',
    );
  });
});

describe('--check', () => {
  let answered: { picks: { seatId: string; expertId: string }[]; certificate: { stages: object[] } };
  const given = file('instance.json', instance);
  const check = (name: string, answer: unknown) => match(given, '--check', file(name, answer));

  beforeAll(async () => {
    answered = JSON.parse((await match(given, '--json')).out);
  });

  it('accepts the answer that was given', async () => {
    expect(await check('answer.json', answered)).toMatchObject({ code: 0, notes: [] });
  });

  it('refuses somebody who may not sit there, a seat left out, and a number changed', async () => {
    const [first, ...others] = answered.picks;
    const stranger = instance.experts.find(
      each => !answered.picks.some(pick => pick.expertId === each.expertId),
    )!;
    const answers = [
      { ...answered, picks: [{ ...first!, expertId: stranger.expertId }, ...others] },
      { ...answered, picks: others },
      {
        ...answered,
        certificate: {
          ...answered.certificate,
          stages: answered.certificate.stages.map((stage, i, all) =>
            i === all.length - 1 ? { ...stage, value: 1, bound: 1, gap: 0 } : stage,
          ),
        },
      },
    ];
    for (const [i, answer] of answers.entries()) {
      const { code, notes } = await check(`changed-${i}.json`, answer);
      expect(code).toBe(1);
      expect(notes[0]).toMatch(/^refused: \S/);
    }
  });

  it('refuses it for another instance', async () => {
    const other = file('other.json', { ...instance, excludedExpertIds: [answered.picks[0]!.expertId] });
    const { code, notes } = await match(other, '--check', file('answer.json', answered), '--json');
    expect(code).toBe(1);
    expect(notes.join('\n')).toContain(answered.picks[0]!.expertId);
  });

  it('says where an answer is none', async () => {
    await expect(check('no-answer.json', { picks: [] })).rejects.toThrow(/no-answer\.json: \S+: /);
  });
});

describe('--why', () => {
  it('says what stands against a person, role by role', async () => {
    const { code, out } = await match(file('example.json', example), '--why', 'E-3');
    expect(code).toBe(0);
    expect(out).toMatch(/^medical-1\/emergency-doctor\n {4}.*clearance/);
  });

  it('knows nobody of that name', async () => {
    await expect(match(file('example.json', example), '--why', 'E-9')).rejects.toThrow(
      /nobody is called "E-9"/,
    );
    await expect(match(file('goods.json', { goods }), '--why', 'E-1')).rejects.toThrow(/goods alone/);
  });
});

describe('wrong use', () => {
  const expert = instance.experts[0]!;
  const wrong: [string, string[], RegExp][] = [
    ['no file', [], /^no file given/],
    ['a file that is not there', [join(folder, 'none.json')], /none\.json: no such file$/],
    ['no JSON', [file('text.json', 'hello\nworld')], /text\.json: not JSON: [^\n]+$/],
    ['no instance', [file('list.json', [])], /list\.json: \(whole\): [^\n]+$/],
    [
      'a wrong value',
      [file('wrong.json', { ...instance, experts: [{ ...expert, missions: -1 }] })],
      /wrong\.json: experts\[0\]\.missions: [^\n]+$/,
    ],
    [
      'a contradiction',
      [file('twice.json', { ...instance, experts: [expert, expert] })],
      /twice\.json: experts\[1\]\.expertId: "[^"]+" is there twice$/,
    ],
    [
      'more rules than can be kept',
      [
        file('rules.json', {
          ...instance,
          teamRules: Array.from({ length: 33 }, (_, i) => ({ ...instance.teamRules[0]!, ruleId: `R-${i}` })),
        }),
      ],
      /rules\.json: teamRules: 33 rules/,
    ],
    ['wrong goods', [file('no-goods.json', { goods: { ...goods, needs: 7 } })], /goods\.needs: [^\n]+$/],
    ['two files', [file('a.json', instance), file('b.json', instance)], /one instance at a time/],
    ['two questions', [file('a.json', instance), '--why', 'E', '--check', 'b'], /one at a time/],
    [
      'an answer that is not there',
      [file('a.json', instance), '--check', 'none.json'],
      /none\.json: no such file/,
    ],
  ];
  it.each(wrong)('%s is answered with one line', async (_, given, line) => {
    await expect(match(...given)).rejects.toMatchObject({
      name: 'WrongUse',
      message: expect.stringMatching(line),
    });
  });

  it('names a field that may be misspelt, and goes on', async () => {
    const { code, notes } = await match(file('odd.json', { ...people, teamrules: [] }), '--json');
    expect(code).toBe(0);
    expect(notes).toEqual([
      expect.stringMatching(/odd\.json: teamrules: no field of an instance; left out$/),
    ]);
  });
});

describe('the process', () => {
  it('ends with 0 and prints the answer alone, byte order mark or not', async () => {
    const { code, out, err } = await spawned(file('bom.json', `\uFEFF${JSON.stringify(people)}`), '--json');
    expect({ code, err, picks: JSON.parse(out).picks.length }).toEqual({ code: 0, err: '', picks: 2 });
  });
});
