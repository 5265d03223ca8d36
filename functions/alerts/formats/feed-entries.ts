import { textOf, type XmlElement } from '../documents/xml.ts';

/** An entry of an Atom or RSS feed and its place in the document ("entry[4]", "item[0]"). */
export type FeedEntry = { element: XmlElement; place: string };

/** The root of an Atom feed, RSS 2.0 or RSS 1.0. */
export const isFeed = (root: XmlElement): boolean =>
  root.name === 'feed' || root.name === 'rss' || root.name === 'RDF';

/** Atom puts entries into the feed, RSS 2.0 items into its channel, RSS 1.0 items beside it. */
const holdsEntries = (element: XmlElement, root: XmlElement, parent: XmlElement | undefined): boolean =>
  element === root ? root.name !== 'rss' : parent === root && element.name === 'channel';

/**
 * Half a dozen formats look at the entries of a feed before one of them knows it: they are looked for once, and kept on the
 * root itself. In a WeakMap they would outlive the quick collections of V8, and with them the whole document: that took a
 * third of the time of reading an index.
 */
const found = Symbol('entries');

type Root = XmlElement & { [found]?: FeedEntry[] };

/**
 * The entries of an Atom or RSS feed; none when the document is no feed. An entry may hold a whole feed of its own, whose
 * entries count for the places and are none of this feed.
 */
export const entriesOf = (root: Root): FeedEntry[] => {
  if (!isFeed(root)) return [];
  if (root[found]) return root[found];
  const name = root.name === 'feed' ? 'entry' : 'item';
  const entries: FeedEntry[] = [];
  let index = 0;
  const visit = (element: XmlElement, parent: XmlElement | undefined): void => {
    const holds = holdsEntries(element, root, parent);
    for (const child of element.children) {
      if (child.name === name) {
        if (holds) entries.push({ element: child, place: `${name}[${index}]` });
        index += 1;
      }
      // Nearly all elements hold nothing but text.
      if (child.children.length > 0) visit(child, element);
    }
  };
  visit(root, undefined);
  root[found] = entries;
  return entries;
};

/** What the feed says of itself: the `feed` of Atom, the `channel` of RSS. */
export const headOf = (root: XmlElement): XmlElement =>
  root.name === 'feed' ? root : (root.children.find(child => child.name === 'channel') ?? root);

/** The id of an entry: `id` of Atom, `guid` of RSS; undefined when it has none. */
export const entryId = (entry: XmlElement): string | undefined =>
  textOf(entry, 'id') ?? textOf(entry, 'guid');

/** The characters of an element and of all within it (xhtml titles and summaries have inner elements). */
export const wholeText = (element: XmlElement): string =>
  [element.text, ...element.children.map(wholeText)].join(' ').replace(/\s+/g, ' ').trim();

/** The whole text of the first direct child of that local name; undefined when it is absent or empty. */
export const wholeTextOf = (element: XmlElement, name: string): string | undefined => {
  const child = element.children.find(each => each.name === name);
  const text = child && wholeText(child);
  return text === '' ? undefined : text;
};
