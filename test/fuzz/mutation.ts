import { junkTexts, junkValues } from './junk.ts';
import type { Random } from './random.ts';

const decoder = new TextDecoder('utf-8');
const encoder = new TextEncoder();

const tokens = [
  ...junkTexts.filter(text => text.length < 100),
  '<',
  '>',
  '&',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\u0000',
  '<!DOCTYPE a>',
  '<?xml version="1.1"?>',
].map(text => encoder.encode(text));

const spliced = (bytes: Uint8Array, from: number, to: number, filling: Uint8Array): Uint8Array => {
  const mutant = new Uint8Array(from + filling.length + bytes.length - to);
  mutant.set(bytes.subarray(0, from));
  mutant.set(filling, from);
  mutant.set(bytes.subarray(to), from + filling.length);
  return mutant;
};

/** One change of the bytes, whatever they mean: a bit, a stretch, a token, a piece of another body. */
export const mutatedBytes = (bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array => {
  const from = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + random.below(random.chance(0.8) ? 12 : 2000));
  switch (random.below(7)) {
    case 0: {
      const mutant = bytes.slice();
      if (mutant.length > 0) mutant[from % mutant.length]! ^= 1 << random.below(8);
      return mutant;
    }
    case 1:
      return spliced(bytes, from, to, new Uint8Array());
    case 2:
      return spliced(bytes, from, from, bytes.subarray(from, to));
    case 3:
      return spliced(bytes, from, to, random.pick(tokens));
    case 4: {
      const start = random.below(other.length + 1);
      return spliced(bytes, from, to, other.subarray(start, start + random.below(400)));
    }
    case 5:
      return bytes.slice(0, from);
    default: {
      const mutant = bytes.slice();
      for (let at = from; at < to; at += 1) mutant[at] = random.below(256);
      return mutant;
    }
  }
};

type Holder = { container: Record<string, unknown>; key: string };

const holdersIn = (value: unknown, found: Holder[] = [], depth = 0): Holder[] => {
  if (typeof value !== 'object' || value === null || depth > 40 || found.length > 20_000) return found;
  for (const key of Object.keys(value)) {
    const container = value as Record<string, unknown>;
    found.push({ container, key });
    holdersIn(container[key], found, depth + 1);
  }
  return found;
};

const nested = (value: unknown, levels: number): unknown =>
  levels === 0 ? value : [nested(value, levels - 1)];

/** A change that leaves JSON well-formed: a value made junk, left out, repeated, moved, wrapped or renamed. */
const mutatedJson = (text: string, random: Random): string => {
  const root: { top: unknown } = { top: JSON.parse(text) };
  const holders = holdersIn(root.top);
  const changes = 1 + random.below(3);
  for (let change = 0; change < changes && holders.length > 0; change += 1) {
    const { container, key } = random.pick(holders);
    const value = container[key];
    switch (random.below(8)) {
      case 0:
        if (Array.isArray(container)) container.splice(Number(key), 1);
        else delete container[key];
        break;
      case 1:
        container[key] = random.pick(holders).container;
        break;
      case 2:
        container[key] = nested(value, 1 + random.below(80));
        break;
      case 3:
        container[key] = [value, value];
        break;
      case 4:
        if (!Array.isArray(container)) container[random.pick(junkTexts).slice(0, 200)] = value;
        break;
      case 5:
        if (typeof value === 'number') container[key] = value * random.pick([-1, 0, 1e3, 1e9, 1e300, 0.5]);
        else container[key] = random.pick(holders).key;
        break;
      default:
        container[key] = random.pick(junkValues);
    }
  }
  const seen = new Set<unknown>();
  // A value moved into itself has no end; it is cut where it comes round.
  const written = JSON.stringify(root.top, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (seen.size > 50_000) return null;
    if (seen.has(value)) return 'seen';
    seen.add(value);
    return value;
  });
  return random.chance(0.1) ? written.replace('"', `"__proto__":{"polluted":1},"`) : written;
};

