import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDigestOf } from '../../functions/alerts/events/identity.ts';
import { readBody } from '../../functions/alerts/intake.ts';
import { capInfo, capMessage, gdacsItem, gdacsRss, read, usgsFeature, usgsFeed } from './messages.ts';

describe('reading a body', () => {
  it.each([
    ['nothing', '', 'UnreadableDocument', 'empty document'],
    ['white space', '\ufeff \n', 'UnreadableDocument', 'empty document'],
    ['a web page', '<!DOCTYPE html><html></html>', 'UnreadableDocument', 'a web page (HTML), not a feed'],
    ['a text', 'all is well', 'UnreadableDocument', 'neither XML nor JSON'],
    ['half a JSON', '{"type":', 'UnreadableDocument', 'not JSON: Unexpected end of JSON input'],
    ['some XML', '<quakes/>', 'UnknownFormat', 'no known alert format'],
    ['some JSON', '[1,2]', 'UnknownFormat', 'no known alert format'],
  ])('says what %s is, without a crash', async (_what, body, name, reason) => {
    expect(await read(body)).toMatchObject({
      format: null,
      problem: { name, reason },
      accepted: [],
      rejected: [{ item: 'document', reason }],
    });
  });

  it('refuses a DOCTYPE before anything in it can act', async () => {
    const attack = `<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>${capMessage({ identifier: '&x;' })}`;
    const reading = await read(attack);
    expect(reading.accepted).toEqual([]);
    expect(reading.problem?.reason).toMatch(/DOCTYPE is not accepted/);
  });

  it('never takes half a document', async () => {
    const body = gdacsRss([gdacsItem({ id: '1' }), gdacsItem({ id: '2' })]);
    const reading = await read(body.slice(0, -20));
    expect(reading).toMatchObject({ accepted: [], problem: { name: 'UnreadableDocument' } });
    expect(reading.problem?.reason).toMatch(/line \d+/);
  });

  it.each([
    ['deep nesting', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, /nested deeper than 64/],
    ['many attributes', `<a ${Array.from({ length: 65 }, (_, n) => `b${n}=""`).join(' ')}/>`, /more than 64/],
    ['a long attribute', `<a b="${'x'.repeat(70_000)}"/>`, /attribute longer/],
  ])('has a limit for %s', async (_what, body, reason) => {
    expect((await read(body)).problem?.reason).toMatch(reason);
  });

  it('survives JSON nested without end', async () => {
    const reading = await read(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(reading.format).toBeNull();
  });

  it('decodes by byte order mark, content type, declaration, then UTF-8', async () => {
    const message = (declaration: string) =>
      `${declaration}${capMessage({ infos: [capInfo({ headline: 'Überflutung – groß' })] })}`;
    const title = async (bytes: Uint8Array, contentType?: string) =>
      (await readBody(bytes, { contentType })).accepted[0]?.title;
    const latin = (text: string) => Buffer.from(text.replace('–', '\u0096'), 'latin1');

    expect(await title(Buffer.from(message('')))).toBe('Überflutung – groß');
    expect(await title(Buffer.from(`\ufeff\ufeff${message('')}`))).toBe('Überflutung – groß');
    expect(await title(Buffer.from(`\ufeff${message('')}`, 'utf16le'))).toBe('Überflutung – groß');
    expect(await title(latin(message('<?xml version="1.0" encoding="ISO-8859-1"?>')))).toBe(
      'Überflutung – groß',
    );
    expect(await title(latin(message('')), 'text/xml; charset=windows-1252')).toBe('Überflutung – groß');
  });

  it('reads bytes that are plainly not what they are declared to be, and says so; refuses what cannot be told', async () => {
    const latin = Buffer.from(capMessage({ infos: [capInfo({ headline: 'Überflutung' })] }), 'latin1');
    const [alert] = (await readBody(latin)).accepted;
    expect([alert?.title, alert?.remarks[0]]).toEqual([
      'Überflutung',
      expect.stringMatching(/is not utf-8: read as windows-1252/),
    ]);
    const declared = Buffer.from(`<?xml version="1.0" encoding="x-klingon"?>${capMessage()}`);
    expect((await readBody(declared)).problem?.reason).toBe('unknown encoding "x-klingon"');
  });

  it('gives an area whose middle lies at sea the coasts that it reaches', async () => {
    const area =
      '<area><areaDesc>strait</areaDesc><polygon>21,118 21,122 24,122 24,118 21,118</polygon></area>';
    const { accepted } = await read(capMessage({ infos: [capInfo({ event: 'Typhoon Warning', area })] }));
    expect(accepted[0]!.countries).toContain('TWN');
  });

  it('keeps what would repaint a terminal out of a title', async () => {
    const reading = await read(usgsFeature({ title: 'M 7\u001b[2J \u202eevil\u0007 quake\n' }));
    expect(reading.accepted[0]!.title).toBe('M 7 [2J evil quake');
  });

  it('gives the same message the same id and content digest in every poll', async () => {
    const first = await read(gdacsRss([gdacsItem()], 'Tue, 07 Feb 2023 00:00:00 GMT'));
    const later = await read(
      gdacsRss([gdacsItem({ id: '9' }), gdacsItem()], 'Wed, 08 Feb 2023 00:00:00 GMT'),
    );
    const [a, b] = [first.accepted[0]!, later.accepted[1]!];
    expect([a.alertId, contentDigestOf(a)]).toEqual([b.alertId, contentDigestOf(b)]);
    expect(a.rawDigest).not.toBe(b.rawDigest);
  });

  it('never throws, whatever is cut out of or put into a feed', async () => {
    const bodies = [
      gdacsRss([gdacsItem({ id: '1' }), gdacsItem({ id: '2' })]),
      capMessage(),
      JSON.stringify(usgsFeed([usgsFeature()])),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(40),
        fc.oneof(fc.string(), fc.constantFrom('<', '&', '"', '-1e999', 'null', '</item>', '\u0000', '[]')),
        async (body, at, length, inserted) => {
          const start = Math.floor(at * body.length);
          const reading = await read(body.slice(0, start) + inserted + body.slice(start + length));
          expect(reading.accepted.length + reading.rejected.length + reading.ignored.length).toBeLessThan(4);
        },
      ),
      { numRuns: 300 },
    );
  });
});
