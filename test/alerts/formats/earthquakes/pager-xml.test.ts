import { describe, expect, it } from 'vitest';
import { pagerXml } from '../../../../functions/alerts/formats/earthquakes/pager-xml.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

const exposures = [4, 5, 6, 7, 8, 9]
  .map(mmi => `<exposure dmin="${mmi - 0.5}" dmax="${mmi + 0.5}" exposure="${10 ** (9 - mmi)}"/>`)
  .join('');

/** The form since 2016: what concerns the processing stands on the root, the exposures beside the event. */
const pager = ({ event = '', rest = exposures } = {}) => `<?xml version="1.0"?>
  <pager version="2.0" process_timestamp="2023-02-06T01:40:00Z" ccode="TR" tsunami="0">
    <event eventcode="us6000jllz" versioncode="us6000jllz" magnitude="7.8" depth="10.0" lat="37.226" lon="37.014"
      event_timestamp="2023-02-06T01:17:34Z" event_description="CENTRAL TURKEY" maxmmi="9.0" ${event}/>
    ${rest}
  </pager>`;

const first = (body: string) => draftsOf(pagerXml.read(documentOf(body)))[0];

describe('PAGER XML', () => {
  it('reads the people by intensity and the summary colour', () => {
    const alerts =
      '<alert type="economic" level="orange" summary="no"/><alert type="fatality" level="red" summary="yes"/>';
    expect(first(pager({ rest: alerts + exposures }))).toMatchObject({
      source: 'USGS',
      sourceId: 'us6000jllz',
      ownIds: ['usgs:us6000jllz'],
      revision: '2023-02-06T01:40:00.000Z',
      occurredAt: '2023-02-06T01:17:34.000Z',
      level: 'Red',
      levelRule: 'pager-red',
      sourceLevel: { scale: 'PAGER', value: 'red' },
      places: { level: 'alert[1]/@level', sentAt: '@process_timestamp' },
      titles: { en: 'M 7.8 - CENTRAL TURKEY' },
      measures: [
        { name: 'magnitude', value: 7.8 },
        { name: 'depthKm', value: 10 },
        { name: 'maximumMmi', value: 9 },
        { name: 'populationMmi6', value: 1111 },
        { name: 'populationMmi7', value: 111 },
        { name: 'populationMmi8', value: 11 },
        { name: 'populationMmi9', value: 1 },
      ],
    });
  });

  it('prefers the colour of the event, and finds alerts in their list', () => {
    const listed = '<alerts><alert type="economic" level="yellow" summary="True"/></alerts>';
    expect(first(pager({ event: 'alertlevel="orange"', rest: listed }))?.level).toBe('Orange');
    expect(first(pager({ rest: listed }))).toMatchObject({
      levelRule: 'pager-yellow-is-regional',
      places: { level: 'alerts/alert[0]/@level' },
      remarks: ['no exposure of people by intensity'],
    });
  });

  it('takes a scenario for an exercise', () => {
    expect(first(pager({ event: 'scenario="1"' }))?.status).toBe('Exercise');
  });

  it.each([
    [pager().replace('us6000jllz"', '"'), 'rejected: no event code'],
    [pager().replace('lat="37.226"', ''), 'rejected: no latitude and longitude'],
    [pager().replace('2023-02-06T01:17:34Z', 'soon'), 'rejected: event_timestamp is no time'],
    [pager().replace('2023-02-06T01:40:00Z', ''), 'rejected: process_timestamp is no time'],
  ])('names what is missing (%#)', (body, outcome) => {
    expect(outcomesOf(pagerXml.read(documentOf(body)))).toEqual([outcome]);
  });

  it('leaves other documents alone', () => {
    expect(pagerXml.recognises(documentOf('<pager><message>call me</message></pager>'))).toBe(false);
  });

  it.skipIf(capturesAbsent)('reads the Kumamoto earthquake of 2016', () => {
    const document = captured('usgs-detail/pager-kyushu.xml');
    expect(draftsOf(pagerXml.read(document))).toMatchObject([
      {
        sourceId: 'us20005iis',
        level: 'Red',
        occurredAt: '2016-04-15T16:25:06.000Z',
        position: { latitude: 32.7931, longitude: 130.7486 },
      },
    ]);
    const people = draftsOf(pagerXml.read(document))[0]!.measures.find(m => m.name === 'populationMmi8');
    expect(people?.value).toBe(947_968 + 54_893 + 654);
    expect(emptyPlaces(pagerXml, document)).toEqual([]);
  });
});
