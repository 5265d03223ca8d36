import { describe, expect, it } from 'vitest';
import { emscRss } from '../../../../functions/alerts/formats/earthquakes/emsc-rss.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

const item = (replace: Record<string, string> = {}) => {
  const text = `<item><title>Mw 7.8  CENTRAL TURKEY</title><link>https://www.emsc-csem.org/Earthquake/earthquake.php?id=1218444</link>
    <geo:lat>37.17</geo:lat><geo:long>37.08</geo:long><emsc:depth>20 f</emsc:depth><emsc:magnitude>Mw 7.8</emsc:magnitude>
    <emsc:time>2023-02-06 01:17:36 UTC</emsc:time><pubDate>Mon, 06 Feb 2023 01:40:00 +0000</pubDate></item>`;
  return Object.entries(replace).reduce((xml, [from, to]) => xml.replace(from, to), text);
};

const rss = (...items: string[]) =>
  documentOf(`<rss version="2.0" xmlns:geo="http://www.w3.org/2003/01/geo/" xmlns:emsc="https://www.emsc-csem.org">
    <channel><title>EMSC - Last 50 earthquakes</title><link>https://www.emsc-csem.org/</link>${items.join('')}</channel></rss>`);

describe('EMSC RSS', () => {
  it('reads a quake under its number on the web', () => {
    expect(draftsOf(emscRss.read(rss(item())))).toMatchObject([
      {
        source: 'EMSC',
        sourceId: '1218444',
        ownIds: ['emsc:1218444'],
        revision: '2023-02-06T01:40:00.000Z',
        occurredAt: '2023-02-06T01:17:36.000Z',
        level: 'Unknown',
        position: { latitude: 37.17, longitude: 37.08 },
        measures: [
          { name: 'magnitude', value: 7.8 },
          { name: 'depthKm', value: 20 },
        ],
      },
    ]);
  });

  it('names what is broken, and reads the others', () => {
    const items = [
      item({ 'id=1218444': 'q=1' }),
      item({ '01:17:36 UTC': 'noon' }),
      item({ '37.17': '' }),
      item({ '37.17': '97.17' }),
      item({ '37.17': '0.0', '37.08': '0' }),
      item({ 'Mw 7.8</emsc': '</emsc' }),
      item(),
    ];
    expect(outcomesOf(emscRss.read(rss(...items)))).toEqual([
      'rejected: no number of the quake in the address of its page',
      'rejected: time "2023-02-06 noon" is none',
      'rejected: no latitude and longitude',
      'rejected: latitude 97.17 is beyond 90: it seems swapped with the longitude 37.08',
      'rejected: position 0,0 stands for a missing one',
      'Alert EMSC:1218444',
      'Alert EMSC:1218444',
    ]);
  });

  it('recognises its own feed, also an empty one, and no other', () => {
    expect(emscRss.recognises(rss())).toBe(true);
    expect(emscRss.recognises(documentOf('<rss><channel><title>News</title><item/></channel></rss>'))).toBe(
      false,
    );
  });

  it.skipIf(capturesAbsent)('reads fifty quakes of the Petrinja series', () => {
    const document = captured('emsc/rss-2020-12-30.xml');
    const drafts = draftsOf(emscRss.read(document));
    expect(new Set(drafts.map(draft => draft.sourceId)).size).toBe(50);
    expect(emptyPlaces(emscRss, document)).toEqual([]);
  });
});
