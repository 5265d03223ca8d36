import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'relief-commands-'));
const sample = 'infra/local/demonstration/sample-alert/us6000jllz.json';
const roster = join(folder, 'roster.csv');
/** Something else that listens: not a relief desk. */
let other: Server;
let port: string;

beforeAll(async () => {
  writeFileSync(roster, 'expertId\nE-1\n');
  other = createServer((_incoming, outgoing) => outgoing.writeHead(404).end('<h1>Not here</h1>'));
  await new Promise<void>(done => other.listen(0, '127.0.0.1', done));
  port = String((other.address() as AddressInfo).port);
});
afterAll(() => {
  other.close();
  rmSync(folder, { recursive: true });
});

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string; lines: string[] }>(done => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', `infra/local/commands/${command}.ts`, ...args],
      { env: { ...process.env, ...env }, timeout: 40_000 },
      (_error, out, err) => done({ code: child.exitCode, out, lines: err.trim().split('\n') }),
    );
  });

describe('a command that is called wrongly says so in one line and ends with 2', () => {
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['drill', [], {}, /^no file given/],
    ['drill', ['none.json'], {}, /^none\.json: no such file$/],
    ['drill', [sample, '--seed', 'one'], {}, /^--seed one: not a whole number from 0$/],
    ['drill', [sample, '--people', 'happy'], {}, /^--people happy: not one of eager, typical, reluctant$/],
    ['start', ['now'], {}, /^unexpected argument "now"/],
    ['start', [], { PORT: 'http' }, /^PORT=http: not a port$/],
    ['start', [], { RELIEF_PEOPLE: 'happy' }, /^RELIEF_PEOPLE=happy: not one of eager, typical, reluctant$/],
    ['import', ['people', roster], {}, /^"people" cannot be imported/],
    ['import', ['roster', 'none.csv'], {}, /^none\.csv: no such file$/],
  ])('%s %j %j', async (command, args, env, line) => {
    const { code, out, lines } = await run(command, args, { RELIEF_DATA_DIR: folder, ...env });
    expect({ code, out, lines }).toEqual({ code: 2, out: '', lines: [expect.stringMatching(line)] });
  });
});

describe('a command that cannot do its work says why in one line and ends with 1', () => {
  it('start, when its port is taken', async () => {
    const data = mkdtempSync(join(folder, 'data-'));
    const { code, lines } = await run('start', [], { PORT: port, RELIEF_DATA_DIR: data });
    expect(lines).toEqual([`Port ${port} is in use; set PORT to another one.`]);
    expect(code).toBe(1);
  });

  it('import, when no desk has ever run there', async () => {
    const data = join(folder, 'nothing-yet');
    const { code, out, lines } = await run('import', ['roster', roster], { RELIEF_DATA_DIR: data });
    expect({ code, out, lines }).toEqual({
      code: 1,
      out: '',
      lines: [`No desk has run with its data in ${data}: start it with npm start.`],
    });
  });

  it('import, when the desk does not run now', async () => {
    const data = mkdtempSync(join(folder, 'stopped-'));
    writeFileSync(join(data, 'desk-token'), 'a-token\n');
    // Nobody listens on the port of discarded packets.
    const env = { RELIEF_DATA_DIR: data, PORT: '9' };
    const { code, lines } = await run('import', ['roster', roster, '--json'], env);
    expect([code, lines]).toEqual([
      1,
      ['The desk is not running on http://localhost:9: start it with npm start.'],
    ]);
  });

  it('import, when something else answers there', async () => {
    const data = mkdtempSync(join(folder, 'other-'));
    writeFileSync(join(data, 'desk-token'), 'a-token\n');
    const env = { RELIEF_DATA_DIR: data, PORT: port };
    const { code, out, lines } = await run('import', ['stock', roster], env);
    expect({ code, out, lines }).toEqual({
      code: 1,
      out: '',
      lines: [`http://localhost:${port} answered 404, not as a relief desk does: is it one?`],
    });
  });
});
