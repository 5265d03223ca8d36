import * as z from 'zod';

/** A JSON object whose keys are read with care: what is not there is undefined, and nothing is inherited. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own keys only: a feed may name a key `__proto__` or `constructor`. */
export const fieldOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Trimmed text of a string, number or boolean; undefined when there is none, and for "null" and "None" written out. */
export const textIn = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text === 'null' || text === 'None' ? undefined : text;
};

/** A finite number, also when it is written as text. */
export const numberIn = (value: unknown): number | undefined => {
  const text = textIn(value);
  return text !== undefined && /^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,3})?$/i.test(text)
    ? Number(text)
    : undefined;
};

/** Feeds differ in whether a field is absent, null, empty, text or number, so a field of another kind counts as absent. */
export const Text = z.unknown().optional().transform(textIn);
export const Numeric = z.unknown().optional().transform(numberIn);
/** True and false, also as the words that GDACS writes. */
export const Flag = z
  .unknown()
  .optional()
  .transform(value => {
    const word = textIn(value)?.toLowerCase();
    return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : undefined;
  });
/** A list of anything; anything else is an empty one. */
export const List = z
  .unknown()
  .optional()
  .transform(value => (Array.isArray(value) ? (value as unknown[]) : []));

/** The places of the fields that were read, without those that were not. */
export const placesOf = (places: Readonly<Record<string, string | undefined>>): Record<string, string> => {
  const read: Record<string, string> = {};
  for (const field in places) {
    const place = places[field];
    if (place !== undefined) read[field] = place;
  }
  return read;
};
