import { childrenOf, textOf, type XmlElement } from '../documents/xml.ts';
import { headOf } from './feed-entries.ts';

/** Where an entry points, or why that is nowhere to go. */
export type EntryLink = { url: string } | { fault: string };

type Candidate = { href: string; type: string; rel: string };

/** Longer addresses are attacks on somebody's log, not messages. */
const maximumLength = 2_000;

const candidatesIn = (entry: XmlElement): Candidate[] =>
  entry.children.flatMap(child => {
    const { attributes } = child;
    const type = attributes.type?.trim().toLowerCase() ?? '';
    if (child.name === 'link') {
      const href = (attributes.href ?? child.text).trim();
      return href === '' ? [] : [{ href, type, rel: attributes.rel?.trim().toLowerCase() ?? 'alternate' }];
    }
    if (child.name === 'enclosure' && attributes.url)
      return [{ href: attributes.url.trim(), type, rel: 'enclosure' }];
    // Atom may keep the content of an entry elsewhere.
    if (child.name === 'content' && attributes.src)
      return [{ href: attributes.src.trim(), type, rel: 'alternate' }];
    return [];
  });

/** Addresses that say by themselves that a CAP message, or another message in XML, lies there. */
const looksLikeMessage = (href: string): boolean => {
  const [path = '', query = ''] = href.split('#')[0]!.split('?');
  return (
    /\.(cap|xml)$/i.test(path) ||
    /(^|\/)cap(\/|$)|\/wwacapget|CapAlert/.test(path) ||
    /(^|&)cap(id)?=/i.test(query)
  );
};

/** 3 CAP by its type, 2 by its address, 1 possible in a feed that declares CAP, 0 something else. */
const rankOf = ({ href, type, rel }: Candidate, isCapFeed: boolean): number => {
  if (rel !== 'alternate' && rel !== 'enclosure' && rel !== 'related') return 0;
  if (/^application\/(cap|common-alerting-protocol)\+xml/.test(type)) return 3;
  if (type !== '' && !/^(application|text)\/xml\b/.test(type)) return 0;
  if (looksLikeMessage(href)) return 2;
  return isCapFeed && rel === 'alternate' && type === '' ? 1 : 0;
};

const urlOf = (href: string, base: string | undefined): URL | undefined =>
  URL.canParse(href, base) ? new URL(href, base) : undefined;

/** The address without its fragment, when it can be fetched: http or https, and nobody's password in it. */
const safeLink = (href: string, base: string | undefined): EntryLink => {
  const url = urlOf(href, base);
  if (url === undefined || href.length > maximumLength) return { fault: 'its link is no address' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { fault: `its link begins with ${url.protocol.slice(0, 20)}, not with http` };
  if (url.username !== '' || url.password !== '') return { fault: 'its link carries credentials' };
  url.hash = '';
  return { url: url.href };
};

const selfOf = (head: XmlElement): string | undefined => {
  const links = childrenOf(head, 'link');
  const self = links.find(link => link.attributes.rel?.toLowerCase() === 'self') ?? links[0];
  return self && (self.attributes.href ?? self.text).trim();
};

/** What a feed says that its links are to be read against: its own address, or the page that it belongs to. */
export type LinkContext = {
  base: string | undefined;
  /** The feed's own addresses: an entry that points there points nowhere. */
  own: ReadonlySet<string>;
  /** The feed declares the namespace of CAP, as the indexes of most weather services do. */
  isCapFeed: boolean;
};

const resolved = (href: string | undefined, base: string | undefined): string | undefined =>
  href === undefined ? base : (urlOf(href, base)?.href ?? base);

/** Reads that context from the head of a feed. */
export const linkContextOf = (root: XmlElement): LinkContext => {
  const head = headOf(root);
  const base = resolved(head.attributes.base ?? root.attributes.base, resolved(selfOf(head), undefined));
  const own = [selfOf(head), textOf(head, 'id')].flatMap(href => urlOf(href ?? '', base)?.href ?? []);
  const isCapFeed = Object.values(root.attributes).some(value =>
    /^(urn:oasis:names:tc:emergency:cap:|http:\/\/www\.incident\.com\/cap\/)/.test(value),
  );
  return { base, own: new Set(own), isCapFeed };
};

/** The link to the message that an entry stands for; undefined when it links to none. */
export const messageLinkOf = (entry: XmlElement, context: LinkContext): EntryLink | undefined => {
  const base = resolved(entry.attributes.base, context.base);
  let best: EntryLink | undefined;
  let bestRank = 0;
  for (const candidate of candidatesIn(entry)) {
    const rank = rankOf(candidate, context.isCapFeed);
    if (rank <= bestRank) continue;
    const link = safeLink(candidate.href, base);
    if ('url' in link && context.own.has(link.url)) continue;
    // A broken link is named only when the entry has no better one.
    if ('fault' in link && best !== undefined) continue;
    best = link;
    bestRank = 'fault' in link ? 0 : rank;
  }
  return best;
};
