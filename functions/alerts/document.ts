import { decodeText, UnreadableBytes } from './bytes.ts';
import { readXml, UnreadableXml, type XmlElement } from './xml.ts';

/** A body after decoding and parsing, before anyone knows which feed it is from. */
export type FeedDocument = { kind: 'xml'; root: XmlElement } | { kind: 'json'; value: unknown };

/** A body that is neither well-formed XML nor JSON; the message gives the place and the reason. */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument';
}

/** Four times the largest list of events seen (EONET, 4 MB); beyond it a poll is broken or hostile. */
const maximumBytes = 16_000_000;

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableDocument(`not JSON: ${reason.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
};

/** Decodes and parses a body whole. Throws UnreadableDocument when it is empty, broken or neither XML nor JSON. */
export const readDocument = (bytes: Uint8Array, contentType?: string): FeedDocument => {
  if (bytes.length > maximumBytes) throw new UnreadableDocument(`more than ${maximumBytes} bytes`);
  try {
    const text = decodeText(bytes, contentType).trimStart();
    if (text === '') throw new UnreadableDocument('empty document');
    if (text.startsWith('<')) {
      // Feeds answer 200 with a page of HTML when they are down; the reason should say so.
      if (/^<(!doctype\s+html|html)\b/i.test(text))
        throw new UnreadableDocument('a web page (HTML), not a feed');
      return { kind: 'xml', root: readXml(text) };
    }
    if (text.startsWith('{') || text.startsWith('[')) return { kind: 'json', value: readJson(text) };
    throw new UnreadableDocument('neither XML nor JSON');
  } catch (error) {
    if (error instanceof UnreadableBytes) throw new UnreadableDocument(error.message);
    if (error instanceof UnreadableXml) throw new UnreadableDocument(`not well-formed XML: ${error.message}`);
    throw error;
  }
};
