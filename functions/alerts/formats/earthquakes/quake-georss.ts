import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso, instantOfUtc, latestOf } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, headOf, wholeTextOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import { georssOf } from '../georss.ts';
import { decimalOf, levelWithoutImpact, magnitudeOf, pagerLevel, quakeMeasures } from './quake-values.ts';

/** A quake as one of these feeds tells it; everything else is the same for all of them. */
type Told = {
  source: string;
  sourceId: string;
  /** Scheme of the id ("usgs"), as the source's other formats have it. */
  scheme: string;
  language: string;
  magnitude: number | undefined;
  depthKm: number | undefined;
  occurredAt: string | undefined;
  sentAt: string | undefined;
  /** Where the time of the quake and that of the message were read. */
  timePlace: string;
  sentPlace: string;
  measuresPlace: string;
  level: Pick<AlertDraft, 'level' | 'levelRule' | 'sourceLevel'>;
  levelPlace: string;
};

const numberAfter = (pattern: RegExp, text: string): number | undefined =>
  magnitudeOf(decimalOf(text.match(pattern)?.[1]));

const summaryOf = (entry: XmlElement, name: string): string =>
  (wholeTextOf(entry, name) ?? '').slice(0, 4_000);

/** "urn:earthquake-usgs-gov:us:6000tij5"; the id is the network and its code, as everywhere at the USGS. */
const usgsEntry = (entry: XmlElement): Told => {
  const [, network, code] =
    entryId(entry)?.match(/^urn:earthquake-usgs-gov:([a-z0-9]+):([a-z0-9_-]+)$/i) ?? [];
  if (network === undefined || code === undefined) throw new ItemRejected('no id of the USGS');
  const summary = summaryOf(entry, 'summary');
  const updated = instantOfIso(textOf(entry, 'updated'));
  const stated = summary.match(/<dt>Time<\/dt>\s*<dd>([\d-]+ [\d:]+) UTC<\/dd>/)?.[1];
  const magnitude = numberAfter(/^M\s?(-?\d+(?:\.\d+)?)\b/, textOf(entry, 'title') ?? '');
  const colour = summary.match(/\bclass="pager-(green|yellow|orange|red)"/i)?.[1]?.toLowerCase();
  const elevation = decimalOf(textOf(entry, 'elev'));
  return {
    source: 'USGS',
    sourceId: `${network}${code}`.toLowerCase(),
    scheme: 'usgs',
    language: 'en',
    magnitude,
    depthKm: elevation === undefined ? undefined : Math.round(elevation / -10) / 100,
    // Until 2012 `updated` was the time of the quake and nothing else said it.
    occurredAt: stated === undefined ? updated : instantOfUtc(stated),
    sentAt: updated,
    timePlace: stated === undefined ? 'updated' : 'summary',
    sentPlace: 'updated',
    measuresPlace: 'title',
    level: pagerLevel(colour, magnitude),
    levelPlace: colour === undefined ? 'title' : 'summary',
  };
};

/** "2018-10-06 10:21:33 UTC - Magnitude(ML) 2.3 - 1 km NE Biancavilla (CT)", with the event's number in the id. */
const ingvEntry = (entry: XmlElement): Told => {
  const number = entryId(entry)?.match(/\beventId=(\d+)/i)?.[1];
  if (number === undefined) throw new ItemRejected('no eventId of the INGV');
  const title = textOf(entry, 'title') ?? '';
  const magnitude = numberAfter(/\bMagnitude\s*\([^)]{0,10}\)\s*(-?\d+(?:\.\d+)?)/, title);
  const occurredAt = instantOfUtc(title.match(/^([\d-]+ [\d:.]+) UTC\b/)?.[1]);
  const updatedAt = instantOfIso(textOf(entry, 'updated'));
  // Some entries were "updated" before the quake: then the quake is all that is known of their time.
  const sentAt = latestOf([updatedAt, occurredAt]);
  return {
    source: 'INGV',
    sourceId: number,
    scheme: 'ingv',
    language: 'en',
    magnitude,
    depthKm: undefined,
    occurredAt,
    sentAt,
    timePlace: 'title',
    sentPlace: sentAt === updatedAt && updatedAt !== undefined ? 'updated' : 'title',
    measuresPlace: 'title',
    level: levelWithoutImpact(magnitude),
    levelPlace: 'title',
  };
};

