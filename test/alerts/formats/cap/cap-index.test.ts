import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../../functions/alerts/intake.ts';
import { read } from '../../messages.ts';
import { atom, capAtom, entry, linked, message, rss } from './cap-feeds.ts';

const captures = join(import.meta.dirname, '../../../../../shared/captures');

describe('an index of CAP messages', () => {
  it('is linked from, one message an entry', async () => {
    const reading = await read(
      atom(
        entry(linked('https://cap.example.org/1.xml')) +
          entry(linked('https://cap.example.org/2.xml', 'rel="related" type="application/cap+xml"'), 'urn:2'),
      ),
    );
    expect(reading.format).toBe('cap-index');
    expect(reading.links).toEqual([
      { place: 'entry[0]', url: 'https://cap.example.org/1.xml' },
      { place: 'entry[1]', url: 'https://cap.example.org/2.xml' },
    ]);
    expect(reading.ignored).toEqual([
      { item: 'entry[0] urn:1', reason: 'only links to cap.example.org' },
      { item: 'entry[1] urn:2', reason: 'only links to cap.example.org' },
    ]);
    expect([reading.accepted, reading.rejected, reading.madeAt]).toEqual([
      [],
      [],
      '2024-05-01T10:00:00.000Z',
    ]);
  });

  it.each([
    [
      'the CAP type before the page',
      linked('https://a.org/p', 'type="text/html"') + linked('https://a.org/c'),
    ],
    ['the CAP address before others', `${linked('https://a.org/x.xml', '')}${linked('https://a.org/c')}`],
    ['an enclosure', linked('https://a.org/c', 'rel="enclosure" type="application/cap+xml"')],
    ['content kept elsewhere', '<content src="https://a.org/c" type="application/cap+xml"/>'],
    ['a parameter of the type', linked('https://a.org/c', 'type="application/cap+xml; charset=utf-8"')],
    ['no fragment', linked('https://a.org/c#top')],
  ])('follows %s', async (_, links) => {
    expect((await read(atom(entry(links)))).links).toEqual([{ place: 'entry[0]', url: 'https://a.org/c' }]);
  });

  it.each([
    ['https://a.org/2024/flood.cap'],
    ['https://a.org/2024/flood.xml?lang=en'],
    ['https://a.org/cap/12345'],
    ['https://a.org/GetCapAlert.aspx?capID=NY-1'],
    ['http://alerts.weather.gov/cap/wwacapget.php?x=1'],
  ])('knows a message of RSS by its address: %s', async url => {
    const reading = await read(
      rss(`<item><title>x</title><link>${url.replace('&', '&amp;')}</link><guid>1</guid></item>`),
    );
    expect(reading.links).toEqual([{ place: 'item[0]', url }]);
  });

  it('reads RSS 1.0 and enclosures of RSS', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel><title>Alerts</title><link>https://a.org/</link></channel>
      <item><title>x</title><link>https://a.org/1.cap</link></item></rdf:RDF>`;
    expect((await read(rdf)).links).toEqual([{ place: 'item[0]', url: 'https://a.org/1.cap' }]);
    const enclosed =
      '<item><link>https://a.org/p</link><enclosure url="https://a.org/1" type="application/cap+xml"/></item>';
    expect((await read(rss(enclosed))).links).toEqual([{ place: 'item[0]', url: 'https://a.org/1' }]);
  });

  it.each([
    [
      'the base of the entry',
      atom(`<entry xml:base="https://b.org/x/"><id>1</id>${linked('m.cap')}</entry>`),
      'https://b.org/x/m.cap',
    ],
    [
      'the base of the entry within that of the feed',
      atom(`<entry xml:base="x/"><id>1</id>${linked('m.cap')}</entry>`).replace(
        '<feed',
        '<feed xml:base="https://b.org/"',
      ),
      'https://b.org/x/m.cap',
    ],
    [
      "the feed's own address",
      atom(
        entry(linked('/m.cap')),
        '<link href="https://c.org/"/><link rel="self" href="https://b.org/f/atom"/>',
      ),
      'https://b.org/m.cap',
    ],
    [
      'the page of an RSS channel',
      rss('<item><link>m.cap</link></item>'),
      'https://alerts.example.org/m.cap',
    ],
  ])('reads a relative link against %s', async (_, body, url) => {
    expect((await read(body)).links).toEqual([{ place: expect.stringMatching(/\[0\]$/), url }]);
  });

  it.each([
    ['a relative link to nothing', 'm.cap', 'its link is no address'],
    ['a script', 'javascript:alert(1)', 'its link begins with javascript:, not with http'],
    ['a file', 'file:///etc/passwd', 'its link begins with file:, not with http'],
    ['a password', 'https://:pw@a.org/m.cap', 'its link carries credentials'],
    ['a user', 'https://user@a.org/m.cap', 'its link carries credentials'],
    ['an endless address', `https://a.org/${'x'.repeat(3000)}.cap`, 'its link is no address'],
  ])('refuses %s', async (_, href, reason) => {
    const reading = await read(capAtom(entry(linked(href)) + entry(linked('https://a.org/m.cap'), 'urn:2')));
    expect(reading.rejected).toEqual([{ item: 'entry[0] urn:1', reason }]);
    expect(reading.links).toEqual([{ place: 'entry[1]', url: 'https://a.org/m.cap' }]);
  });

  it('takes a sound link of an entry before a broken one', async () => {
    const links = linked('javascript:x') + linked('https://a.org/m.cap', '');
    expect((await read(atom(entry(links)))).links).toEqual([
      { place: 'entry[0]', url: 'https://a.org/m.cap' },
    ]);
  });

  it('names each address once, and 2,000 at most', async () => {
    const entries = Array.from({ length: 2_005 }, (_, n) =>
      entry(linked(`https://a.org/${Math.max(1, n)}.cap`), `${n}`),
    );
    const reading = await read(atom(entries.join('')));
    expect(reading.links).toHaveLength(2_000);
    expect(reading.ignored).toHaveLength(2_005);
    expect(reading.ignored.slice(0, 2).map(each => each.reason)).toEqual([
      'only links to a.org',
      'only links to a.org',
    ]);
    expect(reading.ignored.at(-1)?.reason).toBe(
      'only links to a.org, beyond the 2000 links that are followed',
    );
  });

  it('names entries that lead nowhere', async () => {
    const reading = await read(
      capAtom(
        `<entry><title>x</title></entry>${entry('')}${entry(linked('https://a.org/p', 'type="text/html"'), 'urn:3')}
        <entry><id>f</id><title>There are no active watches, warnings or advisories</title>
        <link href="https://a.org/f"/></entry>`,
        '<id>https://a.org/f</id>',
      ),
    );
    expect(reading.rejected).toEqual([
      { item: 'entry[0]', reason: 'neither an id nor a link to a message' },
      { item: 'entry[1] urn:1', reason: 'no link to a message' },
      { item: 'entry[2] urn:3', reason: 'no link to a message' },
    ]);
    expect(reading.ignored).toEqual([{ item: 'entry[3] f', reason: 'says that nothing is in force' }]);
    expect(reading.links).toEqual([]);
  });

  it('does not follow an entry back to its own feed', async () => {
    const reading = await read(capAtom(entry(linked('https://a.org/f', '')), '<id>https://a.org/f</id>'));
    expect(reading.rejected).toEqual([{ item: 'entry[0] urn:1', reason: 'no link to a message' }]);
  });

  it('is empty when it declares CAP and has no entries', async () => {
    const reading = await read(capAtom(''));
    expect([reading.format, reading.problem, reading.accepted, reading.rejected]).toEqual([
      'cap-index',
      null,
      [],
      [],
    ]);
  });

  it.each([
    [
      'news',
      rss('<item><title>Flood in Iowa</title><link>https://news.org/2024/flood-cap-rises.html</link></item>'),
    ],
    ['a blog', atom(entry(linked('https://blog.org/1', 'type="text/html"')))],
    ['a blog about caps', rss('<item><link>https://shop.org/red-cap</link></item>')],
    ['feeds of feeds', atom(entry(linked('https://a.org/f.xml', 'type="application/atom+xml"')))],
    ['an empty feed', rss('')],
    ['no feed', '<entries><entry><link href="https://a.org/m.cap"/></entry></entries>'],
  ])('is not what %s is', async (_, body) => {
    expect((await read(body)).problem?.name).toBe('UnknownFormat');
  });
});

