import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Stands for the desk: keeps what it was sent and answers as told. */
let desk: Server;
let port: number;
const seen: { url: string; token: string; type: string; body: string }[] = [];
let answer: { status: number; body: unknown };

beforeAll(async () => {
  desk = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', text => {
      body += text;
    });
    request.on('end', () => {
      seen.push({
        url: `${request.method} ${request.url}`,
        token: request.headers.authorization ?? '',
        type: request.headers['content-type'] ?? '',
        body,
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>(resolve => desk.listen(0, 'localhost', resolve));
  port = (desk.address() as AddressInfo).port;
  file('desk-token', 'a-token\n');
});
afterAll(() => {
  desk.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  seen.length = 0;
  answer = {
    status: 200,
    body: {
      accepted: 2,
      changed: 1,
      rejected: [{ line: 214, column: 'languages', reason: '`TRK` is not a language code (TR is)' }],
      ignoredColumns: ['shoe size'],
      emails: { asked: 1, left: 3 },
    },
  };
});

const run = (given: string[], env: Record<string, string> = {}) =>
  new Promise<{ status: number | null; stdout: string; stderr: string }>(resolve => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'infra/local/commands/import.ts', ...given], {
      env: { ...process.env, PORT: String(port), RELIEF_DATA_DIR: folder, ...env },
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', text => {
      out.stdout += text;
    });
    child.stderr.on('data', text => {
      out.stderr += text;
    });
    child.on('close', status => resolve({ status, ...out }));
  });

describe('npm run import', () => {
  it('posts the file and names each bad row with line, column and reason', async () => {
    const { status, stdout, stderr } = await run(['roster', file('roster.csv', 'expertId\n森\n')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      'roster.csv line 214, `languages`: `TRK` is not a language code (TR is). Row left out.\n' +
        'roster.csv: the column `shoe size` is not read.\n' +
        '2 rows taken, 1 of them new or changed; 1 left out.\n' +
        '1 person asked to confirm the e-mail address.\n' +
        '3 more could not be asked this time: import the same file again.\n',
    );
    expect(seen).toEqual([
      {
        url: 'POST /api/roster',
        token: 'Bearer a-token',
        type: 'text/csv; charset=utf-8',
        body: 'expertId\n森\n',
      },
    ]);
  });

  it('prints the answer alone as JSON', async () => {
    const { stdout, stderr } = await run(['stock', file('stock.csv', 'x'), '--json', '--preview']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(answer.body);
    expect(seen[0]?.url).toBe('POST /api/stock?preview=true');
  });

  it('reads what a Japanese Excel writes', async () => {
    const shiftJis = Buffer.from([0x90, 0x58, 0x0d, 0x0a]);
    const { stderr } = await run(['roster', file('excel.csv', shiftJis)]);
    expect(stderr).toBe('excel.csv is not UTF-8: read as shift_jis.\n');
    expect(seen[0]?.body).toBe('森\r\n');
  });

  it('fails when no row was taken', async () => {
    answer.body = { ...(answer.body as object), accepted: 0, changed: 0 };
    expect((await run(['roster', file('roster.csv', 'x')])).status).toBe(1);
  });

  it.each([
    [422, { detail: 'line 1: the file is empty' }, 'line 1: the file is empty'],
    [401, { message: 'Unauthorized' }, 'does not know the token of this folder'],
    [404, 'nothing here', 'not as a relief desk does'],
  ])('says in one line why the desk refused (%i)', async (status, body, reason) => {
    answer = { status, body };
    const result = await run(['roster', file('roster.csv', 'x')]);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toContain(reason);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each<[string, string[], Record<string, string>, number, string]>([
    [
      'the desk is not running',
      ['roster', 'roster.csv'],
      { PORT: '1' },
      1,
      'The desk is not running on http://localhost:1',
    ],
    [
      'there is no token',
      ['roster', 'roster.csv'],
      { RELIEF_DATA_DIR: '/nowhere' },
      1,
      'No desk has run with its data in /nowhere',
    ],
    ['nothing is named', [], {}, 2, 'nothing to import'],
    ['another thing is named', ['people', 'roster.csv'], {}, 2, '"people" cannot be imported'],
    ['no file is named', ['roster'], {}, 2, 'one file at a time'],
    ['there are two files', ['roster', 'roster.csv', 'roster.csv'], {}, 2, 'one file at a time'],
    ['the file is missing', ['roster', 'missing.csv'], {}, 2, 'no such file'],
    ['an option is unknown', ['roster', 'roster.csv', '--fast'], {}, 2, '--fast'],
  ])('stops with one line when %s', async (_what, given, env, status, line) => {
    file('roster.csv', 'x');
    const paths = given.map(each => (each.endsWith('.csv') ? join(folder, each) : each));
    const result = await run(paths, env);
    expect(result).toMatchObject({ status, stdout: '' });
    expect(result.stderr).toContain(line);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });
});