/** "18/03/2019 1:11:35", the day first; in UTC like the catalogue that the entries link to. */
const instantOfSpain = (text: string | undefined): string | undefined => {
  const [, day, month, year, hour, rest] = text?.match(/^(\d\d)\/(\d\d)\/(\d{4}) (\d\d?)(:\d\d:\d\d)$/) ?? [];
  return day === undefined
    ? undefined
    : instantOfUtc(`${year}-${month}-${day} ${hour!.padStart(2, '0')}${rest}`);
};

/** "Se ha producido un terremoto de magnitud 3.1 en … en la fecha 18/03/2019 19:34:55 en la siguiente localización: …". */
const ignEntry = (entry: XmlElement): Told => {
  const key = `${entryId(entry) ?? ''} ${textOf(entry, 'link') ?? ''}`.match(/\bevid=(es\w+)/)?.[1];
  if (key === undefined) throw new ItemRejected('no evid of the IGN');
  const said = summaryOf(entry, 'description');
  const magnitude = numberAfter(/\bmagnitud\s+(-?\d+(?:\.\d+)?)\b/, said);
  const occurredAt = instantOfSpain(said.match(/\ben la fecha (\d\d\/\d\d\/\d{4} [\d:]+)/)?.[1]);
  return {
    source: 'IGN',
    sourceId: key,
    scheme: 'ign',
    language: 'es',
    magnitude,
    depthKm: undefined,
    occurredAt,
    sentAt: occurredAt,
    timePlace: 'description',
    sentPlace: 'description',
    measuresPlace: 'description',
    level: levelWithoutImpact(magnitude),
    levelPlace: 'description',
  };
};

/** Until 2012 the entries of the USGS gave no time of change, but linked to a CAP message that does: that one speaks. */
const isOlderIndex = (root: XmlElement): boolean =>
  entriesOf(root).some(
    ({ element }) =>
      !summaryOf(element, 'summary').includes('<dt>Time</dt>') &&
      childrenOf(element, 'link').some(link => link.attributes.type === 'application/cap+xml'),
  );

const tellerOf = (root: XmlElement): ((entry: XmlElement) => Told) | undefined => {
  const head = headOf(root);
  const authors = childrenOf(head, 'author').map(author => textOf(author, 'name'));
  const names = [...authors, textOf(head, 'title')].join('\n');
  if (root.name === 'feed') {
    if (/U\.?S\.? Geological Survey|\bUSGS\b/.test(names) && /earthquake/i.test(names))
      return isOlderIndex(root) ? undefined : usgsEntry;
    return /\bINGV\b|Istituto Nazionale di Geofisica/.test(names) ? ingvEntry : undefined;
  }
  return root.name === 'rss' && /\bIGN\b/.test(names) && /sism/i.test(names) ? ignEntry : undefined;
};

const readQuake = (entry: XmlElement, tell: (entry: XmlElement) => Told): AlertDraft => {
  const told = tell(entry);
  if (told.occurredAt === undefined) throw new ItemRejected('no time of the earthquake');
  const { position, outlines, places } = georssOf(entry);
  if (position === null) throw new ItemRejected('no position');
  const measures = quakeMeasures(told.magnitude, told.depthKm);
  const measured = told.magnitude === undefined ? 'elev' : told.measuresPlace;
  return draftOf({
    source: told.source,
    sourceId: told.sourceId,
    revision: told.sentAt ?? told.occurredAt,
    ownIds: [`${told.scheme}:${told.sourceId}`],
    hazard: 'EQ',
    ...told.level,
    titles: { [told.language]: textOf(entry, 'title') ?? '' },
    sentAt: told.sentAt ?? told.occurredAt,
    occurredAt: told.occurredAt,
    position,
    outlines,
    measures,
    places: {
      ...places,
      hazard: 'title',
      title: 'title',
      level: told.levelPlace,
      sentAt: told.sentPlace,
      occurredAt: told.timePlace,
      ...(measures.length > 0 && { measures: measured }),
    },
  });
};

/** Feeds of earthquakes in Atom or RSS with GeoRSS: of the USGS, of Italy's INGV and of Spain's IGN. */
export const quakeGeorss: Format = {
  name: 'quake-georss',
  recognises: document => document.kind === 'xml' && tellerOf(document.root) !== undefined,
  read: document => {
    const tell = document.kind === 'xml' ? tellerOf(document.root) : undefined;
    if (document.kind !== 'xml' || tell === undefined) return [];
    return entriesOf(document.root).map(({ element, place }) =>
      readItem(place, plainText(entryId(element)), () => readQuake(element, tell)),
    );
  },
  madeAt: (document: FeedDocument) =>
    document.kind === 'xml' ? instantOfIso(textOf(document.root, 'updated')) : undefined,
};
