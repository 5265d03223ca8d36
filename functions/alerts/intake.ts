import type { Alert } from '../domain/alert.ts';
import { type FeedDocument, readDocument, UnreadableDocument } from './documents/document.ts';
import { plainText } from './documents/plain-text.ts';
import { alertIdOf, digestOf, keyOf } from './events/identity.ts';
import { believes, type Channel } from './feeds/channel.ts';
import type { AlertDraft, FeedLink, Format, ReadItem } from './formats/format.ts';
import { formatOf } from './formats/registry.ts';
import { countriesAt, countriesNamed } from './geography/countries.ts';
import { safeGeometryOf } from './geography/geometry.ts';

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

const cleaned = (given: Readonly<Record<string, string>>): Record<string, string> => {
  const titles: Record<string, string> = {};
  for (const language of Object.keys(given)) {
    const text = plainText(given[language]);
    if (text !== '') titles[language.toLowerCase()] = text;
  }
  return titles;
};

type Origin = {
  format: string;
  place: string;
  rawDigest: string;
  channelId: string | null;
  notes: readonly string[];
};

/** Without what is said twice; lists of one, which most are, stay as they are. */
const distinct = (ids: string[]): string[] => (ids.length < 2 ? ids : [...new Set(ids)]);

/** The message in the common model. Written out field by field: this is done for each of thousands. */
const alertOf = async (draft: AlertDraft, origin: Origin): Promise<Alert> => {
  const { footprint, middle, remarks } = safeGeometryOf(draft.outlines);
  const position = draft.position ?? middle;
  const named = countriesNamed(draft.countryHints);
  const titles = cleaned(draft.titles);
  return {
    alertId: alertIdOf(draft),
    source: draft.source,
    sourceId: draft.sourceId,
    revision: draft.revision,
    format: origin.format,
    status: draft.status,
    messageType: draft.messageType,
    references: draft.references,
    ownIds: distinct([keyOf(draft), ...draft.ownIds]),
    strongIds: distinct([...draft.ownIds, ...draft.strongIds]),
    hazard: draft.hazard,
    level: draft.level,
    levelRule: draft.levelRule,
    sourceLevel: draft.sourceLevel,
    title: titleIn(titles),
    titles,
    sentAt: draft.sentAt,
    occurredAt: draft.occurredAt,
    endedAt: draft.endedAt,
    expiresAt: draft.expiresAt,
    countries: named.length > 0 || position === null ? named : await countriesAt(position, footprint),
    position,
    footprint,
    areas: draft.areas,
    measures: draft.measures,
    rawDigest: origin.rawDigest,
    rawPlace: origin.place,
    places: draft.places,
    remarks:
      origin.notes.length === 0 && remarks.length === 0
        ? draft.remarks
        : [...origin.notes, ...draft.remarks, ...remarks],
    channelId: origin.channelId,
    observedUntilAt: draft.observedUntilAt,
  };
};

/**
 * What a parser must never let through, in words; that an alert has its schema is shown by the tests and by the fuzzer,
 * since checking it here again costs as much as reading the message.
 */
const faultIn = (alert: Alert): string | undefined => {
  if (alert.source === '' || alert.sourceId === '') return 'neither a source nor its id can be told';
  const measure = alert.measures.find(({ value }) => !Number.isFinite(value));
  return measure && `measures: ${measure.name} is no number`;
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
  let format: Format | undefined;
  try {
    format = formatOf(document);
    if (!format) return nothing('UnknownFormat', 'no known alert format', rawDigest);
    return await readAs(format, document, rawDigest, channel);
  } catch (error) {
    // A reader stumbled over something outside any item; that is a fault of ours, and must not stop a feed's other bodies.
    const words = error instanceof Error ? error.message : String(error);
    const reason = `${format?.name ?? 'recognising it'} failed: ${plainText(words)}`;
    return nothing('UnreadableDocument', reason, rawDigest);
  }
};

const readAs = async (
  format: Format,
  document: FeedDocument,
  rawDigest: string,
  channel: Channel | null,
): Promise<Reading> => {
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
    const fault = faultIn(alert);
    if (fault === undefined) reading.accepted.push(alert);
    else reading.rejected.push({ item: nameOf(item), reason: fault });
  }
  return reading;
};
