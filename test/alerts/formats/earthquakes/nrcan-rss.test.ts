import { describe, expect, it } from 'vitest';
import { nrcanRss } from '../../../../functions/alerts/formats/earthquakes/nrcan-rss.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

const hosts = { en: 'www.earthquakescanada.nrcan.gc.ca', fr: 'www.seismescanada.rncan.gc.ca' };

const rss = (language: 'en' | 'fr', ...items: string[]) =>
  documentOf(`<rss version="2.0" xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml"><channel>
    <title>Earthquakes</title><link>http://${hosts[language]}/index.php</link><language>${language}-CA</language>
    ${items.join('')}</channel></rss>`);

const item = (language: 'en' | 'fr', title: string, magnitude: string, where = '50.66 -130.47') =>
  `<item><title>${title}</title><guid>http://${hosts[language]}/recent_eq/2018/20180821.1310/index-${language}.php</guid>
   <description>&lt;b&gt;magnitude: &lt;/b&gt;${magnitude}&lt;br/&gt;&lt;b&gt;time: &lt;/b&gt;2018-08-21 13:10 UT&lt;br/&gt;&lt;b&gt;latitude: &lt;/b&gt;50.66&amp;deg;&lt;br/&gt;&lt;b&gt;longitude: &lt;/b&gt;-130.47&amp;deg;</description>
   <pubDate>Tue, 21 Aug 2018 13:10:00 GMT</pubDate>${where && `<georss:where><gml:Point><gml:pos>${where}</gml:pos></gml:Point></georss:where>`}</item>`;

const english = item('en', '2018-08-21: M=4.8 - 209 km W of Port Hardy, BC', '4.8');
const french = item('fr', '2018-08-21: M=4,8 - 209 km O de Port Hardy, BC', '4,8');

describe('Earthquakes Canada', () => {
  it('reads one quake in two languages under one key, the English text being the later one', () => {
    const [one, other] = [rss('en', english), rss('fr', french)].map(
      body => draftsOf(nrcanRss.read(body))[0]!,
    );
    for (const draft of [one!, other!])
      expect(draft).toMatchObject({
        source: 'NRCan',
        sourceId: '20180821.1310',
        ownIds: ['nrcan:20180821.1310'],
        occurredAt: '2018-08-21T13:10:00.000Z',
        position: { latitude: 50.66, longitude: -130.47 },
        measures: [{ name: 'magnitude', value: 4.8 }],
        level: 'Green',
      });
    expect(one!.revision > other!.revision).toBe(true);
    expect(Object.keys(other!.titles)).toEqual(['fr']);
  });

  it('finds size and place in the description when they stand nowhere else', () => {
    expect(draftsOf(nrcanRss.read(rss('en', item('en', 'Somewhere', '3.1', ''))))).toMatchObject([
      { measures: [{ value: 3.1 }], position: { latitude: 50.66 }, places: { position: 'description' } },
    ]);
  });

  it('passes over news, and names a place that is none', () => {
    const news = '<item><title>Breaking News</title><description>Felt in Victoria.</description></item>';
    expect(outcomesOf(nrcanRss.read(rss('en', news, item('en', 'M=5', '5', '0 0'), english)))).toEqual([
      'ignored: news, no report of an earthquake',
      'rejected: position 0,0 stands for a missing one',
      'Alert NRCan:20180821.1310',
    ]);
  });

  it('recognises its own feed, also an empty one, and no other', () => {
    expect(nrcanRss.recognises(rss('fr'))).toBe(true);
    expect(nrcanRss.recognises(documentOf('<rss><channel><title>News</title></channel></rss>'))).toBe(false);
  });

  it.skipIf(capturesAbsent)('reads five quakes and a word of news', () => {
    const document = captured('georss-other/nrcan-en-2018.xml');
    expect(nrcanRss.recognises(document)).toBe(true);
    expect(draftsOf(nrcanRss.read(document)).map(draft => draft.measures[0]?.value)).toEqual([
      3.1, 3.1, 4.2, 4.8, 2.7,
    ]);
    expect(emptyPlaces(nrcanRss, document)).toEqual([]);
  });
});
