import type { Measure } from '../../domain/alert.ts';
import type { Position } from '../../domain/primitives.ts';
import type { FeedDocument } from '../document.ts';
import { positionOf } from '../geography.ts';
import { plainText } from '../plain-text.ts';
import { instantOfRfc822 } from '../times.ts';
import { childrenOf, textOf, type XmlElement } from '../xml.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from './format.ts';
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
import { numberIn, placesOf } from './json-fields.ts';

const gdacsNamespace = /^https?:\/\/(www\.)?gdacs\.org\/?$/i;

const itemsOf = (root: XmlElement): XmlElement[] =>
  childrenOf(root, 'channel').flatMap(channel => childrenOf(channel, 'item'));

type Field = { element: XmlElement; text: string | undefined; place: string };

/** The children of an item by name, first ones only; RSS and GDACS share some local names (`title`, `description`). */
type Fields = { rss: ReadonlyMap<string, Field>; gdacs: ReadonlyMap<string, Field> };

const fieldsOf = (item: XmlElement): Fields => {
  const rss = new Map<string, Field>();
  const gdacs = new Map<string, Field>();
  const counts = new Map<string, number>();
  for (const element of item.children) {
    const { name } = element;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const fields = gdacsNamespace.test(element.namespace) ? gdacs : rss;
    if (fields.has(name)) continue;
    const text = element.text.trim();
    fields.set(name, {
      element,
      text: text === '' ? undefined : text,
      place: count === 0 ? name : `${name}[${count}]`,
    });
  }
  return { rss, gdacs };
};

/** `geo:Point`, then `georss:point`; the bounding box is no substitute, its middle lies up to 3,000 km from a cyclone. */
const positionIn = ({ rss }: Fields): { position: Position; place: string } | undefined => {
  const point = rss.get('Point');
  const fromGeo =
    point && positionOf(numberIn(textOf(point.element, 'lat')), numberIn(textOf(point.element, 'long')));
  if (fromGeo) return { position: fromGeo, place: point.place };
  const georss = rss.get('point');
  const [latitude, longitude] = georss?.text?.split(/[\s,]+/) ?? [];
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
    const at = instantOfRfc822(field?.text);
    if (field && at !== undefined) return { at, place: field.place };
  }
  return undefined;
};

const isFalse = (field: Field | undefined) => field?.text?.toLowerCase() === 'false';
const isTrue = (field: Field | undefined) => field?.text?.toLowerCase() === 'true';

const readEvent = (item: XmlElement, madeAt: string | undefined): AlertDraft => {
  const fields = fieldsOf(item);
  const gdacs = (name: string) => fields.gdacs.get(name);
  const guid = fields.rss.get('guid');
  const [, guidType, guidNumber] = guid?.text?.match(/^([A-Za-z]{2})(\d+)$/) ?? [];
  const eventType = gdacs('eventtype')?.text ?? guidType;
  const eventNumber = gdacs('eventid')?.text ?? guidNumber;
  if (eventNumber === undefined || !/^\d+$/.test(eventNumber)) throw new ItemRejected('no event id');
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
  const level = gdacs('alertlevel');
  const severity = gdacs('severity');
  const population = populationIn(gdacs('population'));
  const measures = [
    ...gdacsSeverity(
      hazard,
      numberIn(severity?.element.attributes.value),
      severity?.element.attributes.unit?.trim() ?? '',
      severity?.text ?? '',
    ),
    ...population,
  ];
  const point = positionIn(fields);
  const iso3 = gdacs('iso3')?.text;
  const country = gdacs('country');
  const endedAt = gdacsEnd(isFalse(gdacs('iscurrent')) ? false : undefined, until?.at, madeAt);
  const status = gdacsStatus(title?.text ?? '');
  const sourceId = `${hazard}${eventNumber}`;
  const remarks: string[] = [];
  if (point === undefined && gdacs('bbox')) remarks.push('no point; the middle of its box is no position');
  if (isTrue(gdacs('temporary'))) remarks.push('GDACS marks it as preliminary');
  return draftOf({
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(modified?.at ?? until?.at ?? sentAt, gdacs('episodeid')?.text, 1),
    status,
    ownIds: [`gdacs:${sourceId}`],
    strongIds: gdacsStrongIds(hazard, sourceId, {
      glide: gdacs('glide')?.text,
      sourceId: gdacs('sourceid')?.text,
      eventName: gdacs('eventname')?.text,
    }),
    hazard,
    ...gdacsLevel(level?.text),
    sourceLevel: gdacsSourceLevel(level?.text),
    titles: { en: title?.text ?? '' },
    sentAt,
    occurredAt: occurred.at,
    endedAt,
    observedUntilAt: until?.at ?? null,
    countryHints: { codes: (iso3 ?? '').split(/[\s,;]+/), names: country?.text ?? '' },
    position: point?.position ?? null,
    measures,
    remarks,
    places: placesOf({
      title: title?.text && title.place,
      hazard: gdacs('eventtype')?.text === undefined ? guid?.place : gdacs('eventtype')?.place,
      level: level?.text && level.place,
      // When the feed's own time had to stand in, there is nothing in the item to point at.
      sentAt: sentAt === latest.at ? latest.place : undefined,
      occurredAt: occurred.place,
      endedAt: endedAt === null ? undefined : until?.place,
      status: status === 'Actual' ? undefined : title?.place,
      position: point?.place,
      countries: iso3 === undefined ? country?.text && country.place : gdacs('iso3')?.place,
      measures:
        measures.length === 0
          ? undefined
          : measures.length > population.length
            ? severity?.place
            : gdacs('population')?.place,
    }),
  });
};

const madeAt = (document: FeedDocument): string | undefined => {
  const channel = document.kind === 'xml' ? childrenOf(document.root, 'channel')[0] : undefined;
  return channel && instantOfRfc822(textOf(channel, 'pubDate') ?? textOf(channel, 'lastBuildDate'));
};

/** GDACS publishes its CAP messages in a feed of the same look, and those are read as CAP. */
const holdsCap = (item: XmlElement) => item.children.some(child => child.name === 'alert');

/** The RSS feeds of gdacs.org (rss.xml, rss_24h.xml, rss_7d.xml); one item is one event. */
export const gdacsRss: Format = {
  name: 'gdacs-rss',
  recognises: document => {
    if (document.kind !== 'xml' || document.root.name !== 'rss') return false;
    const items = itemsOf(document.root);
    if (items.some(holdsCap)) return false;
    if (items.some(item => item.children.some(child => gdacsNamespace.test(child.namespace)))) return true;
    const channel = childrenOf(document.root, 'channel')[0];
    return channel !== undefined && /\bGDACS\b/.test(textOf(channel, 'title') ?? '');
  },
  read: document => {
    if (document.kind !== 'xml') return [];
    const made = madeAt(document);
    return itemsOf(document.root).map((item, index) =>
      readItem(`item[${index}]`, plainText(textOf(item, 'guid')), () => readEvent(item, made)),
    );
  },
  madeAt,
};
