import { capInfo, capMessage } from '../alerts/messages.ts';

const eonetEvent = (number: number) => ({
  id: `EONET_${number}`,
  title: `Wildfire ${number}, Idaho, United States`,
  description: null,
  link: `https://eonet.gsfc.nasa.gov/api/v3/events/EONET_${number}`,
  closed: null,
  categories: [{ id: 'wildfires', title: 'Wildfires' }],
  sources: [
    { id: 'GDACS', url: `https://www.gdacs.org/report.aspx?eventtype=WF&eventid=${1_000_000 + number}` },
  ],
  geometry: [
    {
      magnitudeValue: 1200,
      magnitudeUnit: 'acres',
      date: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString(),
      type: 'Point',
      coordinates: [((number * 7.31) % 360) - 180, ((number * 3.17) % 130) - 65],
    },
  ],
});

/** As many events as asked for, all over the world and the year, each with a source as most of the real ones have. */
export const eonetOf = (count: number): Uint8Array => {
  const events = Array.from({ length: count }, (_, number) => eonetEvent(number));
  return new TextEncoder().encode(
    JSON.stringify({ title: 'EONET Events', link: 'https://eonet.gsfc.nasa.gov/api/v3/events', events }),
  );
};

/** Warnings of 50 offices: of each event a first message and two that go on from it, some with an area. */
export const nwsOf = (count: number): Uint8Array => {
  const features = Array.from({ length: count }, (_, number) => {
    const event = Math.floor(number / 3);
    const step = number % 3;
    const at = (minutes: number) =>
      new Date(Date.UTC(2026, 2, 1, 0, event + minutes)).toISOString().replace('.000Z', '+00:00');
    const west = -120 + (event % 50);
    const id = `urn:oid:2.49.0.1.840.0.${number.toString(16).padStart(40, '0')}.001.1`;
    const office = `K${String.fromCharCode(65 + (event % 26))}${String.fromCharCode(65 + ((event >> 2) % 26))}X`;
    const vtec = `/O.${step === 0 ? 'NEW' : 'CON'}.${office}.FL.W.${String(event).padStart(4, '0')}.260301T0000Z-260303T0000Z/`;
    return {
      id: `https://api.weather.gov/alerts/${id}`,
      type: 'Feature',
      geometry:
        number % 4 > 0
          ? null
          : {
              type: 'Polygon',
              coordinates: [
                [
                  [west, 40],
                  [west + 1, 40],
                  [west + 1, 41],
                  [west, 40],
                ],
              ],
            },
      properties: {
        '@id': `https://api.weather.gov/alerts/${id}`,
        '@type': 'wx:Alert',
        id,
        areaDesc: 'King, WA',
        geocode: { SAME: ['053033'], UGC: ['WAC033'] },
        references:
          step === 0
            ? []
            : [{ identifier: id.replace(/.{4}$/, '000.1'), sender: 'w-nws.webmaster@noaa.gov', sent: at(0) }],
        sent: at(step * 30),
        effective: at(step * 30),
        onset: at(0),
        expires: at(600),
        ends: at(1440),
        status: 'Actual',
        messageType: step === 0 ? 'Alert' : 'Update',
        category: 'Met',
        severity: 'Severe',
        certainty: 'Likely',
        urgency: 'Expected',
        event: 'Flood Warning',
        sender: 'w-nws.webmaster@noaa.gov',
        senderName: `NWS ${office}`,
        headline: `Flood Warning issued by ${office}`,
        description: 'The river is above flood stage.',
        response: 'Avoid',
        parameters: { VTEC: [vtec] },
      },
    };
  });
  const feed = {
    type: 'FeatureCollection',
    title: 'Current watches, warnings, and advisories',
    updated: '2026-03-02T00:00:00+00:00',
    features,
  };
  return new TextEncoder().encode(JSON.stringify(feed));
};

/** A coast: as many points as the largest honest polygon seen. */
export const polygonOf = (points: number): Uint8Array => {
  const coast = Array.from({ length: points }, (_, at) => {
    const angle = (at / (points - 1)) * 2 * Math.PI;
    const radius = 2 + Math.sin(angle * 300) / 5;
    return `${(50 + Math.sin(angle) * radius).toFixed(6)},${(10 + Math.cos(angle) * radius).toFixed(6)}`;
  });
  const area = `<area><areaDesc>coast</areaDesc><polygon>${coast.join(' ')}</polygon></area>`;
  return new TextEncoder().encode(capMessage({ infos: [capInfo({ area })] }));
};
