import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfRfc822, instantOfUtc } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import {
  decimalOf,
  epicentreOf,
  levelWithoutImpact,
  magnitudeOf,
  quakeMeasures,
  quakeTitle,
} from './quake-values.ts';

/** Either the English or the French name of Earthquakes Canada, in the addresses of the channel and its items. */
const host = /\b(earthquakescanada\.nrcan|seismescanada\.rncan)\.gc\.ca\b/i;

const channelIn = (document: FeedDocument): XmlElement | undefined =>
  document.kind === 'xml' && document.root.name === 'rss'
    ? childrenOf(document.root, 'channel')[0]
    : undefined;

const isNrcan = (channel: XmlElement): boolean => {
  const addresses = [...childrenOf(channel, 'link'), ...childrenOf(channel, 'docs')];
  const named = addresses.some(link => host.test(link.text) || host.test(link.attributes.href ?? ''));
  return (
    named ||
    /earthquake reports.*canada|derniers s[ée]ismes.*canada/is.test(
      (textOf(channel, 'title') ?? '').slice(0, 200),
    )
  );
};

/** A labelled value in the description ("<b>magnitude: </b>3.1<br/>"); the labels are English in both languages. */
const labelled = (description: string, label: string): string | undefined =>
  description.match(new RegExp(`${label}\\s*:\\s*(?:</b>)?\\s*([^<&]{1,40})`, 'i'))?.[1]?.trim();

/** French has a comma in its decimals. */
const figureOf = (text: string | undefined): number | undefined => decimalOf(text?.replace(',', '.'));

/** The quake's own name in the address of its page ("…/20180929.1332/index-en.php"), the same in both languages. */
const nameOf = (item: XmlElement): string => {
  const guid = textOf(item, 'guid') ?? textOf(item, 'link') ?? '';
  return guid.slice(0, 300).match(/\/(\d{8}\.\d{4,6})(?:\/|$)/)?.[1] ?? plainText(guid);
};

type Point = { latitude: number | undefined; longitude: number | undefined; place: string };

const pointOf = (item: XmlElement, description: string): Point => {
  const where = item.children.find(child => child.name === 'where');
  const point = where?.children.find(child => child.name === 'Point');
  const pos = point && textOf(point, 'pos');
  const text = pos ?? textOf(item, 'point');
  if (text === undefined)
    return {
      latitude: figureOf(labelled(description, 'latitude')),
      longitude: figureOf(labelled(description, 'longitude')),
      place: 'description',
    };
  const [latitude, longitude] = text.split(/[\s,]+/).map(decimalOf);
  return { latitude, longitude, place: pos === undefined ? 'point' : 'where/Point/pos' };
};

const readEvent = (item: XmlElement, language: string): AlertDraft => {
  const title = textOf(item, 'title') ?? '';
  const description = (textOf(item, 'description') ?? '').slice(0, 2000);
  const inTitle = title.slice(0, 300).match(/\bM\s*=\s*(-?\d+(?:[.,]\d+)?)/)?.[1];
  const size = inTitle ?? labelled(description, 'magnitude');
  const written = labelled(description, 'time')?.replace(/\s*UTC?$/i, '');
  if (size === undefined && written === undefined) throw new ItemIgnored('news, no report of an earthquake');

  const name = nameOf(item);
  if (name === '') throw new ItemRejected('no guid');
  const publishedAt = instantOfRfc822(textOf(item, 'pubDate'));
  const happenedAt = instantOfUtc(written);
  const occurredAt = happenedAt ?? publishedAt;
  if (occurredAt === undefined) throw new ItemRejected('neither time nor pubDate is a time');
  const magnitude = magnitudeOf(figureOf(size));
  const point = pointOf(item, description);
  const measures = quakeMeasures(magnitude, undefined);
  // The first sentence of the description is the title without date and size.
  const words = title || plainText(description.split('<', 1)[0]);
  const titlePlace = title === '' ? 'description' : 'title';
  return draftOf({
    source: 'NRCan',
    sourceId: name,
    // The feed has no time of revision. The English text counts as the later one, so that two feeds of one quake do not take turns.
    revision: language === 'en' ? '1' : '0',
    ownIds: [`nrcan:${name}`],
    hazard: 'EQ',
    ...levelWithoutImpact(magnitude),
    places: {
      hazard: titlePlace,
      title: titlePlace,
      sentAt: publishedAt === undefined ? 'description' : 'pubDate',
      occurredAt: happenedAt === undefined ? 'pubDate' : 'description',
      position: point.place,
      ...(magnitude === undefined
        ? {}
        : {
            level: inTitle === undefined ? 'description' : 'title',
            measures: inTitle === undefined ? 'description' : 'title',
          }),
    },
    titles: { [language]: words || quakeTitle(magnitude, '') },
    sentAt: publishedAt ?? occurredAt,
    occurredAt,
    position: epicentreOf(point.latitude, point.longitude),
    measures,
  });
};

/** Earthquakes Canada (Natural Resources Canada), GeoRSS in English or French; one item is one quake, or a word of news. */
export const nrcanRss: Format = {
  name: 'nrcan-rss',
  recognises: document => {
    const channel = channelIn(document);
    return channel !== undefined && isNrcan(channel);
  },
  read: document => {
    const channel = channelIn(document);
    if (!channel || document.kind !== 'xml') return [];
    const language = textOf(channel, 'language')?.toLowerCase().startsWith('fr') ? 'fr' : 'en';
    return entriesOf(document.root).map(({ element, place }) =>
      readItem(place, nameOf(element), () => readEvent(element, language)),
    );
  },
  madeAt: document => {
    const channel = channelIn(document);
    return channel && instantOfRfc822(textOf(channel, 'lastBuildDate') ?? textOf(channel, 'pubDate'));
  },
};
