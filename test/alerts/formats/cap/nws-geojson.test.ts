import { describe, expect, it } from 'vitest';
import { alertsOf, foldAll, read } from '../../messages.ts';

type Parts = {
  id?: string;
  vtec?: string | null;
  sent?: string;
  ends?: string | null;
  geometry?: unknown;
  [field: string]: unknown;
};

const feature = (parts: Parts = {}) => {
  const {
    id = 'urn:oid:2.49.0.1.840.0.abc.001.1',
    vtec = '/O.NEW.KSEW.FF.W.0001.260301T0000Z-260301T0600Z/',
    sent = '2026-02-28T16:00:00-08:00',
    ends = '2026-02-28T22:00:00-08:00',
    geometry = null,
    parameters = {},
    ...others
  } = parts;
  return {
    id: `https://api.weather.gov/alerts/${id}`,
    type: 'Feature',
    geometry,
    properties: {
      '@type': 'wx:Alert',
      id,
      areaDesc: 'King, WA',
      geocode: { SAME: ['053033'], UGC: ['WAC033'] },
      references: [],
      sent,
      effective: sent,
      onset: sent,
      expires: '2026-02-28T18:00:00-08:00',
      ends,
      status: 'Actual',
      messageType: 'Alert',
      category: 'Met',
      severity: 'Severe',
      certainty: 'Likely',
      urgency: 'Immediate',
      event: 'Flash Flood Warning',
      sender: 'w-nws.webmaster@noaa.gov',
      senderName: 'NWS Seattle WA',
      headline: 'Flash Flood Warning issued February 28',
      response: 'Avoid',
      parameters: { ...(vtec === null ? {} : { VTEC: [vtec] }), ...(parameters as object) },
      scope: 'Public',
      language: 'en-US',
      eventCode: { SAME: ['FFW'], NationalWeatherService: ['FFW'] },
      ...others,
    },
  };
};

const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const one = async (parts: Parts = {}) => (await alertsOf(collection(feature(parts))))[0]!;

/** The same message as the XML that the service links to. */
const capXml = (parts: { vtec: string; identifier: string; ends: string }) =>
  `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${parts.identifier}</identifier>
  <sender>w-nws.webmaster@noaa.gov</sender><sent>2026-02-28T16:00:00-08:00</sent><status>Actual</status>
  <msgType>Alert</msgType><scope>Public</scope><code>IPAWSv1.0</code><info><language>en-US</language><category>Met</category>
  <event>Flash Flood Warning</event><responseType>Avoid</responseType><urgency>Immediate</urgency><severity>Severe</severity>
  <certainty>Likely</certainty><eventCode><valueName>SAME</valueName><value>FFW</value></eventCode>
  <eventCode><valueName>NationalWeatherService</valueName><value>FFW</value></eventCode>
  <effective>2026-02-28T16:00:00-08:00</effective><onset>2026-02-28T16:00:00-08:00</onset>
  <expires>2026-02-28T18:00:00-08:00</expires><senderName>NWS Seattle WA</senderName>
  <headline>Flash Flood Warning issued February 28</headline>
  <parameter><valueName>VTEC</valueName><value>${parts.vtec}</value></parameter>
  <parameter><valueName>eventEndingTime</valueName><value>${parts.ends}</value></parameter>
  <area><areaDesc>King, WA</areaDesc><geocode><valueName>SAME</valueName><value>053033</value></geocode>
  <geocode><valueName>UGC</valueName><value>WAC033</value></geocode></area></info></alert>`;

