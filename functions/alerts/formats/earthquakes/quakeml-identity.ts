import { plainText } from '../../documents/plain-text.ts';
import { textOf, type XmlElement } from '../../documents/xml.ts';
import { ItemRejected } from '../format.ts';

/** Who keeps an event of QuakeML, and under which ids. */
type QuakemlIdentity = {
  source: string;
  sourceId: string;
  ownIds: string[];
  remarks: string[];
};

/** The naming authorities of publicIDs ("smi:AUTHORITY/…") by the agency that they belong to. */
const agencies: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)anss\.org$|(^|\.)usgs\.gov$/, 'USGS'],
  [/(^|\.)ingv\.it$/, 'INGV'],
  [/^(eu\.emsc|eu\.emsc-csem|org\.emsc-csem)$|(^|\.)(emsc-csem\.org|seismicportal\.eu)$/, 'EMSC'],
  [/(^|\.)(iris\.edu|earthscope\.org)$/, 'IRIS'],
  [/^org\.gfz(-potsdam\.de|\.geofon)?$|^de\.gfz(-potsdam)?$|(^|\.)gfz(-potsdam)?\.de$/, 'GFZ'],
  [/^isc$|(^|\.)isc\.ac\.uk$|^uk\.ac\.isc$/, 'ISC'],
  [/^nz\.org\.geonet$|(^|\.)geonet\.org\.nz$/, 'GeoNet'],
  [/^ch\.ethz\.sed$|(^|\.)seismo\.ethz\.ch$/, 'SED'],
];

/** Authorities that stand for nobody: SeisComP and ObsPy write "local" unless told otherwise. */
const nobody = new Set(['local', 'localhost', 'example.com', 'smi-registry']);

const publicIdPattern = /^(?:smi|quakeml):([^/]+)\/(.*)$/is;

/** The form that QuakeML 1.2 gives resource identifiers (chapter 3.1). */
const wellFormed = /^(smi|quakeml):[\w\d][\w\d\-.*()_~']{2,}\/[\w\d\-.*()_~'][\w\d\-.*()+?_~'=,;#/&]*$/;

/** Schemes of ids that other formats of the same agency use too; the rest have one made of the agency's name. */
const schemeOf = (source: string): string => source.toLowerCase().replace(/[^a-z0-9.]+/g, '-');

/** The event's own key inside its publicID: "…?eventid=us6000pi9w&format=quakeml", "evid=626000001", or the last step. */
const keyIn = (path: string, source: string): string => {
  const decoded = path.replaceAll('&amp;', '&').trim();
  const named = decoded.match(/(?:^|[/?&])(?:event_?id|evid|unid)[=:]([^&]+)/i)?.[1];
  if (source === 'EMSC') return decoded.match(/\d{8}_\d{7}/)?.[0] ?? named ?? decoded;
  if (named !== undefined) return named;
  const whole = decoded.replace(/[?&].*$/s, '').replace(/\/+$/, '');
  const last = whole.slice(whole.lastIndexOf('/') + 1);
  // Short last steps ("…/historical/1165") are numbers within something, so there the path before them counts too.
  return last.length >= 6 && /\d/.test(last) ? last : whole;
};

/** The network before the code in a publicID of the ANSS ("us.anss.org/event/c000nwtr" is us + c000nwtr). */
const anssKey = (authority: string, key: string): string => {
  const network = authority.match(/^([a-z]{2})\.anss\.org$/)?.[1];
  return network === undefined || key.startsWith(network) ? key : `${network}${key}`;
};

const agencyOf = (element: XmlElement): string => {
  const info = element.children.find(child => child.name === 'creationInfo');
  return plainText(info && textOf(info, 'agencyID'));
};

const sourceOf = (authority: string, event: XmlElement, parameters: XmlElement): string => {
  const known = agencies.find(([pattern]) => pattern.test(authority))?.[1];
  if (known !== undefined) return known;
  if (authority !== '' && !nobody.has(authority)) return plainText(authority);
  return agencyOf(event) || agencyOf(parameters) || 'QuakeML';
};

/**
 * Who says it and under which key. The USGS writes its ids in attributes, the same as in its GeoJSON. Elsewhere the
 * authority of the publicID is the source: one that relays others (IRIS, EMSC) stays itself, since its ids are its own.
 * Throws ItemRejected on an event without an id.
 */
export const quakemlIdentityOf = (event: XmlElement, parameters: XmlElement): QuakemlIdentity => {
  const network = event.attributes.eventsource?.trim().toLowerCase();
  const code = event.attributes.eventid?.trim().toLowerCase();
  if (network && code) {
    const id = `${network}${code}`;
    return { source: 'USGS', sourceId: id, ownIds: [`usgs:${id}`], remarks: [] };
  }
  const publicId = event.attributes.publicID?.trim() ?? '';
  if (publicId === '') throw new ItemRejected('event without publicID');
  const remarks = wellFormed.test(publicId.replaceAll('&amp;', '&'))
    ? []
    : [`publicID "${plainText(publicId).slice(0, 80)}" is no identifier of QuakeML`];
  const [, authority = '', path = publicId] = publicId.match(publicIdPattern) ?? [];
  const name = authority.trim().toLowerCase();
  const source = sourceOf(name, event, parameters);
  const key = plainText(
    source === 'USGS' ? anssKey(name, keyIn(path, source).toLowerCase()) : keyIn(path, source),
  );
  if (key === '') throw new ItemRejected(`publicID "${plainText(publicId).slice(0, 80)}" names no event`);
  return { source, sourceId: key, ownIds: [`${schemeOf(source)}:${key}`], remarks };
};
