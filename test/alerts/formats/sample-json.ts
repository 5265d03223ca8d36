import { usgsFeature, usgsFeed } from '../messages.ts';

const point = { type: 'Point', coordinates: [10, 60] };
const ring = [
  [10, 60],
  [11, 60],
  [11, 61],
  [10, 60],
];
const polygon = { type: 'Polygon', coordinates: [ring] };
const collection = (properties: object, more: object = {}, geometry: object = point) => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', id: 'x1', geometry, properties, ...more }],
});

const capJson = (status = 'Actual') => ({
  identifier: 'A1',
  sender: 'met@agency.example',
  sent: '2026-03-01T09:00:00+01:00',
  status,
  msgType: 'Alert',
  scope: 'Public',
  info: [
    {
      language: 'fr-FR',
      category: ['Met'],
      event: 'pluie',
      urgency: 'Future',
      severity: 'Severe',
      certainty: 'Likely',
      responseType: ['Monitor'],
      headline: 'Vigilance orange pluie',
      eventCode: [{ valueName: 'SAME', value: 'FFW' }],
      parameter: [
        { valueName: 'awareness_level', value: '3; orange; Severe' },
        { valueName: 'awareness_type', value: '10; Rain' },
      ],
      area: [{ areaDesc: 'Ain', geocode: [{ valueName: 'EMMA_ID', value: 'FR001' }] }],
    },
  ],
});

