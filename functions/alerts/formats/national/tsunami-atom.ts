import type { Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfIso } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, wholeText } from '../feed-entries.ts';
import { linkContextOf, messageLinkOf } from '../feed-links.ts';
import {
  type AlertDraft,
  draftOf,
  type FeedLink,
  type Format,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { georssOf } from '../georss.ts';

const isTsunamiCentre = (root: XmlElement): boolean => {
  const names = childrenOf(root, 'author').flatMap(author => [textOf(author, 'name'), textOf(author, 'uri')]);
  return names.some(name => /tsunami warning cent|\btsunami\.gov\b/i.test(name ?? ''));
};

/** The centres' categories in the common scale, as their CAP messages rate the same categories by severity. */
const levels = tableOf<Level>({
  warning: 'Red',
  threat: 'Red',
  watch: 'Orange',
  advisory: 'Orange',
  information: 'Green',
  cancellation: 'Green',
});

/**
 * The summary is a page whose labels ("Category:") are elements of their own, so its bare text begins with the category and
 * goes on with the issue time and the magnitude. Older bulletins hold the same page as escaped HTML, labels included.
 */
const summaryOf = (entry: XmlElement): string => {
  const summary = childrenOf(entry, 'summary')[0] ?? childrenOf(entry, 'content')[0];
  if (!summary) return '';
  const bare = [summary.text, ...summary.children.map(child => child.text)].join(' ').slice(0, 4_000);
  const text = bare.trim() === '' ? wholeText(summary).slice(0, 4_000) : bare;
  return text
    .replace(/<[^>]{0,300}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

const categoryIn = (summary: string): string | undefined =>
  summary
    .match(/^(?:Category:\s*)?(information|advisory|watch|warning|threat|cancell?ation)\b/i)?.[1]
    ?.toLowerCase()
    .replace('cancelation', 'cancellation');

/** "…/events/PHEB/2026/09/27/26270050/1/WECA42/…" names centre, event and bulletin. */
const bulletinIn = (entry: XmlElement): { centre: string; event: string; number: string } | undefined => {
  for (const link of childrenOf(entry, 'link')) {
    const match = link.attributes.href?.match(
      /\/events\/([A-Z]{4})\/\d{4}\/\d\d\/\d\d\/([\w-]{1,40})\/(\d{1,4})\//,
    );
    if (match) return { centre: match[1]!, event: match[2]!, number: match[3]! };
  }
  return undefined;
};

/** Both centres' CAP messages have this sender and "centre-bulletin-event" as identifier. */
const sender = 'ntwc@noaa.gov';

const readBulletin = (entry: XmlElement): AlertDraft => {
  const bulletin = bulletinIn(entry);
  if (!bulletin) throw new ItemRejected('no link that names the event and the bulletin');
  const sentAt = instantOfIso(textOf(entry, 'updated'));
  if (sentAt === undefined) throw new ItemRejected('updated is no time with an offset');
  const summary = summaryOf(entry);
  const category = categoryIn(summary);
  const over = category === 'cancellation';
  const { centre, event, number } = bulletin;
  const magnitude = summary.match(/\b(\d{1,2}(?:\.\d+)?)\s*\(?(?:M[a-z]{0,3}|m[bB])\b/)?.[1];
  const { position, outlines, places } = georssOf(entry);
  const summaryPlace = childrenOf(entry, 'summary').length > 0 ? 'summary' : 'content';
  return draftOf({
    source: sender,
    sourceId: `${centre}-${number}-${event}`,
    revision: sentAt,
    messageType: Number(number) > 1 ? 'Update' : 'Alert',
    ownIds: [`cap:${sender},${centre}-${number}-${event}`, `incident:${sender},${event}`],
    hazard: 'TS',
    level: category === undefined ? 'Unknown' : (levels.get(category) ?? 'Unknown'),
    levelRule: `tsunami-category-${category ?? 'missing'}`,
    sourceLevel: category === undefined ? null : { scale: 'tsunami category', value: category },
    titles: { en: `Tsunami ${category ?? 'bulletin'}: ${textOf(entry, 'title') ?? event}` },
    sentAt,
    occurredAt: sentAt,
    endedAt: over ? sentAt : null,
    position,
    outlines,
    measures: magnitude === undefined ? [] : [{ name: 'magnitude', value: Number(magnitude), unit: 'M' }],
    remarks: ['the time of the earthquake is not given: the time of the bulletin stands for it'],
    places: {
      ...places,
      title: 'title',
      level: summaryPlace,
      sentAt: 'updated',
      occurredAt: 'updated',
      ...(magnitude !== undefined && { measures: summaryPlace }),
      ...(over && { endedAt: summaryPlace }),
    },
  });
};

/** The Atom feeds of the tsunami warning centres of the United States (PAAQAtom.xml, PHEBAtom.xml): the newest bulletin each. */
export const tsunamiAtom: Format = {
  name: 'tsunami-atom',
  recognises: document =>
    document.kind === 'xml' && document.root.name === 'feed' && isTsunamiCentre(document.root),
  read: document => {
    if (document.kind !== 'xml') return [];
    const context = linkContextOf(document.root);
    return entriesOf(document.root).map(({ element, place }): ReadItem => {
      const id = plainText(entryId(element));
      const link = messageLinkOf(element, context);
      // The CAP message says by areas what the entry says as a whole; two voices of one bulletin would contradict each other.
      if (link && 'url' in link) {
        const reason = `only links to ${new URL(link.url).host}, whose CAP message speaks`;
        return { place, id, outcome: 'ignored', reason };
      }
      return readItem(place, id, () => readBulletin(element));
    });
  },
  links: document => {
    if (document.kind !== 'xml') return [];
    const context = linkContextOf(document.root);
    const links = new Map<string, FeedLink>();
    for (const { element, place } of entriesOf(document.root)) {
      const link = messageLinkOf(element, context);
      if (link && 'url' in link && !links.has(link.url)) links.set(link.url, { place, url: link.url });
    }
    return [...links.values()];
  },
  madeAt: document => (document.kind === 'xml' ? instantOfIso(textOf(document.root, 'updated')) : undefined),
};
