import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aCandidate, anInstance, seats } from './instances.ts';

const folder = mkdtempSync(join(tmpdir(), 'match-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const match = (...given: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'infra/local/commands/match.ts', ...given],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

describe('npm run match', () => {
  const instance = anInstance({ experts: [aCandidate('E-1')], seats: seats('rescue', 'fire-rescue', 2) });

  it('prints the match as JSON alone', () => {
    const { status, stdout, stderr } = match(file('good.json', instance), '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      picks: [{ seatId: 'rescue/fire-rescue/1', expertId: 'E-1' }],
      empty: [{ seatId: 'rescue/fire-rescue/2' }],
      stages: [{ goal: 'critical seats empty', value: 0, bound: 0 }, { value: 1, bound: 1 }, {}, {}, {}, {}],
    });
  });

  it('prints it for a reader', () => {
    const { stdout } = match(file('good.json', instance));
    expect(stdout).toContain('rescue/fire-rescue/2  EMPTY  Of 1 qualified: 1 takes a seat of this role.');
    expect(stdout).toContain('seats empty: 1 (proven best)');
  });

  const wrong: [string, string[], RegExp][] = [
    ['no file', [], /no file given/],
    ['a file that is not there', [join(folder, 'none.json')], /none\.json: no such file\n$/],
    ['no JSON', [file('text.json', 'hello\nworld')], /text\.json: not JSON: .+\n$/],
    [
      'a wrong value',
      [file('wrong.json', { ...instance, experts: [{ ...aCandidate('E-1'), missions: -1 }] })],
      /wrong\.json: experts\[0\]\.missions: .+\n$/,
    ],
    [
      'a contradiction',
      [file('twice.json', { ...instance, experts: [aCandidate('E-1'), aCandidate('E-1')] })],
      /twice\.json: experts\[1\]\.expertId: "E-1" is there twice\n$/,
    ],
    ['two files', [file('good.json', instance), file('good.json', instance)], /one instance at a time/],
  ];
  it.each(wrong)('answers %s with one line and exit code 2', (_, given, line) => {
    const { status, stdout, stderr } = match(...given);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
