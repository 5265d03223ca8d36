import type { FeedDocument } from '../../documents/document.ts';
import { leadingNumber, plainText } from '../../documents/plain-text.ts';
import { instantOfRfc822, instantOfUtc } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import { decimalOf, epicentreOf, levelWithoutImpact, magnitudeOf, quakeMeasures } from './quake-values.ts';

const emscNamespace = /^https?:\/\/(www\.)?(emsc-csem\.org|emsc\.eu|seismicportal\.eu)\/?$/i;

const channelIn = (document: FeedDocument): XmlElement | undefined =>
  document.kind === 'xml' && document.root.name === 'rss'
    ? childrenOf(document.root, 'channel')[0]
    : undefined;

/** EMSC's number of the quake, in the address of its page ("earthquake.php?id=934377"). */
const numberOf = (item: XmlElement): string | undefined => {
  const address = textOf(item, 'guid') ?? textOf(item, 'link') ?? '';
  return address.slice(0, 300).match(/[?&]id=(\d{1,12})(?:&|$)/)?.[1];
};

const readEvent = (item: XmlElement): AlertDraft => {
  const number = numberOf(item);
  if (number === undefined) throw new ItemRejected('no number of the quake in the address of its page');
  // "2020-12-30 21:37:51 UTC"
  const occurredAt = instantOfUtc(textOf(item, 'time')?.replace(/\s*UTC?$/i, ''));
  if (occurredAt === undefined) throw new ItemRejected(`time "${plainText(textOf(item, 'time'))}" is none`);
  const publishedAt = instantOfRfc822(textOf(item, 'pubDate'));

  // "ML 1.2", "mb 5.0"; the kind of magnitude has digits in it only at its end ("Mw", "m1 4.0").
  const size = magnitudeOf(decimalOf(textOf(item, 'magnitude')?.split(/\s+/).at(-1)));
  const depthKm = leadingNumber(textOf(item, 'depth'));
  const measures = quakeMeasures(size, depthKm);
  const title = textOf(item, 'title');
  return draftOf({
    source: 'EMSC',
    sourceId: number,
    revision: publishedAt ?? '0',
    ownIds: [`emsc:${number}`],
    hazard: 'EQ',
    ...levelWithoutImpact(size),
    places: {
      hazard: textOf(item, 'guid') === undefined ? 'link' : 'guid',
      sentAt: publishedAt === undefined ? 'time' : 'pubDate',
      occurredAt: 'time',
      position: 'lat',
      ...(title === undefined ? {} : { title: 'title' }),
      ...(size === undefined ? {} : { level: 'magnitude' }),
      ...(measures.length === 0 ? {} : { measures: size === undefined ? 'depth' : 'magnitude' }),
    },
    titles: { en: title ?? 'Earthquake' },
    sentAt: publishedAt ?? occurredAt,
    occurredAt,
    position: epicentreOf(decimalOf(textOf(item, 'lat')), decimalOf(textOf(item, 'long'))),
    measures,
    remarks: publishedAt === undefined ? ['no pubDate: taken for made when it happened'] : [],
  });
};

/** The RSS feeds of the EMSC (emsc-csem.org/service/rss); one item is one quake. */
export const emscRss: Format = {
  name: 'emsc-rss',
  recognises: document => {
    const channel = channelIn(document);
    if (!channel) return false;
    const items = childrenOf(channel, 'item');
    if (items.length === 0)
      return /\bEMSC\b/.test(textOf(channel, 'title') ?? '') && /emsc/i.test(textOf(channel, 'link') ?? '');
    return items.some(item => item.children.some(child => emscNamespace.test(child.namespace)));
  },
  read: document => {
    if (document.kind !== 'xml' || !channelIn(document)) return [];
    return entriesOf(document.root).map(({ element, place }) =>
      readItem(place, plainText(numberOf(element)), () => readEvent(element)),
    );
  },
  madeAt: document => {
    const channel = channelIn(document);
    return channel && instantOfRfc822(textOf(channel, 'lastBuildDate') ?? textOf(channel, 'pubDate'));
  },
};
