import { foldAll as fold } from '../../functions/alerts/events/batch.ts';
import { type Reading, readBody } from '../../functions/alerts/intake.ts';
import type { Alert } from '../../functions/domain/alert.ts';

/** Reads a body written as text, a JSON value, or bytes. */
export const read = (body: string | Uint8Array | object): Promise<Reading> =>
  readBody(
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  );

/** The accepted alerts of several bodies, in that order. */
export const alertsOf = async (...bodies: (string | object)[]): Promise<Alert[]> =>
  (await Promise.all(bodies.map(read))).flatMap(reading => reading.accepted);

type GdacsItem = {
  type?: string;
  id?: string;
  level?: string;
  episode?: string;
  episodeLevel?: string;
  from?: string;
  to?: string;
  modified?: string;
  latitude?: string;
  longitude?: string;
  severity?: string;
  population?: string;
  iso3?: string;
  country?: string;
  extra?: string;
};

export const gdacsItem = (item: GdacsItem = {}): string => {
  const { type = 'EQ', id = '1355000', from = 'Mon, 06 Feb 2023 01:17:35 GMT' } = item;
  return `<item>
    <title>${item.level ?? 'Red'} alert for ${type} ${id}</title>
    <pubDate>${from}</pubDate>
    <gdacs:fromdate>${from}</gdacs:fromdate>
    <gdacs:todate>${item.to ?? from}</gdacs:todate>
    ${item.modified ? `<gdacs:datemodified>${item.modified}</gdacs:datemodified>` : ''}
    <guid isPermaLink="false">${type}${id}</guid>
    <geo:Point><geo:lat>${item.latitude ?? '37.22'}</geo:lat><geo:long>${item.longitude ?? '37.02'}</geo:long></geo:Point>
    <gdacs:eventtype>${type}</gdacs:eventtype>
    <gdacs:alertlevel>${item.level ?? 'Red'}</gdacs:alertlevel>
    <gdacs:episodealertlevel>${item.episodeLevel ?? item.level ?? 'Red'}</gdacs:episodealertlevel>
    <gdacs:eventid>${id}</gdacs:eventid>
    <gdacs:episodeid>${item.episode ?? '1'}</gdacs:episodeid>
    ${item.severity ?? '<gdacs:severity unit="M" value="7.8">Magnitude 7.8M, Depth:10km</gdacs:severity>'}
    ${item.population ?? '<gdacs:population unit="Population in 100km" value="5390000">5 million</gdacs:population>'}
    <gdacs:iso3>${item.iso3 ?? 'TUR'}</gdacs:iso3>
    <gdacs:country>${item.country ?? 'Turkey'}</gdacs:country>
    ${item.extra ?? ''}
  </item>`;
};

export const gdacsRss = (items: string[], made = 'Tue, 07 Feb 2023 00:00:00 GMT'): string =>
  `\ufeff<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:gdacs="http://www.gdacs.org" xmlns:georss="http://www.georss.org/georss">
<channel><title>GDACS RSS information</title><pubDate>${made}</pubDate>${items.join('\n')}</channel></rss>`;

type Quake = {
  id?: string;
  ids?: string;
  mag?: number | null;
  at?: string;
  updated?: string;
  alert?: string | null;
  latitude?: number;
  longitude?: number;
  depth?: number;
  [property: string]: unknown;
};

export const usgsFeature = (quake: Quake = {}) => {
  const {
    id = 'us6000jllz',
    ids,
    mag = 7.8,
    at = '2023-02-06T01:17:34.000Z',
    updated,
    alert = 'red',
  } = quake;
  const { latitude = 37.226, longitude = 37.014, depth = 10, ...others } = quake;
  const { id: _id, ids: _ids, mag: _mag, at: _at, updated: _updated, alert: _alert, ...properties } = others;
  return {
    type: 'Feature',
    id,
    properties: {
      mag,
      place: 'a place',
      time: Date.parse(at),
      updated: Date.parse(updated ?? at),
      alert,
      status: 'reviewed',
      net: id.slice(0, 2),
      code: id.slice(2),
      ids: ids ?? `,${id},`,
      type: 'earthquake',
      title: `M ${mag} - a place`,
      ...properties,
    },
    geometry: { type: 'Point', coordinates: [longitude, latitude, depth] },
  };
};

export const usgsFeed = (features: unknown[]) => ({ type: 'FeatureCollection', features });

type CapMessage = {
  identifier?: string;
  sender?: string;
  sent?: string;
  status?: string;
  msgType?: string;
  scope?: string;
  references?: string;
  incidents?: string;
  infos?: string[];
};

export const capInfo = ({
  event = 'Flood Warning',
  urgency = 'Expected',
  severity = 'Severe',
  certainty = 'Likely',
  expires = '2026-03-02T00:00:00+00:00',
  headline = 'Flood warning for the river',
  language = 'en',
  more = '',
  area = '<area><areaDesc>river</areaDesc><polygon>10,20 10,21 11,21 11,20 10,20</polygon></area>',
} = {}): string =>
  `<info><language>${language}</language><category>Met</category><event>${event}</event><urgency>${urgency}</urgency>
  <severity>${severity}</severity><certainty>${certainty}</certainty>${expires ? `<expires>${expires}</expires>` : ''}
  <headline>${headline}</headline>${more}${area}</info>`;

export const capMessage = (message: CapMessage = {}): string => {
  const { identifier = 'A1', sender = 'met@agency.example', sent = '2026-03-01T00:00:00+00:00' } = message;
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier>
  <sender>${sender}</sender><sent>${sent}</sent><status>${message.status ?? 'Actual'}</status>
  <msgType>${message.msgType ?? 'Alert'}</msgType><scope>${message.scope ?? 'Public'}</scope>
  ${message.references ? `<references>${message.references}</references>` : ''}
  ${message.incidents ? `<incidents>${message.incidents}</incidents>` : ''}
  ${(message.infos ?? [capInfo()]).join('')}</alert>`;
};

/** Folds alerts one by one as a store would: candidates by search only, results written back. */
export const foldAll = (alerts: readonly Alert[], now = '2026-03-01T06:00:00.000Z') => {
  const { index, results } = fold(alerts, now);
  const stored = index.all();
  return {
    events: stored.filter(event => !event.mergedInto),
    results,
    decisions: results.map(result => result.decision),
    stored: new Map(stored.map(event => [event.eventId, event])),
  };
};
