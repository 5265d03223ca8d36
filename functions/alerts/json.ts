/** JSON that cannot be read, or that is nested deeper than a feed may be; the message says why. */
export class UnreadableJson extends Error {
  override name = 'UnreadableJson';
}

/** A JSON value without anything that code could trip over, and what was taken out of it. */
export type SafeJson = { value: unknown; notes: string[] };

/** The same as for XML. The deepest feed seen has 11 levels, a GeoJSON collection of multipolygons inside a list. */
const maximumDepth = 64;

const deeper = `nested deeper than ${maximumDepth}`;

type Doubts = { surrogates: boolean; prototypes: boolean; notes: Set<string> };

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** What is wrong with a string or number, mended; the value itself when nothing is. */
const mended = (value: unknown, doubts: Doubts): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    doubts.notes.add('a number too large to be one was taken for missing');
    return null;
  }
  if (doubts.surrogates && typeof value === 'string') {
    const text = wellFormed(value);
    if (text !== value) doubts.notes.add('half a character was replaced');
    return text;
  }
  return value;
};

/** Goes through every value once; nesting is bounded first, so recursion is safe. */
const clean = (container: object, depth: number, doubts: Doubts): void => {
  if (depth > maximumDepth) throw new UnreadableJson(deeper);
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index += 1) {
      const value: unknown = container[index];
      if (typeof value === 'object' && value !== null) clean(value, depth + 1, doubts);
      else if (typeof value !== 'boolean') {
        const good = mended(value, doubts);
        if (good !== value) container[index] = good;
      }
    }
    return;
  }
  const fields = container as Record<string, unknown>;
  // JSON.parse makes it a field like any other, but whoever copies fields one by one would set a prototype with it.
  if (doubts.prototypes && Object.hasOwn(fields, '__proto__')) {
    Reflect.deleteProperty(fields, '__proto__');
    doubts.notes.add('a field "__proto__" was left out');
  }
  for (const key in fields) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) clean(value, depth + 1, doubts);
    else if (typeof value === 'number' || doubts.surrogates) {
      const good = mended(value, doubts);
      if (good !== value) fields[key] = good;
    }
  }
};

/** Lines of "//" before the value, as viewers save them, and the call of a function around it, as JSONP has it. */
const unwrapped = (text: string): SafeJson & { value: string } => {
  const body = text.replace(/^(?:\/\/[^\n]*\n\s*)+/, '');
  const notes = body === text ? [] : ['comment lines before the JSON were passed over'];
  const call = body.match(/^[A-Za-z_$][\w$.]{0,99}\s*\(\s*(?=[{[])/)?.[0];
  const end = call === undefined ? -1 : body.lastIndexOf(')');
  if (call === undefined || !/^\)\s*;?\s*$/.test(body.slice(end))) return { value: body, notes };
  return {
    value: body.slice(call.length, end),
    notes: [...notes, 'read from inside a function call (JSONP)'],
  };
};

/**
 * Reads JSON whose top is an object or a list; undefined when the text does not begin like that. A field "__proto__" is
 * left out, other names ("constructor") are plain fields; of a repeated name the last counts; numbers beyond what a
 * number can be are null. Throws UnreadableJson.
 */
export const readJson = (text: string): SafeJson | undefined => {
  const { value: body, notes } = unwrapped(text);
  if (!/^[{[]/.test(body)) return undefined;
  let value: object;
  try {
    // The parser of V8 does not recurse: a million brackets end in a value or an error, not in a full stack.
    value = JSON.parse(body) as object;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableJson(reason.replace(/\s+/g, ' ').slice(0, 160));
  }
  const escapes = body.includes('\\u');
  const doubts: Doubts = {
    surrogates: escapes && /\\ud[89a-f]/i.test(body),
    prototypes: escapes || body.includes('__proto__'),
    notes: new Set(notes),
  };
  clean(value, 1, doubts);
  return { value, notes: [...doubts.notes] };
};