describe('alerts of the US weather service (api.weather.gov)', () => {
  it('reads a feature: the VTEC event is the event, `ends` its end, `expires` only the age of the message', async () => {
    expect(await one()).toMatchObject({
      source: 'w-nws.webmaster@noaa.gov',
      sourceId: 'KSEW.FF.W.0001.2026',
      revision: '2026-03-01T00:00:00.000Z/11/0001.0001',
      ownIds: [
        'w-nws.webmaster@noaa.gov:KSEW.FF.W.0001.2026',
        'cap:w-nws.webmaster@noaa.gov,urn:oid:2.49.0.1.840.0.abc.001.1',
        'vtec:KSEW.FF.W.0001.2026',
      ],
      hazard: 'FF',
      level: 'Green',
      levelRule: 'nws-weather-severe',
      countries: ['USA'],
      expiresAt: '2026-03-01T06:00:00.000Z',
      position: null,
      areas: [
        {
          name: 'King, WA',
          state: 'live',
          level: 'Green',
          codes: ['SAME:053033', 'UGC:WAC033'],
          startsAt: '2026-03-01T00:00:00.000Z',
          endsAt: '2026-03-01T06:00:00.000Z',
        },
      ],
      places: {
        hazard: 'properties/parameters/VTEC[0]',
        title: 'properties/headline',
        level: 'properties/severity',
        expiresAt: 'properties/ends',
        areas: 'properties/areaDesc',
      },
    });
  });

  it('reads XML and JSON of one message as one message', async () => {
    const vtec = '/O.NEW.KSEW.FF.W.0001.260301T0000Z-260301T0600Z/';
    const [xml, json] = await alertsOf(
      capXml({ vtec, identifier: 'urn:oid:2.49.0.1.840.0.abc.001.1', ends: '2026-02-28T22:00:00-08:00' }),
      collection(feature({ vtec })),
    );
    const said = ({ rawDigest: _d, rawPlace: _r, format: _f, places: _p, ...alert }: typeof xml & object) =>
      alert;
    expect(said(xml!)).toEqual(said(json!));
  });

  it('falls back on `expires` when no end is known', async () => {
    const vtec = '/O.CON.KSEW.FL.W.0001.000000T0000Z-000000T0000Z/';
    expect((await one({ vtec, ends: null })).expiresAt).toBe('2026-03-01T02:00:00.000Z');
  });

  it('numbers an event by the year of the first message of its chain', async () => {
    const alert = await one({
      vtec: '/O.CON.KSEW.WS.W.0031.000000T0000Z-260102T0600Z/',
      sent: '2026-01-01T10:00:00-08:00',
      ends: '2026-01-01T22:00:00-08:00',
      messageType: 'Update',
      parameters: { expiredReferences: ['w-nws.webmaster@noaa.gov,urn:oid:x.1,2025-12-31T09:00:00-08:00'] },
    });
    expect(alert.sourceId).toBe('KSEW.WS.W.0031.2025');
    expect(alert.ownIds).toContain('cap:w-nws.webmaster@noaa.gov,urn:oid:x.1');
  });

  it('goes by the identifier where there is no VTEC', async () => {
    const alert = await one({ vtec: null, event: 'Special Weather Statement' });
    expect(alert).toMatchObject({
      sourceId: 'urn:oid:2.49.0.1.840.0.abc.001.1',
      revision: '2026-03-01T00:00:00.000Z',
    });
  });

  it('makes one event of the many features of a message, open while one of them is live, in any order', async () => {
    const vtec = (action: string) => `/O.${action}.KSEW.WS.W.0031.000000T0000Z-260302T0600Z/`;
    const features = [
      feature({
        id: 'urn:oid:2.49.0.1.840.0.abc.001.1',
        vtec: vtec('CAN'),
        messageType: 'Cancel',
        areaDesc: 'A',
      }),
      feature({
        id: 'urn:oid:2.49.0.1.840.0.abc.002.1',
        vtec: vtec('CON'),
        messageType: 'Update',
        areaDesc: 'B',
      }),
      feature({
        id: 'urn:oid:2.49.0.1.840.0.abc.003.1',
        vtec: vtec('EXT'),
        messageType: 'Update',
        areaDesc: 'C',
      }),
    ];
    for (const order of [features, [...features].reverse()]) {
      const alerts = await alertsOf(collection(...order));
      expect(new Set(alerts.map(alert => alert.alertId)).size).toBe(3);
      const { events } = foldAll(alerts, '2026-03-01T01:00:00.000Z');
      expect(events.map(({ state }) => state)).toEqual(['open']);
      expect(events[0]!.areas.map(({ name, state }) => [name, state]).sort()).toEqual([
        ['A', 'over'],
        ['B', 'live'],
        ['C', 'live'],
      ]);
    }
  });

  it('forgets the parts of a bulletin when the next one repeats those that go on', async () => {
    const part = (id: string, areaDesc: string, sent: string) =>
      feature({
        id: `urn:oid:2.49.0.1.840.0.${id}`,
        vtec: '/O.CON.KSEW.WS.W.0031.000000T0000Z-260302T0600Z/',
        messageType: 'Update',
        areaDesc,
        sent,
      });
    const earlier = ['A', 'B', 'C'].map((name, index) =>
      part(`abc.00${index}.1`, name, '2026-02-28T16:00:00-08:00'),
    );
    const later = ['B', 'C'].map((name, index) =>
      part(`def.00${index}.1`, name, '2026-02-28T17:00:00-08:00'),
    );
    for (const order of [
      [...earlier, ...later],
      [...later, ...earlier],
    ]) {
      const { events } = foldAll(await alertsOf(collection(...order)), '2026-03-01T02:00:00.000Z');
      expect(events.map(({ areas }) => areas.map(({ name }) => name).sort())).toEqual([['B', 'C']]);
    }
  });

  it('closes the event when all of it is cancelled', async () => {
    const vtec = '/O.CAN.KSEW.FF.W.0001.000000T0000Z-260301T0600Z/';
    const alerts = await alertsOf(
      collection(feature()),
      collection(
        feature({
          id: 'urn:oid:2.49.0.1.840.0.def.001.1',
          vtec,
          messageType: 'Cancel',
          sent: '2026-02-28T17:00:00-08:00',
        }),
      ),
    );
    expect(alerts[1]).toMatchObject({
      messageType: 'Cancel',
      references: ['w-nws.webmaster@noaa.gov:KSEW.FF.W.0001.2026'],
      endedAt: '2026-03-01T01:00:00.000Z',
    });
    const { events } = foldAll(alerts, '2026-03-01T02:00:00.000Z');
    expect(events.map(({ state }) => state)).toEqual(['closed']);
  });

  it('does not call routine weather a disaster, and a catastrophe one', async () => {
    const levelOf = async (parts: Parts) => (await one(parts)).level;
    const vtecOf = (phenomenon: string) => `/O.NEW.KSEW.${phenomenon}.W.0001.260301T0000Z-260301T0600Z/`;
    expect(await levelOf({ vtec: vtecOf('SV') })).toBe('Green');
    expect(await levelOf({ vtec: vtecOf('TO'), severity: 'Extreme' })).toBe('Green');
    expect(await levelOf({ parameters: { flashFloodDamageThreat: ['CATASTROPHIC'] } })).toBe('Orange');
    expect(await levelOf({ vtec: vtecOf('EW'), severity: 'Extreme' })).toBe('Orange');
    expect(await levelOf({ vtec: vtecOf('HU'), severity: 'Extreme' })).toBe('Red');
    expect(await levelOf({ vtec: vtecOf('TS'), severity: 'Extreme' })).toBe('Red');
  });

  it('reads a single feature, JSON-LD without features, and an area as drawn', async () => {
    const ring = [
      [-122, 47],
      [-121, 47],
      [-121, 48],
      [-122, 47],
    ];
    const single = await read(feature({ geometry: { type: 'Polygon', coordinates: [ring] } }));
    expect(single.accepted[0]).toMatchObject({ rawPlace: '$', places: { footprint: 'geometry' } });
    expect(single.accepted[0]?.footprint).toHaveLength(1);
    const graph = await read({ '@graph': [feature().properties] });
    expect(graph.accepted[0]).toMatchObject({
      sourceId: 'KSEW.FF.W.0001.2026',
      rawPlace: '@graph[0]',
      places: { title: 'headline', expiresAt: 'ends' },
    });
  });

  it('knows an empty poll', async () => {
    const empty = { ...collection(), title: 'Current watches, warnings, and advisories' };
    expect(await read(empty)).toMatchObject({ format: 'nws-geojson', problem: null, accepted: [] });
  });

  it.each([
    [{ sent: 'date:now -79 minutes' }, 'sent is no time with an offset'],
    [{ sender: null }, 'no sender'],
    [{ status: 'Real' }, 'status "Real" is none that CAP has'],
    [{ messageType: 7 }, 'msgType "7" is none that CAP has'],
    [{ event: undefined }, 'no alert of the weather service'],
  ])('rejects %j and reads its neighbours', async (parts, reason) => {
    const reading = await read(
      collection(feature(parts), null, feature({ id: 'urn:oid:2.49.0.1.840.0.b.001.1' })),
    );
    expect(reading.rejected.map(item => item.reason)).toEqual([reason, 'no alert of the weather service']);
    expect(reading.accepted).toHaveLength(1);
  });

  it('leaves out a time that is none, and says so', async () => {
    const alert = await one({ onset: 'date:now +5 minutes', ends: null, vtec: null });
    expect(alert.occurredAt).toBe('2026-03-01T00:00:00.000Z');
    expect(alert.remarks).toEqual(['onset "date:now +5 minutes" is no time with an offset']);
  });

  it('ignores tests and what is for machines', async () => {
    const reading = await read(collection(feature({ status: 'Test' }), feature({ messageType: 'Ack' })));
    expect(reading.ignored.map(item => item.reason)).toEqual([
      'status Test: not for any recipient to act on',
      'msgType Ack: an answer between systems',
    ]);
  });
});
