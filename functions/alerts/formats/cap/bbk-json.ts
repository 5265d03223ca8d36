import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { type FeedLink, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, textIn } from '../json-fields.ts';
import { alertDraftOf } from './cap-draft.ts';
import { isCapJson, messageOfJson } from './cap-json.ts';

/** The systems whose warnings the app carries: MoWaS, KATWARN, BIWAPP, the weather service, the flood centre, the police. */
const warningId = /^(mow|kat|biw|dwd|dwdmap|lhp|pol)\.\S+$/;

/** An entry of the map or of a region's list, which names a warning and is none itself. */
const isEntry = (value: unknown): boolean =>
  isObject(value) &&
  fieldOf(value, 'msgType') === undefined &&
  textIn(fieldOf(value, 'id')) !== undefined &&
  (fieldOf(value, 'i18nTitle') !== undefined || isObject(fieldOf(value, 'payload')));

type Item = { place: string; value: unknown };

/** A single warning, or the elements of a list; a warning may also stand under "alert", as other CAP in JSON does. */
const itemsOf = (document: FeedDocument): Item[] => {
  if (document.kind !== 'json') return [];
  const { value } = document;
  if (Array.isArray(value)) return value.map((element, index) => ({ place: `$[${index}]`, value: element }));
  return isCapJson(fieldOf(value, 'alert'))
    ? [{ place: 'alert', value: fieldOf(value, 'alert') }]
    : [{ place: '$', value }];
};

const entryLink = (item: Item): FeedLink[] => {
  const id = textIn(fieldOf(item.value, 'id'));
  if (!isEntry(item.value) || id === undefined || !warningId.test(id)) return [];
  const url = `https://warnung.bund.de/api31/warnings/${encodeURIComponent(id)}.json`;
  return [{ place: item.place, url }];
};

/** Senders of MoWaS are called after their state and county ("DE-SL-SLS-W038"). */
const isGerman = (value: unknown): boolean =>
  /^DE-|@dwd\.de$/i.test(textIn(fieldOf(value, 'sender')) ?? '') ||
  warningId.test(textIn(fieldOf(value, 'identifier')) ?? '');

const readWarning = ({ value }: Item) => {
  if (isEntry(value))
    throw new ItemIgnored(
      `an entry of an index: ${entryLink({ place: '', value }).length > 0 ? 'the warning itself is linked' : 'it names no warning of a known system'}`,
    );
  if (!isObject(value)) throw new ItemRejected('no warning');
  const german = isGerman(value);
  const message = messageOfJson(value, '', german);
  if (german) message.countries = ['DEU'];
  return alertDraftOf(message);
};

/**
 * Warnings of the German federal warning app NINA (warnung.bund.de, and its older lists): CAP as JSON, one or a list; and
 * the lists that only name them (mapData, dashboard).
 */
export const bbkJson: Format = {
  name: 'bbk-json',
  recognises: document => {
    const items = itemsOf(document);
    return items.some(
      ({ value }) => isCapJson(value) || (isEntry(value) && items.every(item => isEntry(item.value))),
    );
  },
  read: document =>
    itemsOf(document).map(item => {
      const id = textIn(fieldOf(item.value, 'identifier')) ?? textIn(fieldOf(item.value, 'id'));
      return readItem(item.place, plainText(id), () => readWarning(item));
    }),
  links: document => itemsOf(document).flatMap(entryLink),
};
