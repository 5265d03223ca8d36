import { Alert } from '../domain/alert.ts';
import { countriesAt, countriesNamed } from './countries.ts';
import { readDocument, UnreadableDocument } from './document.ts';
import type { AlertDraft, ReadItem } from './formats/format.ts';
import { formatOf } from './formats/registry.ts';
import { alertIdOf, contentDigestOf, digestOf } from './identity.ts';

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
  /** When the body was made, where its format says so. */
  madeAt: string | null;
};

const nothing = (name: 'UnreadableDocument' | 'UnknownFormat', reason: string): Reading => ({
  format: null,
  problem: { name, reason },
  accepted: [],
  ignored: [],
  rejected: [{ item: 'document', reason }],
  madeAt: null,
});

const countriesOf = async (draft: AlertDraft) => {
  const named = await countriesNamed(draft.countryHints);
  return named.length > 0 || draft.position === null ? named : countriesAt(draft.position);
};

const alertOf = async (draft: AlertDraft, format: string, place: string, rawDigest: string) => {
  const { countryHints: _hints, ...said } = draft;
  const content = { ...said, format, countries: await countriesOf(draft) };
  return Alert.safeParse({
    ...content,
    alertId: alertIdOf(draft),
    rawDigest,
    rawPlace: place,
    contentDigest: contentDigestOf(content),
  });
};

const nameOf = (item: ReadItem) => (item.id === '' ? item.place : `${item.place} ${item.id}`);

/**
 * Reads a feed body of any known format into alerts. Never throws on bad input: a broken item is named in `rejected` and
 * the others go on; a body that cannot be read at all, or of no known format, is a `problem`.
 */
export const readBody = async (
  bytes: Uint8Array,
  options: { contentType?: string | undefined } = {},
): Promise<Reading> => {
  let document: ReturnType<typeof readDocument>;
  try {
    document = readDocument(bytes, options.contentType);
  } catch (error) {
    if (error instanceof UnreadableDocument) return nothing('UnreadableDocument', error.message);
    throw error;
  }
  const format = formatOf(document);
  if (!format) return nothing('UnknownFormat', 'no known alert format');

  const rawDigest = digestOf(bytes);
  const reading: Reading = {
    format: format.name,
    problem: null,
    accepted: [],
    ignored: [],
    rejected: [],
    madeAt: format.madeAt?.(document) ?? null,
  };
  for (const item of format.read(document)) {
    if (item.outcome !== 'accepted') {
      reading[item.outcome].push({ item: nameOf(item), reason: item.reason });
      continue;
    }
    const alert = await alertOf(item.draft, format.name, item.place, rawDigest);
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
