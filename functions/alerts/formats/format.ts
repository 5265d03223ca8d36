import type { Alert } from '../../domain/alert.ts';
import type { CountryHints } from '../countries.ts';
import type { FeedDocument } from '../document.ts';

/** What a parser knows of a message; id, digests and country codes are added in one place for all formats. */
export type AlertDraft = Omit<
  Alert,
  'alertId' | 'format' | 'countries' | 'rawDigest' | 'rawPlace' | 'contentDigest'
> & { countryHints: CountryHints };

/** One item of a document: a message, something irrelevant that was well understood, or something broken. */
export type ReadItem = {
  /** Where it stands ("item[4]", "feature[0]", "alert[1]"). */
  place: string;
  /** The source's own id, as far as it could be read. */
  id: string;
} & (
  | { outcome: 'accepted'; draft: AlertDraft }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'rejected'; reason: string }
);

/** A feed's format. A new one is one file beside this and one line in `registry.ts`. */
export type Format = {
  name: string;
  /** Decided by content alone: file names and content types lie. */
  recognises: (document: FeedDocument) => boolean;
  read: (document: FeedDocument) => ReadItem[];
  /** When the document as a whole was made, where the format says so. */
  madeAt?: (document: FeedDocument) => string | undefined;
};

/** An item that is broken; the message is the reason shown to the desk. */
export class ItemRejected extends Error {
  override name = 'ItemRejected';
}

/** An item that was understood and concerns nobody here; the message is the reason shown to the desk. */
export class ItemIgnored extends Error {
  override name = 'ItemIgnored';
}

/** Reads one item so that whatever is wrong with it stops at this item. */
export const readItem = (place: string, id: string, read: () => AlertDraft): ReadItem => {
  try {
    return { place, id, outcome: 'accepted', draft: read() };
  } catch (error) {
    if (error instanceof ItemIgnored) return { place, id, outcome: 'ignored', reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { place, id, outcome: 'rejected', reason };
  }
};
