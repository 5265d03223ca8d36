import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantInZone, instantOfUtc } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, headOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { georssOf } from '../georss.ts';
import { australianLevel, isFireOut } from './australian-warning.ts';

/** The service was renamed in 2024; its feed and its incident numbers went on. */
const isQueensland = (root: XmlElement): boolean => {
  const head = headOf(root);
  const names = [textOf(head, 'title'), ...childrenOf(head, 'author').map(author => textOf(author, 'name'))];
  return names.some(name => /\bQFES\b|\bQFD\b|Queensland Fire/i.test(name ?? ''));
};

/** "Alert Level: …", "Reported (UTC): …", "Current Status: …" stand in the first lines, before the details. */
const lineOf = (content: string, label: string): string | undefined => {
  const start = content.indexOf(`${label}:`);
  return start < 0
    ? undefined
    : content
        .slice(start + label.length + 1, start + 200)
        .trim()
        .split(/\s*[\n<]|\s{2,}/)[0];
};

const readFire = (entry: XmlElement): AlertDraft => {
  const sourceId = entryId(entry);
  if (sourceId === undefined) throw new ItemRejected('no id');
  const { position, outlines, places } = georssOf(entry);
  // The service says "Reported (UTC)" of the same times that the entry has without a zone.
  const updated = textOf(entry, 'updated');
  const sentAt = instantOfUtc(updated ?? textOf(entry, 'published'));
  if (sentAt === undefined) throw new ItemRejected('neither updated nor published is a time');
  const occurredAt = instantOfUtc(textOf(entry, 'published')) ?? sentAt;
  const content = (textOf(entry, 'content') ?? textOf(entry, 'summary') ?? '').slice(0, 1_000);
  const category = childrenOf(entry, 'category')[0]?.attributes.term?.trim();
  const word = category || lineOf(content, 'Alert Level') || '';
  const burn = /\b(permitted|planned|prescribed|hazard reduction) burn/i.exec(word);
  if (burn) throw new ItemIgnored(`${burn[0].toLowerCase()}: lit on purpose`);
  const status = lineOf(content, 'Current Status') ?? '';
  return draftOf({
    source: 'QFES',
    sourceId,
    revision: sentAt,
    ownIds: [`incident:QFES,${sourceId}`],
    hazard: 'WF',
    ...australianLevel(word),
    sourceLevel: word === '' ? null : { scale: 'Australian Warning System', value: word },
    titles: { en: textOf(entry, 'title') ?? '' },
    sentAt,
    occurredAt,
    endedAt: isFireOut(status) ? sentAt : null,
    countryHints: { codes: ['AUS'], names: '' },
    position,
    outlines,
    places: {
      ...places,
      title: 'title',
      level: category ? 'category/@term' : 'content',
      sentAt: updated === undefined ? 'published' : 'updated',
      occurredAt: textOf(entry, 'published') === undefined ? 'updated' : 'published',
      ...(isFireOut(status) && { endedAt: 'content' }),
    },
  });
};

/** The bushfire alerts of Queensland's fire service (Atom with GeoRSS); one entry is one fire. */
export const qldBushfire: Format = {
  name: 'qld-bushfire',
  recognises: document =>
    document.kind === 'xml' && document.root.name === 'feed' && isQueensland(document.root),
  read: document =>
    document.kind === 'xml'
      ? entriesOf(document.root).map(({ element, place }) =>
          readItem(place, plainText(entryId(element)), () => readFire(element)),
        )
      : [],
  // The feed's own time is Brisbane's, ten hours ahead of its entries.
  madeAt: (document: FeedDocument) =>
    document.kind === 'xml' ? instantInZone(textOf(document.root, 'updated'), '+10:00') : undefined,
};
