import { decodeText, UnreadableBytes } from './bytes.ts';
import { readJson, UnreadableJson } from './json.ts';
import { readXml, UnreadableXml, type XmlElement } from './xml.ts';

/** A body after decoding and parsing, before anyone knows which feed it is from. */
export type FeedDocument = ({ kind: 'xml'; root: XmlElement } | { kind: 'json'; value: unknown }) & {
  /** What was wrong with the body as a whole and did not keep it from being read. */
  notes?: readonly string[];
};

/** A body that is neither well-formed XML nor JSON; the message gives the place and the reason. */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument';
}

/** Four times the largest list of events seen (EONET, 4 MB); beyond it a poll is broken or hostile. */
const maximumBytes = 16_000_000;

const aWebPage = 'a web page (HTML), not a feed';

const parsed = (text: string, notes: readonly string[]): FeedDocument => {
  if (text === '') throw new UnreadableDocument('empty document');
  if (text.startsWith('<')) {
    // Feeds answer 200 with a page of HTML when they are down; the reason should say so.
    if (/^<(!doctype\s+html|html)\b/i.test(text)) throw new UnreadableDocument(aWebPage);
    const root = readXml(text);
    if (root.name.toLowerCase() === 'html') throw new UnreadableDocument(aWebPage);
    return { kind: 'xml', root, notes };
  }
  const json = readJson(text);
  if (json === undefined) throw new UnreadableDocument('neither XML nor JSON');
  return { kind: 'json', value: json.value, notes: [...notes, ...json.notes] };
};

/** Decodes and parses a body whole. Throws UnreadableDocument when it is empty, broken or neither XML nor JSON. */
export const readDocument = (bytes: Uint8Array, contentType?: string): FeedDocument => {
  if (bytes.length > maximumBytes) throw new UnreadableDocument(`more than ${maximumBytes} bytes`);
  try {
    const { text, notes } = decodeText(bytes, contentType);
    return parsed(text.trimStart(), notes);
  } catch (error) {
    if (error instanceof UnreadableBytes) throw new UnreadableDocument(error.message);
    if (error instanceof UnreadableJson) throw new UnreadableDocument(`not JSON: ${error.message}`);
    if (error instanceof UnreadableXml) throw new UnreadableDocument(`not well-formed XML: ${error.message}`);
    throw error;
  }
};
