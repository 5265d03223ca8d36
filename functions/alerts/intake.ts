import { Alert } from '../domain/alert.ts';
import { believes, type Channel } from './channel.ts';
import { countriesAt, countriesNamed } from './countries.ts';
import { readDocument, UnreadableDocument } from './document.ts';
import type { AlertDraft, FeedLink, ReadItem } from './formats/format.ts';
import { formatOf } from './formats/registry.ts';
import { safeGeometryOf } from './geometry.ts';
import { alertIdOf, digestOf } from './identity.ts';
import { plainText } from './plain-text.ts';

/** An item that became no alert, named as the desk can find it in the body ("item[4] EQ1199929"). */
type Refusal = { item: string; reason: string };

/** A feed body, read: what it said, what concerns nobody, what was broken. */
export type Reading = {
  /** Null when no format recognised it. */
  format: string | null;
  /** Why nothing could be read at all: broken bytes or syntax, or well-formed and of no known format. */
  problem: { name: 'UnreadableDocument' | 'UnknownFormat'; reason: string } | null;
  accepted: Alert[];
  ignored: Refusal[];
  rejected: Refusal[];
  /** Messages that an index only links to. */
  links: FeedLink[];
  /** When the body was made, where its format says so. */
  madeAt: string | null;
  rawDigest: string;
};

const nothing = (
  name: 'UnreadableDocument' | 'UnknownFormat',
  reason: string,
  rawDigest: string,
): Reading => ({
  format: null,
  problem: { name, reason },
  accepted: [],
  ignored: [],
  rejected: [{ item: 'document', reason }],
  links: [],
  madeAt: null,
  rawDigest,
});

/** The title of those that read English, else the first one. */
const titleIn = (titles: Readonly<Record<string, string>>): string => {
  const tag = Object.keys(titles).find(language => language.startsWith('en'));
  return (tag === undefined ? Object.values(titles)[0] : titles[tag]) ?? '';
};

const cleaned = (titles: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(titles).flatMap(([language, title]) => {
      const text = plainText(title);
      return text === '' ? [] : [[language.toLowerCase(), text]];
    }),
  );

type Origin = {
  format: string;
  place: string;
  rawDigest: string;
  channelId: string | null;
  notes: readonly string[];
};

const alertOf = async (draft: AlertDraft, origin: Origin) => {
  const { countryHints, outlines, titles: given, ...said } = draft;
  const geometry = safeGeometryOf(outlines);
  const position = draft.position ?? geometry.middle;
  const named = await countriesNamed(countryHints);
  const titles = cleaned(given);
  return Alert.safeParse({
    ...said,
    titles,
    title: titleIn(titles),
    position,
    footprint: geometry.footprint,
    countries: named.length > 0 || position === null ? named : await countriesAt(position),
    ownIds: [...new Set([`${said.source}:${said.sourceId}`, ...said.ownIds])],
    strongIds: [...new Set([...said.ownIds, ...said.strongIds])],
    remarks: [...origin.notes, ...said.remarks, ...geometry.remarks],
    alertId: alertIdOf(draft),
    format: origin.format,
    rawDigest: origin.rawDigest,
    rawPlace: origin.place,
    channelId: origin.channelId,
  });
};

const nameOf = (item: ReadItem) => (item.id === '' ? item.place : `${item.place} ${item.id}`);

/**
 * Reads a feed body of any known format into alerts. Never throws on bad input: a broken item is named in `rejected` and
 * the others go on; a body that cannot be read at all, or of no known format, is a `problem`. With a channel, a message
 * of a source that is not believed there is rejected.
 */
export const readBody = async (
  bytes: Uint8Array,
  options: { contentType?: string | undefined; channel?: Channel | null } = {},
): Promise<Reading> => {
  const { channel = null } = options;
  const rawDigest = digestOf(bytes);
  let document: ReturnType<typeof readDocument>;
  try {
    document = readDocument(bytes, options.contentType);
  } catch (error) {
    if (error instanceof UnreadableDocument) return nothing('UnreadableDocument', error.message, rawDigest);
    throw error;
  }
  const format = formatOf(document);
  if (!format) return nothing('UnknownFormat', 'no known alert format', rawDigest);

  const reading: Reading = {
    format: format.name,
    problem: null,
    accepted: [],
    ignored: [],
    rejected: [],
    links: format.links?.(document) ?? [],
    madeAt: format.madeAt?.(document) ?? null,
    rawDigest,
  };
  for (const item of format.read(document)) {
    if (item.outcome !== 'accepted') {
      reading[item.outcome].push({ item: nameOf(item), reason: item.reason });
      continue;
    }
    if (channel && !believes(channel, item.draft.source)) {
      const reason = `${plainText(item.draft.source)} is not believed on ${channel.channelId}`;
      reading.rejected.push({ item: nameOf(item), reason });
      continue;
    }
    const channelId = channel?.channelId ?? null;
    const { name } = format;
    const { notes = [] } = document;
    const alert = await alertOf(item.draft, { format: name, place: item.place, rawDigest, channelId, notes });
    if (alert.success) reading.accepted.push(alert.data);
    else {
      const [issue] = alert.error.issues;
      reading.rejected.push({
        item: nameOf(item),
        reason: `${issue?.path.join('.')}: ${issue?.message ?? 'not as expected'}`,
      });
    }
  }
  return reading;
};