/** One small sound body of each format in JSON, written from what the publishers document. */
export const jsonSamples: readonly (readonly [format: string, body: object])[] = [
  [
    'p2p-json',
    [
      {
        code: 551,
        id: '5f',
        time: '2024/01/01 16:12:00.000',
        issue: { type: 'DetailScale', correct: 'None', source: '気象庁', time: '2024/01/01 16:12:00' },
        earthquake: {
          time: '2024/01/01 16:10:00',
          maxScale: 70,
          domesticTsunami: 'Warning',
          hypocenter: { name: '石川県能登地方', latitude: 37.5, longitude: 137.3, depth: 10, magnitude: 7.6 },
        },
      },
      {
        code: 552,
        id: '60',
        time: '2024/01/01 16:22:00.000',
        issue: { type: 'Focus', source: '気象庁', time: '2024/01/01 16:22:00' },
        cancelled: false,
        areas: [{ grade: 'MajorWarning', immediate: true, name: '石川県能登' }],
      },
    ],
  ],
  [
    'cma-json',
    {
      msg: 'success',
      code: 0,
      data: {
        page: {
          list: [
            {
              alertid: '330200416000_202607071746',
              issuetime: '2026/07/07 17:46',
              title: '浙江省宁波市气象台发布暴雨橙色预警信号',
              url: '/publish/alarm/x.html',
              pic: 'https://image.nmc.cn/assets/img/alarm/p0001002.png',
            },
          ],
        },
      },
    },
  ],
  [
    'eccc-geojson',
    collection(
      {
        id: 'x1',
        alert_code: 'RFW',
        alert_type: 'warning',
        alert_name_en: 'rainfall warning',
        publication_datetime: '2026-03-01T02:26:06.795Z',
        expiration_datetime: '2026-03-01T18:04:06.795Z',
        validity_datetime: '2026-03-01T03:00:00.000Z',
        risk_colour_en: 'yellow',
        feature_name_en: 'Zone',
        feature_id: 'x',
        province: 'ON',
        status_en: 'issued',
      },
      {},
      polygon,
    ),
  ],
  [
    'metno-geojson',
    collection(
      {
        id: '2.49.0.1.578.0.20260301192210.079',
        area: 'Deler av Østlandet',
        awareness_level: '3; orange; Severe',
        certainty: 'Likely',
        event: 'rainFlood',
        eventAwarenessName: 'Regnflom',
        riskMatrixColor: 'Orange',
        severity: 'Severe',
        status: 'Actual',
        title: 'Regnflom',
        type: 'Alert',
      },
      { when: { interval: ['2026-03-02T01:00:00+00:00', '2026-03-03T10:00:00+00:00'] } },
      polygon,
    ),
  ],
  [
    'nsw-rfs-geojson',
    collection({
      title: 'Badja Forest Rd, Countegany',
      category: 'Advice',
      guid: 'https://incidents.rfs.nsw.gov.au/api/v1/incidents/366937',
      pubDate: '18/02/2018 12:11:00 AM',
      description:
        'ALERT LEVEL: Advice <br />COUNCIL AREA: Snowy <br />STATUS: Out of control <br />TYPE: Bush Fire <br />FIRE: Yes <br />SIZE: 10 ha <br />RESPONSIBLE AGENCY: RFS <br />UPDATED: 18 Feb 2018 11:11',
    }),
  ],
  [
    'gdacs-json',
    collection({
      eventtype: 'EQ',
      eventid: 1355000,
      episodeid: 4,
      eventname: 'x',
      glide: 'EQ-2023-000015-TUR',
      name: 'Earthquake in Turkey',
      alertlevel: 'Red',
      episodealertlevel: 'Red',
      istemporary: 'false',
      iscurrent: 'true',
      fromdate: '2023-02-06T01:17:35',
      todate: '2023-02-06T01:17:35',
      datemodified: '2023-02-06T02:00:00',
      iso3: 'TUR',
      country: 'Turkey',
      source: 'NEIC',
      sourceid: 'us6000jllz',
      severitydata: { severity: 7.8, severitytext: 'Magnitude 7.8M', severityunit: 'M' },
      Class: 'Point_Centroid',
    }),
  ],
  [
    'eonet',
    {
      title: 'EONET Events',
      link: 'https://eonet.gsfc.nasa.gov/api/v3/events',
      events: [
        {
          id: 'EONET_6508',
          title: 'Wildfire',
          closed: null,
          categories: [{ id: 'wildfires', title: 'Wildfires' }],
          sources: [{ id: 'GDACS', url: 'https://www.gdacs.org/report.aspx?eventtype=WF&eventid=1021234' }],
          geometry: [
            { magnitudeValue: 1200, magnitudeUnit: 'acres', date: '2026-07-01T12:00:00Z', ...point },
          ],
        },
      ],
    },
  ],
  [
    'reliefweb',
    {
      data: [
        {
          id: '25466',
          fields: {
            id: '25466',
            name: 'Nepal: Earthquake - Apr 2015',
            status: 'past',
            glide: 'EQ-2015-000048-NPL',
            date: { created: '2015-04-25T00:00:00+00:00', changed: '2015-12-08T22:02:56+00:00' },
            primary_country: { iso3: 'npl', name: 'Nepal' },
            country: [{ iso3: 'npl', name: 'Nepal' }],
            primary_type: { code: 'EQ', name: 'Earthquake' },
            type: [{ code: 'EQ', name: 'Earthquake' }],
          },
        },
      ],
    },
  ],
  [
    'glide',
    {
      glideset: [
        {
          location: 'Valencia',
          event: 'FL',
          number: '2024-000199',
          geocode: 'ESP',
          docid: 23388,
          latitude: 39.4,
          longitude: -0.4,
          year: 2024,
          month: 10,
          day: 29,
          source: 'ADRC',
          status: 'A',
          comments: 'Flood',
          idsource: 'x',
          time: '10:00',
          duration: 0,
          magnitude: 'x',
        },
      ],
    },
  ],
  [
    'copernicus-ems',
    {
      results: [
        {
          code: 'EMSR842',
          countries: ['Spain'],
          eventTime: '2025-09-08T19:00:00',
          name: 'Wildfire in Spain',
          centroid: 'POINT (-6.97 41.97)',
          activationTime: '2025-09-19T09:53:00',
          category: 'Wildfire',
          lastUpdate: '2025-09-20T11:41:14',
          closed: false,
          gdacsId: 'WF1021234',
          n_aois: 1,
        },
      ],
    },
  ],
  ['meteoalarm-json', { warnings: [{ uuid: 'u', alert: capJson() }] }],
  [
    'nws-geojson',
    {
      '@context': [
        'https://geojson.org/geojson-ld/geojson-context.jsonld',
        { wx: 'https://api.weather.gov/ontology#' },
      ],
      ...collection({
        '@id': 'https://api.weather.gov/alerts/urn:oid:2.49.0.1.840.0.abc.001.1',
        '@type': 'wx:Alert',
        id: 'urn:oid:2.49.0.1.840.0.abc.001.1',
        areaDesc: 'King, WA',
        geocode: { SAME: ['053033'], UGC: ['WAC033'] },
        sent: '2025-12-15T00:00:00-08:00',
        status: 'Actual',
        messageType: 'Alert',
        category: 'Met',
        severity: 'Severe',
        certainty: 'Likely',
        urgency: 'Expected',
        event: 'Flood Warning',
        sender: 'w-nws.webmaster@noaa.gov',
        senderName: 'NWS Seattle WA',
        headline: 'Flood Warning',
        response: 'Execute',
        parameters: { VTEC: ['/O.CON.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/'] },
      }),
    },
  ],
  ['bbk-json', capJson()],
  [
    'emsc-json',
    collection({
      unid: '20230206_0000008',
      source_id: '1218444',
      source_catalog: 'EMSC-RTS',
      auth: 'EMSC',
      evtype: 'ke',
      time: '2023-02-06T01:17:36.1Z',
      lastupdate: '2023-02-07T00:00:00.0Z',
      lat: 37.17,
      lon: 37.08,
      depth: 20,
      mag: 7.8,
      magtype: 'mw',
      flynn_region: 'CENTRAL TURKEY',
    }),
  ],
  [
    'geonet-quake',
    collection({
      publicID: '2016p858000',
      time: '2016-11-13T11:02:56.346Z',
      depth: 15.11,
      magnitude: 7.8209,
      mmi: 8,
      locality: 'Culverden',
      quality: 'best',
    }),
  ],
  [
    'geonet-volcano',
    collection({
      volcanoID: 'ruapehu',
      volcanoTitle: 'Ruapehu',
      level: 2,
      activity: 'Moderate to heightened volcanic unrest.',
      hazards: 'Volcanic unrest hazards.',
      acc: 'Yellow',
    }),
  ],
  ['usgs-geojson', usgsFeed([usgsFeature()])],
];