describe('entries that hold their message whole', () => {
  const whole = `<entry><id>1</id><content type="text/xml">${message('a.1')}</content></entry>`;

  it('are CAP when all are', async () => {
    const reading = await read(atom(whole));
    expect([reading.format, reading.accepted.map(alert => alert.sourceId)]).toEqual(['cap', ['a.1']]);
  });

  it('lose none of their neighbours, which only link', async () => {
    const reading = await read(
      atom(entry(linked('https://a.org/1.cap')) + whole + whole.replace('a.1', 'a.2')),
    );
    expect(reading.format).toBe('cap-index');
    expect(reading.accepted.map(alert => [alert.sourceId, alert.rawPlace])).toEqual([
      ['a.1', 'alert[0]'],
      ['a.2', 'alert[1]'],
    ]);
    expect(reading.links).toEqual([{ place: 'entry[0]', url: 'https://a.org/1.cap' }]);
  });

  it('count for the places of a feed inside an entry', async () => {
    const nested = `<entry><id>0</id>${linked('https://a.org/1.cap')}<content>${atom(entry(''))}</content></entry>`;
    const reading = await read(atom(nested + entry(linked('https://a.org/2.cap'))));
    expect(reading.links.map(link => link.place)).toEqual(['entry[0]', 'entry[2]']);
  });
});

describe.skipIf(!existsSync(captures))('indexes as they were published', () => {
  const bytesOf = (file: string) => new Uint8Array(readFileSync(join(captures, file)));

  it.each([
    ['cap-index/amber.atom', 'cap', 1, 0, 0, 0],
    ['cap-index/earthquake_index.atom', 'cap-index', 0, 1, 0, 1],
    ['cap-index/empty_weather_index.atom', 'cap-index', 0, 0, 0, 0],
    ['cap-index/invalid.rss', null, 0, 0, 1, 0],
    ['cap-index/no_id.atom', 'cap-index', 0, 0, 1, 0],
    ['cap-index/no_link.atom', 'cap-index', 0, 0, 1, 0],
    ['cap-index/nws-atom-392kB.xml', 'cap-index', 215, 0, 0, 0],
    ['cap-index/ny_index.rss', 'cap-index', 0, 2, 0, 2],
    ['cap-index/oregon_nws.atom', 'cap-index', 0, 1, 0, 1],
    ['cap-index/pelmorex.atom', 'cap-index', 0, 1, 0, 1],
    ['cap-index/us_nws_weather.atom', 'cap-index', 2, 0, 0, 0],
    ['cap-index/weather_index.atom', 'cap-index', 0, 2, 0, 2],
  ])(
    '%s is %s: %i accepted, %i ignored, %i rejected, %i links',
    async (file, format, accepted, ignored, rejected, links) => {
      const reading = await readBody(bytesOf(file));
      expect([
        reading.format,
        reading.accepted.length,
        reading.ignored.length,
        reading.rejected.length,
        reading.links.length,
      ]).toEqual([format, accepted, ignored, rejected, links]);
    },
  );
});