const piecesOf = (text: string): string[] => text.match(/<[^>]*>|[^<]+/g) ?? [text];

const isTag = (piece: string) => piece.startsWith('<');

/** Where the element that opens at a piece is closed; the piece itself when that cannot be told. */
const endOf = (pieces: readonly string[], from: number): number => {
  const open = pieces[from]!;
  if (!/^<[\w:.-]/.test(open) || open.endsWith('/>')) return from;
  let depth = 0;
  for (let at = from; at < pieces.length; at += 1) {
    const piece = pieces[at]!;
    if (!/^<\/?[\w:.-]/.test(piece) || piece.endsWith('/>')) continue;
    depth += piece.startsWith('</') ? -1 : 1;
    if (depth === 0) return at;
  }
  return from;
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');

/** A change that mostly leaves XML well-formed: an element or its text left out, repeated, moved, renamed or made junk. */
const mutatedXml = (text: string, random: Random): string => {
  const pieces = piecesOf(text);
  const changes = 1 + random.below(3);
  for (let change = 0; change < changes; change += 1) {
    let at = random.below(pieces.length);
    // An end tag alone would only break the body, which is the task of the changes of bytes.
    while (at > 0 && /^<[/?!]/.test(pieces[at]!) && random.chance(0.95)) at -= 1;
    const end = endOf(pieces, at);
    const element = pieces.slice(at, end + 1);
    const piece = pieces[at]!;
    switch (random.below(10)) {
      case 0:
        pieces.splice(at, element.length);
        break;
      case 1:
        pieces.splice(at, 0, ...element);
        break;
      case 2:
        pieces.splice(random.below(pieces.length), 0, ...element);
        break;
      case 3:
        if (isTag(piece) && end > at) {
          const name = random.pick(['x', 'alert', 'item', 'status', 'info', 'polygon']);
          pieces[at] = piece.replace(/[\w:.-]+/, name);
          pieces[end] = `</${name}>`;
        }
        break;
      case 4:
        pieces[at] = isTag(piece)
          ? piece.replace(/(\/?>)$/, ` a="${escaped(random.pick(junkTexts)).replaceAll('"', '')}"$1`)
          : `<![CDATA[${piece.replaceAll(']]>', '')}]]>`;
        break;
      case 5:
        pieces.splice(
          at,
          0,
          random.pick([
            '<!-- a -->',
            '<?pi x?>',
            '<![CDATA[<x>]]>',
            '&#65;',
            '&lt;',
            '&undefined;',
            '<!DOCTYPE a>',
            '<x/>',
            '</x>',
            ']]>',
          ]),
        );
        break;
      case 6: {
        const depth = 1 + random.below(70);
        pieces.splice(at, element.length, '<x>'.repeat(depth), ...element, '</x>'.repeat(depth));
        break;
      }
      default:
        if (!isTag(piece))
          pieces[at] = random.chance(0.9) ? escaped(random.pick(junkTexts)) : random.pick(junkTexts);
        else
          pieces.splice(
            at,
            element.length,
            ...(element.length > 2 ? [piece, escaped(random.pick(junkTexts)), element.at(-1)!] : element),
          );
    }
    if (pieces.length === 0) break;
  }
  return pieces.join('');
};

/** One body made from another one: half of the time it stays well-formed, so that the faults lie deeper. */
export const mutated = (bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array => {
  let mutant = bytes;
  if (random.chance(0.75)) {
    const text = decoder.decode(bytes).trimStart();
    try {
      if (text.startsWith('<')) mutant = encoder.encode(mutatedXml(text, random));
      else mutant = encoder.encode(mutatedJson(text, random));
    } catch {
      // No JSON any more: only its bytes can be changed.
    }
  }
  const blows = mutant === bytes ? 1 + random.below(4) : random.chance(0.1) ? 1 : 0;
  for (let blow = 0; blow < blows; blow += 1) mutant = mutatedBytes(mutant, other, random);
  return mutant.length > 200_000 ? mutant.subarray(0, 200_000) : mutant;
};
