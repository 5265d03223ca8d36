import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfRfc822, instantOfUtc } from '../../documents/times.ts';
import { positionOf } from '../../geography/geography.ts';
import { geometryOf } from '../../geography/geojson.ts';
import {
  type AlertDraft,
  draftOf,
  type Format,
  ItemIgnored,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { Flag, fieldOf, isObject, List, Numeric, placesOf, Text, textIn } from '../json-fields.ts';
import {
  eventOf,
  type Feature,
  featureAt,
  type Group,
  groupsOf,
  linkOf,
  partReason,
} from './gdacs-groups.ts';
import {
  gdacsEnd,
  gdacsHazard,
  gdacsLevel,
  gdacsRevision,
  gdacsSeverity,
  gdacsSourceLevel,
  gdacsStatus,
  gdacsStrongIds,
} from './gdacs-values.ts';

/** The properties of a feature; the API and the map name and write some of them in other ways. */
const Properties = z.object({
  eventtype: Text,
  eventname: Text,
  glide: Text,
  name: Text,
  description: Text,
  alertlevel: Text,
  istemporary: Flag,
  iscurrent: Flag,
  country: Text,
  countrylist: Text,
  iso3: Text,
  affectedcountries: List,
  fromdate: Text,
  todate: Text,
  datemodified: Text,
  source: Text,
  sourceid: Text,
  severity: Numeric,
  severitydata: z.unknown().optional(),
  latitude: Numeric,
  longitude: Numeric,
});
type Properties = z.infer<typeof Properties>;

/** "2026-07-18T19:50:37" of the API, "27 May 2026 14:51:04" of the map; neither says that it is UTC. */
const instantIn = (text: string | undefined) => instantOfUtc(text) ?? instantOfRfc822(text);

const severityIn = (properties: Properties, hazard: AlertDraft['hazard']) => {
  const data = Severity.safeParse(properties.severitydata).data;
  if (data) return gdacsSeverity(hazard, data.severity, data.severityunit ?? '', data.severitytext ?? '');
  // The map gives the bare number; only for a quake is it known what it counts.
  return gdacsSeverity(hazard, properties.severity, hazard === 'EQ' ? 'M' : '', '');
};

const Severity = z.object({ severity: Numeric, severitytext: Text, severityunit: Text });

const countriesIn = (properties: Properties) => {
  const codes = properties.affectedcountries.flatMap(
    country => textIn(fieldOf(country, 'iso3')) ?? textIn(fieldOf(country, 'iso2')) ?? [],
  );
  if (codes.length > 0) return { codes, names: '', place: 'properties/affectedcountries' };
  const names = properties.country ?? properties.countrylist ?? '';
  if (properties.iso3 !== undefined)
    return { codes: properties.iso3.split(/[\s,;]+/), names, place: 'properties/iso3' };
  const key = properties.country === undefined ? 'countrylist' : 'country';
  return { codes: [], names, place: names === '' ? undefined : `properties/${key}` };
};

const positionIn = (feature: Feature, properties: Properties) => {
  // The middle of the whole region is not where it happened, nor is a corner of a forecast.
  if (feature.role !== 'event' && feature.role !== 'mark') return undefined;
  const name = textIn(fieldOf(feature.properties, 'Class'));
  if (name !== undefined && /global/i.test(name)) return undefined;
  const { position } = geometryOf(feature.geometry);
  if (position) return { position, place: 'geometry/coordinates' };
  const written = positionOf(properties.latitude, properties.longitude);
  return written && { position: written, place: 'properties/latitude' };
};

/** More told is a later revision of the same episode: the map, the list, ids of other books, the area. */
const fullnessOf = (isApi: boolean, hasSourceId: boolean, hasArea: boolean) =>
  isApi ? 3 + Number(hasSourceId) + 2 * Number(hasArea) : 2;

const readEvent = ({ lead, area }: Group): AlertDraft => {
  const properties = Properties.parse(lead.properties);
  const hazard = gdacsHazard(lead.eventType);
  const occurredAt = instantIn(properties.fromdate);
  if (occurredAt === undefined) throw new ItemRejected('fromdate is no date');
  const untilAt = instantIn(properties.todate);
  const modifiedAt = instantIn(properties.datemodified);
  const sourceId = `${hazard}${lead.number}`;
  const title = properties.name ?? properties.description ?? '';
  const titlePlace = properties.name === undefined ? 'description' : 'name';
  const status = gdacsStatus(title);
  const measures = severityIn(properties, hazard);
  const countries = countriesIn(properties);
  const point = positionIn(lead, properties);
  const drawn = [...area];
  const outlines = drawn.flatMap(feature => geometryOf(feature.geometry).outlines);
  const endedAt = gdacsEnd(properties.iscurrent, untilAt, modifiedAt);
  const remarks: string[] = [];
  if (modifiedAt === undefined)
    remarks.push('it does not say when it was made; the start of the event stands for it');
  if (properties.istemporary === true) remarks.push('GDACS marks it as preliminary');
  if (drawn[0]?.role === 'region') remarks.push('only the whole region is drawn, not the area affected');
  return draftOf({
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(
      modifiedAt ?? untilAt ?? occurredAt,
      lead.episode,
      fullnessOf(modifiedAt !== undefined, properties.sourceid !== undefined, outlines.length > 0),
    ),
    status,
    ownIds: [`gdacs:${sourceId}`],
    strongIds: gdacsStrongIds(hazard, sourceId, {
      glide: properties.glide,
      sourceId: properties.sourceid,
      eventName: properties.eventname,
    }),
    hazard,
    ...gdacsLevel(properties.alertlevel),
    sourceLevel: gdacsSourceLevel(properties.alertlevel),
    titles: { en: title },
    // A flood of 2019 had its last day in the future, so that is no time of sending.
    sentAt: modifiedAt ?? occurredAt,
    occurredAt,
    endedAt,
    observedUntilAt: untilAt ?? null,
    countryHints: { codes: countries.codes, names: countries.names },
    position: point?.position ?? null,
    outlines,
    measures,
    remarks,
    places: placesOf({
      title: title === '' ? undefined : `properties/${titlePlace}`,
      hazard: properties.eventtype === undefined ? undefined : 'properties/eventtype',
      level: properties.alertlevel === undefined ? undefined : 'properties/alertlevel',
      sentAt: `properties/${modifiedAt === undefined ? 'fromdate' : 'datemodified'}`,
      occurredAt: 'properties/fromdate',
      endedAt: endedAt === null ? undefined : 'properties/todate',
      status: status === 'Actual' ? undefined : `properties/${titlePlace}`,
      position: point?.place,
      // An area drawn by another feature is named there, as part of this one.
      footprint: area.has(lead) ? 'geometry/coordinates' : undefined,
      countries: countries.place,
      measures:
        measures.length === 0
          ? undefined
          : isObject(properties.severitydata)
            ? 'properties/severitydata'
            : 'properties/severity',
    }),
  });
};

const listOf = (value: unknown): { features: readonly unknown[]; prefix: string } | undefined => {
  const features = fieldOf(value, 'features');
  if (Array.isArray(features)) return { features, prefix: 'features' };
  return Array.isArray(value) ? { features: value, prefix: '$' } : undefined;
};

const featuresOf = (document: FeedDocument): Feature[] => {
  if (document.kind !== 'json') return [];
  const list = listOf(document.value);
  if (!list) return [featureAt(document.value, '$')];
  return list.features.map((feature, index) => featureAt(feature, `${list.prefix}[${index}]`));
};

/** GDACS writes its own address into every feature, and the level beside the type of event. */
const isGdacs = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  if (typeof fieldOf(properties, 'eventtype') !== 'string') return false;
  const isMarked = /^https?:\/\/(www\.)?gdacs\.org\//i.test(linkOf(properties));
  return (
    isMarked ||
    (fieldOf(properties, 'eventid') !== undefined && fieldOf(properties, 'alertlevel') !== undefined)
  );
};

/** A few broken features at the head of a list do not make it another format. */
const looked = 20;

/**
 * The JSON of gdacs.org: `geteventlist`, `geteventdata` and `getepisodedata`, `polygons/getgeometry`, and the map. All are
 * GeoJSON with several features for an event; the event is one message, and what is drawn of it is named as part of it.
 */
export const gdacsJson: Format = {
  name: 'gdacs-json',
  recognises: document => {
    if (document.kind !== 'json') return false;
    const list = listOf(document.value);
    return list ? list.features.slice(0, looked).some(isGdacs) : isGdacs(document.value);
  },
  read: document => {
    const features = featuresOf(document);
    const groups = groupsOf(features);
    return features.map((feature): ReadItem => {
      const group = groups.get(feature);
      const id = plainText(eventOf(feature) ?? feature.eventType);
      return readItem(feature.place, id, () => {
        if (!isObject(feature.properties)) throw new ItemRejected('no properties');
        if (!group) throw new ItemRejected('no event id, neither as a field nor in a link');
        if (group.lead !== feature) throw new ItemIgnored(partReason(feature, group));
        return readEvent(group);
      });
    });
  },
};
