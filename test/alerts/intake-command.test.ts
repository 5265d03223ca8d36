import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capMessage, gdacsItem, gdacsRss, usgsFeature } from './messages.ts';

const run = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>(done => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'infra/local/commands/intake.ts', ...args],
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

const folder = mkdtempSync(join(tmpdir(), 'intake-'));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const quake = file('quake.json', JSON.stringify(usgsFeature({ updated: '2023-02-06T02:00:00Z' })));
const gdacs = file('gdacs.xml', gdacsRss([gdacsItem(), gdacsItem({ id: '2', type: 'XX' })]));
const page = file('page.xml', '<!DOCTYPE html><html></html>');

describe('npm run intake', () => {
  it('prints files and events as JSON and nothing else on stdout', async () => {
    const { code, stdout } = await run(quake, gdacs, quake, page, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { file: quake, format: 'usgs-geojson', accepted: 1, duplicates: 0, ignored: [], rejected: [] },
        { file: gdacs, format: 'gdacs-rss', accepted: 1, duplicates: 0, rejected: [{ item: 'item[1] XX2' }] },
        { file: quake, accepted: 0, duplicates: 1 },
        { file: page, format: null, accepted: 0, rejected: [{ item: 'document' }] },
      ],
      events: [
        {
          eventId: 'EQ-20230206-us6000jllz',
          hazard: 'EQ',
          level: 'Red',
          title: 'M 7.8 - a place',
          state: 'open',
          occurredAt: '2023-02-06T01:17:34.000Z',
          countries: ['TUR'],
          position: { latitude: 37.226, longitude: 37.014 },
          alerts: [
            { source: 'GDACS', sourceId: 'EQ1355000', status: 'Actual' },
            {
              source: 'USGS',
              sourceId: 'us6000jllz',
              revision: '2023-02-06T02:00:00.000Z',
              status: 'Actual',
            },
          ],
          parentEventId: null,
        },
      ],
    });
  });

  it('prints a table without --json', async () => {
    const { code, stdout } = await run(quake, gdacs);
    expect(code).toBe(0);
    expect(stdout).toMatch(/open +Red +EQ +2023-02-06 01:17 +TUR +2 +EQ-20230206-us6000jllz +M 7.8/);
    expect(stdout).toContain('item[1] XX2: event type "XX" is none that GDACS has');
  });

  it('judges expiry by the newest time in the input, so that the result never changes', async () => {
    const warning = file('warning.cap', capMessage());
    const later = file('later.cap', capMessage({ identifier: 'B', sent: '2026-03-03T00:00:00Z' }));
    const states = async (...files: string[]) =>
      (JSON.parse((await run(...files, '--json')).stdout).events as { state: string }[]).map(e => e.state);
    expect(await states(warning)).toEqual(['open']);
    expect((await states(warning, later)).sort()).toEqual(['closed', 'open']);
  });

  it.each([
    [[], /^no file given/],
    [[join(folder, 'none.xml')], /none\.xml: no such file$/],
    [[quake, folder], /: not a file$/],
    [[quake, '--fast'], /^Unknown option '--fast'/],
  ])('ends a wrong use %j with exit 2 and one line', async (args, line) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr.trim()).toMatch(line);
  });

  it('ends with exit 2 when no file is of a known format, and still says why', async () => {
    const { code, stdout, stderr } = await run(page, '--json');
    expect([code, JSON.parse(stdout).files[0].format]).toEqual([2, null]);
    expect(stderr.trim()).toMatch(/page\.xml: a web page \(HTML\), not a feed$/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'usage: npm run -s intake -- FILE… [--json]']);
  });

  it('reads the sample that the first start replays', async () => {
    const { stdout } = await run('infra/local/demonstration/sample-alert/us6000jllz.json', '--json');
    expect(JSON.parse(stdout).events).toMatchObject([
      { eventId: 'EQ-20230206-us6000jllz', level: 'Red', countries: ['TUR'], state: 'open' },
    ]);
  });
});
