import type { Alert } from '../../domain/alert.ts';
import type { FeedDocument } from '../documents/document.ts';
import type { CountryHints } from '../geography/countries.ts';
import type { Outline } from '../geography/geometry.ts';

/** Fields that are added in one place for all formats. */
type Derived =
  | 'alertId'
  | 'format'
  | 'title'
  | 'countries'
  | 'footprint'
  | 'rawDigest'
  | 'rawPlace'
  | 'channelId';

/** What a parser knows of a message; ids, digests, country codes and the footprint are made from it in `intake.ts`. */
export type AlertDraft = Omit<Alert, Derived> & {
  countryHints: CountryHints;
  /** Areas as the source draws them, of any size and quality. */
  outlines: readonly Outline[];
};

/** What every message must say. */
type Essentials = Pick<
  AlertDraft,
  | 'source'
  | 'sourceId'
  | 'revision'
  | 'hazard'
  | 'level'
  | 'levelRule'
  | 'sourceLevel'
  | 'titles'
  | 'sentAt'
  | 'occurredAt'
  | 'places'
>;

/** A draft of these facts; what is not given is absent: a real first message without end, position or measures. */
export const draftOf = (said: Essentials & Partial<AlertDraft>): AlertDraft => ({
  status: 'Actual',
  messageType: 'Alert',
  references: [],
  ownIds: [],
  strongIds: [],
  endedAt: null,
  expiresAt: null,
  observedUntilAt: null,
  position: null,
  outlines: [],
  areas: [],
  measures: [],
  remarks: [],
  countryHints: { codes: [], names: '' },
  ...said,
});

/** One item of a document: a message, something irrelevant that was well understood, or something broken. */
export type ReadItem = {
  /** Where it stands, as `place.ts` reads it ("item[4]", "features[0]", "alert[0]"). */
  place: string;
  /** The source's own id, as far as it could be read. */
  id: string;
} & (
  | { outcome: 'accepted'; draft: AlertDraft }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'rejected'; reason: string }
);

/** A message that an index only links to. */
export type FeedLink = { place: string; url: string };

/** A feed's format. A new one is one file beside this and one line in `registry.ts`. */
export type Format = {
  name: string;
  /** Decided by content alone: file names and content types lie. */
  recognises: (document: FeedDocument) => boolean;
  read: (document: FeedDocument) => ReadItem[];
  /** When the document as a whole was made, where the format says so. */
  madeAt?: (document: FeedDocument) => string | undefined;
  /** Messages that the document only links to; fetched from allow-listed hosts alone. */
  links?: (document: FeedDocument) => FeedLink[];
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
