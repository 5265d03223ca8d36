import type { Measure } from '../../../domain/alert.ts';
import type { Position } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfRfc822 } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { positionOf } from '../../geography/geography.ts';
import { entriesOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import { numberIn, placesOf } from '../json-fields.ts';
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

const gdacsNamespace = /^https?:\/\/(www\.)?gdacs\.org\/?$/i;

type Field = { element: XmlElement; place: string };

/** The children of an item by name, first ones only; RSS and GDACS share some local names (`title`, `description`). */
type Fields = { rss: ReadonlyMap<string, Field>; gdacs: ReadonlyMap<string, Field> };

const fieldsOf = (item: XmlElement): Fields => {
  const rss = new Map<string, Field>();
  const gdacs = new Map<string, Field>();
  // A document has a handful of namespaces and thousands of elements.
  let namespace = '';
  let isOfGdacs = false;
  for (const element of item.children) {
    if (element.namespace !== namespace) {
      namespace = element.namespace;
      isOfGdacs = gdacsNamespace.test(namespace);
    }
    const { name } = element;
    const fields = isOfGdacs ? gdacs : rss;
    const others = isOfGdacs ? rss : gdacs;
    if (fields.has(name)) continue;
    // The place counts elements of that name in any namespace; the one of the other may stand before.
    const before = others.has(name) ? item.children.filter(child => child.name === name).indexOf(element) : 0;
    fields.set(name, { element, place: before === 0 ? name : `${name}[${before}]` });
  }
  return { rss, gdacs };
};

const textIn = (field: Field | undefined): string | undefined => {
  const text = field?.element.text.trim();
  return text === '' ? undefined : text;
};

/** `geo:Point`, then `georss:point`; the bounding box is no substitute, its middle lies up to 3,000 km from a cyclone. */
const positionIn = ({ rss }: Fields): { position: Position; place: string } | undefined => {
  const point = rss.get('Point');
  const fromGeo =
    point && positionOf(numberIn(textOf(point.element, 'lat')), numberIn(textOf(point.element, 'long')));
  if (fromGeo) return { position: fromGeo, place: point.place };
  const georss = rss.get('point');
  const [latitude, longitude] = textIn(georss)?.split(/[\s,]+/) ?? [];
  const position = positionOf(numberIn(latitude), numberIn(longitude));
  return georss && position && { position, place: georss.place };
};

/** GDACS writes 0 without a unit, or -1, when it counted nobody. */
const populationIn = (population: Field | undefined): Measure[] => {
  const value = numberIn(population?.element.attributes.value);
  const unit = population?.element.attributes.unit?.trim() ?? '';
  return value !== undefined && value >= 0 && unit !== ''
    ? [{ name: 'population', value, unit: plainText(unit) }]
    : [];
};

/** The first of the fields that holds a date, with its place. */
const dateIn = (...fields: (Field | undefined)[]): { at: string; place: string } | undefined => {
  for (const field of fields) {
    const at = instantOfRfc822(textIn(field));
    if (field && at !== undefined) return { at, place: field.place };
  }
  return undefined;
};

const isFalse = (field: Field | undefined) => textIn(field)?.toLowerCase() === 'false';
const isTrue = (field: Field | undefined) => textIn(field)?.toLowerCase() === 'true';

const readEvent = (item: XmlElement, madeAt: string | undefined): AlertDraft => {
  const fields = fieldsOf(item);
  const gdacs = (name: string) => fields.gdacs.get(name);
  const said = (name: string) => textIn(gdacs(name));
  const guid = fields.rss.get('guid');
  const [, guidType, guidNumber] = textIn(guid)?.match(/^([A-Za-z]{2})(\d+)$/) ?? [];
  const eventType = said('eventtype') ?? guidType;
  const eventNumber = said('eventid') ?? guidNumber;
  if (eventNumber === undefined || !/^\d{1,12}$/.test(eventNumber)) throw new ItemRejected('no event id');
  const hazard = gdacsHazard(eventType);

  const published = dateIn(fields.rss.get('pubDate'));
  const occurred = dateIn(gdacs('fromdate'), fields.rss.get('pubDate'));
  const until = dateIn(gdacs('todate'));
  const modified = dateIn(gdacs('datemodified'));
  if (occurred === undefined) throw new ItemRejected('neither fromdate nor pubDate is a date');
  // `todate` and `pubDate` may lie in the future (a flood of 2019 did); nothing was sent after the feed was made.
  const latest = modified ?? published ?? occurred;
  const sentAt = madeAt !== undefined && madeAt < latest.at ? madeAt : latest.at;

  const title = fields.rss.get('title');
  const titleText = textIn(title) ?? '';
  const level = said('alertlevel');
  const severity = gdacs('severity');
  const population = populationIn(gdacs('population'));
  const measures = [
    ...gdacsSeverity(
      hazard,
      numberIn(severity?.element.attributes.value),
      severity?.element.attributes.unit?.trim() ?? '',
      textIn(severity) ?? '',
    ),
    ...population,
  ];
  const point = positionIn(fields);
  const iso3 = said('iso3');
  const country = said('country');
  const endedAt = gdacsEnd(isFalse(gdacs('iscurrent')) ? false : undefined, until?.at, madeAt);
  const status = gdacsStatus(titleText);
  const sourceId = `${hazard}${eventNumber}`;
  const remarks: string[] = [];
  if (point === undefined && gdacs('bbox')) remarks.push('no point; the middle of its box is no position');
  if (isTrue(gdacs('temporary'))) remarks.push('GDACS marks it as preliminary');
  return draftOf({
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(modified?.at ?? until?.at ?? sentAt, said('episodeid'), 1),
    status,
    ownIds: [`gdacs:${sourceId}`],
    strongIds: gdacsStrongIds(hazard, sourceId, {
      glide: said('glide'),
      sourceId: said('sourceid'),
      eventName: said('eventname'),
    }),
    hazard,
    ...gdacsLevel(level),
    sourceLevel: gdacsSourceLevel(level),
    titles: { en: titleText },
    sentAt,
    occurredAt: occurred.at,
    endedAt,
    observedUntilAt: until?.at ?? null,
    countryHints: { codes: (iso3 ?? '').split(/[\s,;]+/), names: country ?? '' },
    position: point?.position ?? null,
    measures,
    remarks,
    places: placesOf({
      title: titleText === '' ? undefined : title?.place,
      hazard: said('eventtype') === undefined ? guid?.place : gdacs('eventtype')?.place,
      level: level === undefined ? undefined : gdacs('alertlevel')?.place,
      // When the feed's own time had to stand in, there is nothing in the item to point at.
      sentAt: sentAt === latest.at ? latest.place : undefined,
      occurredAt: occurred.place,
      endedAt: endedAt === null ? undefined : until?.place,
      status: status === 'Actual' ? undefined : title?.place,
      position: point?.place,
      countries:
        iso3 !== undefined
          ? gdacs('iso3')?.place
          : country === undefined
            ? undefined
            : gdacs('country')?.place,
      measures:
        measures.length === 0
          ? undefined
          : measures.length > population.length
            ? severity?.place
            : gdacs('population')?.place,
      'measures.population': population.length === 0 ? undefined : gdacs('population')?.place,
    }),
  });
};

const madeAt = (document: FeedDocument): string | undefined => {
  const channel = document.kind === 'xml' ? childrenOf(document.root, 'channel')[0] : undefined;
  return channel && instantOfRfc822(textOf(channel, 'pubDate') ?? textOf(channel, 'lastBuildDate'));
};

/** Feeds of others draw boxes in the way of GDACS, and say nothing else in its words. */
const isGdacsFact = (child: XmlElement) => child.name !== 'bbox' && gdacsNamespace.test(child.namespace);

/** GDACS publishes its CAP messages in a feed of the same look, and those are read as CAP. */
const holdsCap = (item: XmlElement) => item.children.some(child => child.name === 'alert');

/** The RSS feeds of gdacs.org (rss.xml, rss_24h.xml, rss_7d.xml); one item is one event. */
export const gdacsRss: Format = {
  name: 'gdacs-rss',
  recognises: document => {
    if (document.kind !== 'xml' || document.root.name !== 'rss') return false;
    const items = entriesOf(document.root);
    if (items.some(({ element }) => holdsCap(element))) return false;
    if (items.some(({ element }) => element.children.some(isGdacsFact))) return true;
    const channel = childrenOf(document.root, 'channel')[0];
    return channel !== undefined && /\bGDACS\b/.test(textOf(channel, 'title') ?? '');
  },
  read: document => {
    if (document.kind !== 'xml') return [];
    const made = madeAt(document);
    return entriesOf(document.root).map(({ element, place }) =>
      readItem(place, plainText(textOf(element, 'guid')), () => readEvent(element, made)),
    );
  },
  madeAt,
};
