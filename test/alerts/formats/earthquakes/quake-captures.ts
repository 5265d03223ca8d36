import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FeedDocument, readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import type { AlertDraft, Format, ReadItem } from '../../../../functions/alerts/formats/format.ts';

const captures = '../shared/captures';
export const capturesAbsent = !existsSync(captures);

/** The document of a body written as text or as a JSON value. */
export const documentOf = (body: string | object): FeedDocument =>
  readDocument(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)));

export const captured = (file: string): FeedDocument => readDocument(readFileSync(join(captures, file)));

export const draftsOf = (items: readonly ReadItem[]): AlertDraft[] =>
  items.flatMap(item => (item.outcome === 'accepted' ? [item.draft] : []));

/** The outcome of each item in words: the source's key of what was accepted, else the reason. */
export const outcomesOf = (items: readonly ReadItem[]): string[] =>
  items.map(item =>
    item.outcome === 'accepted'
      ? `${item.draft.messageType} ${item.draft.source}:${item.draft.sourceId}`
      : `${item.outcome}: ${item.reason}`,
  );

/** Places named by accepted items at which the document has nothing ("features[3]/properties/mag"). */
export const emptyPlaces = (format: Format, document: FeedDocument): string[] =>
  format.read(document).flatMap(item =>
    item.outcome !== 'accepted'
      ? []
      : Object.values(item.draft.places)
          .map(place => (item.place === '$' ? place : `${item.place}/${place}`))
          .filter(place => valueAt(document, place) === undefined),
  );
