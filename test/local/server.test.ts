import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskServer, serve } from '../../infra/local/server.ts';
import { boot, type System } from '../../infra/local/system.ts';
import { createWallClock } from '../../infra/local/workflow/clock.ts';
import { fakeBlueprint } from './fake/fake-app.ts';

const phone = '+12065550123';
const folder = mkdtempSync(join(tmpdir(), 'relief-server-'));
const consoleDir = join(folder, 'console');
let system: System;
let server: DeskServer;

beforeAll(async () => {
  mkdirSync(join(consoleDir, 'lib'), { recursive: true });
  writeFileSync(join(consoleDir, 'index.html'), '<h1>Desk</h1>');
  writeFileSync(join(consoleDir, 'lib', 'app.js'), 'export {};');
  writeFileSync(join(folder, 'private.json'), '{}');
  system = await boot({ clock: createWallClock(), dataDir: 'memory', blueprint: fakeBlueprint() });
  server = await serve(system, { port: 0, consoleDir });
});
afterAll(async () => {
  await server.close();
  await system.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => fetch(`${server.url}${path}`);
const post = (
  path: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => fetch(`${server.url}${path}`, { method: 'POST', headers, body });

/** A request as no browser would send it. */
const raw = (path: string, headers: Record<string, string> = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(server.url);
    httpRequest({ host: '127.0.0.1', port, path, headers }, reply => {
      reply.resume();
      resolve(reply.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the desk on this machine', () => {
  it('takes a request with a token, shows what was sent, and lets a phone answer', async () => {
    const authorization = `Bearer ${await system.token({ name: 'Aiko', groups: ['desk'] })}`;
    const body = JSON.stringify({ phone });
    expect((await post('/missions', body)).status).toBe(401);
    const made = await post('/missions', body, { authorization, 'content-type': 'application/json' });
    expect(made.status).toBe(201);
    const outbox = async () => (await (await get('/local/outbox')).json()) as System['outbox'];
    await expect.poll(async () => (await outbox()).sms).toMatchObject([{ to: phone, segments: 1 }]);
    const answered = await post('/local/inbound-sms', JSON.stringify({ from: phone, text: 'yes' }));
    expect(answered.status).toBe(202);
    const { missionId } = (await made.json()) as { missionId: string };
    const arn = `arn:aws:states:eu-central-1:000000000000:execution:ask-a-person:${missionId}`;
    await expect
      .poll(async () => (await system.runner.describe(arn))?.output)
      .toEqual({
        missionId,
        state: 'going',
      });
  });

  it('leaves a token for the desk', async () => {
    const token = system.disk.secret('desk-token', () => 'none');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    expect((await post('/missions', JSON.stringify({ phone }), headers)).status).toBe(201);
  });

  it.each([
    ['a number that is none', '{"from":"12","text":"yes"}', 422, 'from: '],
    ['more than it should have', `{"from":"${phone}","text":"yes","to":"x"}`, 422, 'Unrecognized key'],
    ['no JSON', '{', 400, 'not valid JSON'],
  ])('refuses an SMS with %s', async (_name, body, status, detail) => {
    const reply = await post('/local/inbound-sms', body);
    expect(reply.status).toBe(status);
    expect(((await reply.json()) as { detail: string }).detail).toContain(detail);
  });

  it('refuses a form of another site and a name that is not this machine', async () => {
    const form = await post('/local/inbound-sms', '{}', { 'content-type': 'text/plain' });
    expect(form.status).toBe(415);
    expect(await raw('/local/outbox', { host: 'evil.example' })).toBe(403);
    expect(await raw('/local/outbox', { host: 'localhost:1' })).toBe(200);
  });

  it('says that it is well and shows the keys of its tokens', async () => {
    expect(await (await get('/local/health')).json()).toEqual({ status: 'ok', deadLetters: 0 });
    const keys = await (await get('/local/jwks.json')).json();
    expect(keys).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(await (await get('/.well-known/jwks.json')).json()).toEqual(keys);
  });

  it('serves the console and nothing beside it', async () => {
    const index = await get('/');
    expect([index.status, index.headers.get('content-type'), await index.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<h1>Desk</h1>',
    ]);
    expect((await get('/lib/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await (await get('/deployments/d1')).text()).toBe('<h1>Desk</h1>');
    expect((await get('/lib/none.js')).status).toBe(404);
    expect((await get('/api/none')).status).toBe(404);
    expect((await get('/local/none')).status).toBe(404);
    expect(await raw('/../private.json')).toBe(404);
    expect(await raw('/..%2fprivate.json')).toBe(404);
    expect(await raw('/%00.html')).toBe(404);
  });

  it('refuses a body above ten megabytes', async () => {
    const reply = await post('/missions', 'x'.repeat(10 * 1024 * 1024 + 1)).catch(() => undefined);
    // The connection may be closed before the client has sent everything.
    expect(reply?.status ?? 413).toBe(413);
    expect((await get('/local/health')).status).toBe(200);
  });

  it('says in one line that its port is in use', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serve(system, { port, consoleDir })).rejects.toMatchObject({
      name: 'PortInUse',
      message: `Port ${port} is in use; set PORT to another one.`,
    });
  });
});
