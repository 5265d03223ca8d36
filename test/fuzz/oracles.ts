import { ParseOption, XmlDocument } from 'libxml2-wasm';
import { decodeText, UnreadableBytes } from '../../functions/alerts/documents/bytes.ts';
import { readJson, UnreadableJson } from '../../functions/alerts/documents/json.ts';
import { readXml, UnreadableXml } from '../../functions/alerts/documents/xml.ts';

const option =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_HUGE;

const byLibxml = (text: string): string | undefined => {
  try {
    XmlDocument.fromString(text, { option }).dispose();
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
      .replace(/\s+/g, ' ')
      .trim();
  }
};

const byOurs = (text: string): string | undefined => {
  try {
    readXml(text);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableXml) return error.message;
    throw error;
  }
};

/** What we refuse on purpose although it is well-formed. */
const ourLimits = /DOCTYPE|more than \d+|nested deeper|longer than/;

/** Where libxml2 and the two recommendations (XML 1.0, fifth edition; Namespaces 1.0) differ, each with its reason. */
const knownDifferences: readonly { reason: string; ours: RegExp; libxml: RegExp }[] = [
  {
    reason: 'a namespace is a name to be compared, not an address: no reader has to check that it is a URI',
    ours: /^accepted$/,
    libxml: /is not a valid URI/,
  },
];

/** How the verdicts of two strict readers of XML differ; undefined when they agree, or differ as they may. */
const xmlDifference = (text: string): string | undefined => {
  // Halves of characters cannot be handed to libxml2, which reads UTF-8.
  if (/\p{Surrogate}/u.test(text)) return undefined;
  const ours = byOurs(text);
  if (ours !== undefined && ourLimits.test(ours)) return undefined;
  const theirs = byLibxml(text);
  if ((ours === undefined) === (theirs === undefined)) return undefined;
  if (
    knownDifferences.some(
      known => known.ours.test(ours ?? 'accepted') && known.libxml.test(theirs ?? 'accepted'),
    )
  )
    return undefined;
  return `XML ${ours === undefined ? 'accepted' : `refused (${ours})`}, libxml2 ${theirs === undefined ? 'accepts it' : `refuses it (${theirs})`}`;
};

const jsonDifference = (text: string): string | undefined => {
  let ours: string | undefined;
  try {
    if (readJson(text) === undefined) return undefined;
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error;
    ours = error.message;
    if (ourLimits.test(ours)) return undefined;
  }
  try {
    JSON.parse(text);
    return ours === undefined ? undefined : `JSON refused (${ours}), JSON.parse accepts it`;
  } catch {
    // Comment lines and JSONP are read on purpose, and begin otherwise.
    return ours === undefined && /^[{[]/.test(text) ? 'JSON accepted, JSON.parse refuses it' : undefined;
  }
};

/** What a second reader says otherwise about a body than the first. */
export const secondOpinion = (bytes: Uint8Array): string | undefined => {
  let text: string;
  try {
    text = decodeText(bytes).text.trimStart();
  } catch (error) {
    if (error instanceof UnreadableBytes) return undefined;
    throw error;
  }
  if (text === '') return undefined;
  if (!text.startsWith('<')) return jsonDifference(text);
  return /^<(!doctype\s+html|html)\b/i.test(text) ? undefined : xmlDifference(text);
};
