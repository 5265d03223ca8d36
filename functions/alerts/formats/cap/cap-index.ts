import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso, instantOfRfc822 } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, type FeedEntry, headOf, isFeed } from '../feed-entries.ts';
import { type LinkContext, linkContextOf, messageLinkOf } from '../feed-links.ts';
import type { FeedLink, Format, ReadItem } from '../format.ts';
import { cap } from './cap.ts';
import { messageOf, placeInEntry } from './cap-entry.ts';

/** A national feed has some hundreds of messages in force; nobody follows more links of one document than this. */
const maximumLinks = 2_000;

/** The elements called `alert` in an entry, none that lies in another one; nearly all entries hold nothing but text. */
const alertsWithin = (element: XmlElement, found: XmlElement[] = []): XmlElement[] => {
  for (const child of element.children)
    if (child.name === 'alert') found.push(child);
    else if (child.children.length > 0) alertsWithin(child, found);
  return found;
};

/** Those elements called `alert` that are a whole CAP message. Some indexes put an empty one there, with "!" for what it should say. */
const messagesAmong = (alerts: readonly XmlElement[]): XmlElement[] =>
  alerts.filter(
    alert =>
      childrenOf(alert, 'info').length > 0 ||
      /[\p{L}\p{N}]/u.test(textOf(alert, 'identifier') ?? textOf(alert, 'references') ?? ''),
  );

/** What an entry is: a message, a link to one, words that nothing is in force, or nothing that can be used. */
type Sense =
  | { kind: 'message'; message: XmlElement }
  | { kind: 'embedded' }
  | { kind: 'link'; url: string }
  | { kind: 'quiet' }
  | { kind: 'fault'; fault: string }
  | { kind: 'other' };

/** "There are no active watches, warnings or advisories" is how state feeds of the NWS say that they are empty. */
const saysNothing = (entry: XmlElement): boolean =>
  /^\W*(there are )?(currently )?no (active|current)\b|^\W*no (alerts|warnings|watches)\b/i.test(
    textOf(entry, 'title') ?? '',
  );

const senseOf = (entry: XmlElement, alerts: readonly XmlElement[], context: LinkContext): Sense => {
  if (messagesAmong(alerts).length > 0) return { kind: 'embedded' };
  if (saysNothing(entry)) return { kind: 'quiet' };
  const link = messageLinkOf(entry, context);
  const message = messageOf(entry, link);
  if (message) return { kind: 'message', message };
  if (link === undefined) return { kind: 'other' };
  return 'url' in link ? { kind: 'link', url: link.url } : { kind: 'fault', fault: link.fault };
};

/** `alerts`: the elements of that name in the entry, of which those of later entries are counted. */
type Read = FeedEntry & { alerts: readonly XmlElement[]; sense: Sense };

/** A document is asked four times (recognised, made, read, linked), and its entries are the same each time; see `entriesOf`. */
const read = Symbol('entries as messages');

type Root = XmlElement & { [read]?: Read[] };

const readEntries = (root: Root): Read[] => {
  if (root[read]) return root[read];
  const context = linkContextOf(root);
  const entries = entriesOf(root).map(({ element, place }) => {
    const alerts = alertsWithin(element);
    return { element, place, alerts, sense: senseOf(element, alerts, context) };
  });
  root[read] = entries;
  return entries;
};

const linksIn = (entries: readonly Read[]): FeedLink[] => {
  const links = new Map<string, FeedLink>();
  for (const { sense, place } of entries)
    if (sense.kind === 'link' && links.size < maximumLinks && !links.has(sense.url))
      links.set(sense.url, { place, url: sense.url });
  return [...links.values()];
};

/** The messages that lie whole in an entry; `before` counts the `alert` elements that stand before it in the document. */
const embeddedItems = (alerts: readonly XmlElement[], before: number): ReadItem[] =>
  messagesAmong(alerts).flatMap(alert =>
    cap
      .read({ kind: 'xml', root: alert })
      .map(item => ({ ...item, place: `alert[${before + alerts.indexOf(alert)}]` })),
  );

const summarised = ({ element, place }: FeedEntry, message: XmlElement): ReadItem[] =>
  cap.read({ kind: 'xml', root: message }).map(item => {
    if (item.outcome !== 'accepted') return { ...item, place };
    return { ...item, place, draft: { ...item.draft, places: placeInEntry(item.draft.places, element) } };
  });

const itemsOf = (root: XmlElement): ReadItem[] => {
  const entries = readEntries(root);
  const followed = new Set(linksIn(entries).map(link => link.url));
  const items: ReadItem[] = [];
  let before = 0;
  for (const entry of entries) {
    const { element, place, sense, alerts } = entry;
    const name = entryId(element);
    const named = { place, id: plainText(name) };
    if (sense.kind === 'embedded') items.push(...embeddedItems(alerts, before));
    else if (sense.kind === 'message') items.push(...summarised(entry, sense.message));
    else if (sense.kind === 'quiet')
      items.push({ ...named, outcome: 'ignored', reason: 'says that nothing is in force' });
    else if (sense.kind === 'link') {
      const beyond = followed.has(sense.url) ? '' : `, beyond the ${maximumLinks} links that are followed`;
      items.push({
        ...named,
        outcome: 'ignored',
        reason: `only links to ${new URL(sense.url).host}${beyond}`,
      });
    } else {
      const missing = name === undefined ? 'neither an id nor a link to a message' : 'no link to a message';
      items.push({ ...named, outcome: 'rejected', reason: sense.kind === 'fault' ? sense.fault : missing });
    }
    before += alerts.length;
  }
  return items;
};

/** Indexes of CAP messages in Atom (RFC 4287) and RSS: each entry is one message, linked, summarised in CAP fields, or both. */
export const capIndex: Format = {
  name: 'cap-index',
  recognises: document => {
    if (document.kind !== 'xml' || !isFeed(document.root)) return false;
    const entries = readEntries(document.root);
    // An index with nothing in force is one by its namespace alone.
    if (entries.length === 0) return linkContextOf(document.root).isCapFeed;
    // A feed whose every entry holds its message whole is CAP in a wrapper, and a feed that never speaks of CAP is no index.
    if (entries.every(({ sense }) => sense.kind === 'embedded')) return false;
    return (
      linkContextOf(document.root).isCapFeed ||
      entries.some(({ sense }) => sense.kind === 'link' || sense.kind === 'message')
    );
  },
  read: document => (document.kind === 'xml' ? itemsOf(document.root) : []),
  links: document => (document.kind === 'xml' ? linksIn(readEntries(document.root)) : []),
  madeAt: document => {
    if (document.kind !== 'xml') return undefined;
    const head = headOf(document.root);
    return (
      instantOfIso(textOf(head, 'updated')) ??
      instantOfRfc822(textOf(head, 'lastBuildDate') ?? textOf(head, 'pubDate')) ??
      instantOfIso(textOf(head, 'date'))
    );
  },
};
