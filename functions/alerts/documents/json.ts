/** JSON that cannot be read, or that is nested deeper than a feed may be; the message says why. */
export class UnreadableJson extends Error {
  override name = 'UnreadableJson';
}

/** A JSON value without anything that code could trip over, and what was taken out of it. */
export type SafeJson = { value: unknown; notes: string[] };

const limits = {
  /** As for XML. The deepest feed seen has 11 levels, a collection of multipolygons inside a list. */
  depth: 64,
  /** Lists and objects: some 56 bytes of memory each. 10 MB of coordinates have half as many. */
  containers: 1_000_000,
};

/** Up to this size, the busiest feeds, whatever a body holds takes 0.1 s and 100 MB at most, and is looked at after parsing. */
const mostUnmeasured = 2_000_000;

const refuseDepth = (): never => {
  throw new UnreadableJson(`nested deeper than ${limits.depth}`);
};

/** Whether the quote at that place is escaped: after an odd number of backslashes. */
const isEscaped = (text: string, at: number): boolean => {
  let first = at;
  while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
  return (at - first) % 2 === 1;
};

/**
 * Bounds what parsing will take, before it: 16 MB of brackets are a gigabyte of memory. Throws UnreadableJson on too much;
 * what is no JSON is left to the parser.
 */
const measure = (text: string): void => {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      do at = text.indexOf('"', at + 1);
      while (at > 0 && isEscaped(text, at));
      if (at < 0) return;
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      containers += 1;
      if (depth > limits.depth) refuseDepth();
      if (containers > limits.containers)
        throw new UnreadableJson(`more than ${limits.containers} lists and objects`);
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
};

type Doubts = { surrogates: boolean; prototypes: boolean; notes: Set<string> };

/** A string or number without what is wrong with it; the value itself when nothing is. */
const mended = (value: unknown, doubts: Doubts): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    doubts.notes.add('a number too large to be one was taken for missing');
    return null;
  }
  if (!doubts.surrogates || typeof value !== 'string') return value;
  const text = value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (text !== value) doubts.notes.add('half a character was replaced');
  return text;
};

const cleanList = (list: unknown[], depth: number, doubts: Doubts): void => {
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index];
    if (typeof value === 'object') {
      if (value !== null) clean(value, depth + 1, doubts);
    } else {
      const good = mended(value, doubts);
      if (good !== value) list[index] = good;
    }
  }
};

/** Goes through every value once, no deeper than the limit. */
const clean = (container: object, depth: number, doubts: Doubts): void => {
  if (depth > limits.depth) refuseDepth();
  if (Array.isArray(container)) {
    cleanList(container, depth, doubts);
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
    if (typeof value === 'object') {
      if (value !== null) clean(value, depth + 1, doubts);
    } else if (typeof value === 'number' || doubts.surrogates) {
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
  if (body.length > mostUnmeasured) measure(body);
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
