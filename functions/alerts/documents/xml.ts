import { SaxesParser } from 'saxes';

/** An element without its prefix: feeds agree on local names, not on prefixes or namespace versions. */
export type XmlElement = {
  name: string;
  namespace: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** The element's own characters, CDATA included, without those of its children. */
  text: string;
};

/** XML that is not well formed, or that asks for more than a feed may; the message gives line and column. */
export class UnreadableXml extends Error {
  override name = 'UnreadableXml';
}

/** More than a feed may have: known without its line, so nothing is read again to find it. */
class TooMuchXml extends UnreadableXml {}

const noAttributes: Record<string, string> = Object.freeze(Object.create(null));

/** The largest honest feed seen has 1.9 MB; depth 64 and 400,000 elements are four times what any needs. */
const limits = {
  characters: 8_000_000,
  depth: 64,
  elements: 400_000,
  attributes: 64,
  attributeLength: 65_536,
};

/** How many characters of text a document of references ("&amp;") may hold is bounded by its size: nothing else expands. */
const parse = (text: string, position: boolean): XmlElement => {
  // Following line and column costs a fifth of the time, so only a second reading of a broken document does it.
  const parser = new SaxesParser({ xmlns: true, position });
  const stack: XmlElement[] = [];
  let open: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };
  const document = open;
  let elements = 0;
  const refuse = (reason: string): never => {
    throw new UnreadableXml(`line ${parser.line}, column ${parser.column}: ${reason}`);
  };
  parser.on('error', error => {
    throw new UnreadableXml(`line ${error.message.replace(/^(\d+):(\d+): /, '$1, column $2: ')}`);
  });
  // Entities and external subsets come in through a DOCTYPE only, and no honest feed has one.
  parser.on('doctype', () => refuse('a DOCTYPE is not accepted'));
  parser.on('opentag', tag => {
    elements += 1;
    if (elements > limits.elements) throw new TooMuchXml(`more than ${limits.elements} elements`);
    if (stack.length >= limits.depth) refuse(`nested deeper than ${limits.depth}`);
    let attributes = noAttributes;
    let count = 0;
    for (const key in tag.attributes) {
      count += 1;
      if (count > limits.attributes) refuse(`more than ${limits.attributes} attributes`);
      const attribute = tag.attributes[key]!;
      if (attribute.value.length > limits.attributeLength)
        throw new TooMuchXml(`attribute longer than ${limits.attributeLength}`);
      if (count === 1) attributes = Object.create(null) as Record<string, string>;
      attributes[attribute.local] = attribute.value;
    }
    const element: XmlElement = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
    open.children.push(element);
    stack.push(open);
    open = element;
  });
  parser.on('closetag', () => {
    open = stack.pop()!;
  });
  const addText = (characters: string) => {
    open.text = open.text === '' ? characters : open.text + characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return document.children[0] ?? refuse('no element');
};

/** The root element of a strictly well-formed document without DOCTYPE; never a partial tree. Throws UnreadableXml. */
export const readXml = (text: string): XmlElement => {
  if (text.length > limits.characters) throw new UnreadableXml(`more than ${limits.characters} characters`);
  try {
    return parse(text, false);
  } catch (error) {
    if (!(error instanceof UnreadableXml) || error instanceof TooMuchXml) throw error;
    return parse(text, true);
  }
};

/** The direct children of that local name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter(child => child.name === name);

/** The trimmed text of the first direct child of that local name; undefined when it is absent or empty. */
export const textOf = (element: XmlElement, name: string): string | undefined => {
  const text = element.children.find(child => child.name === name)?.text.trim();
  return text === '' ? undefined : text;
};

/** Every element of that local name at any depth, not looking inside a match. */
export const descendantsOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap(child => (child.name === name ? [child] : descendantsOf(child, name)));
