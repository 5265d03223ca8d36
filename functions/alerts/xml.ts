import { SaxesParser } from 'saxes';

/** An element without its prefix: feeds agree on local names, not on prefixes or namespace versions. */
export type XmlElement = {
  name: string;
  namespace: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  /** The element's own characters, CDATA included, without those of its children. */
  text: string;
};

/** XML that is not well formed, or that asks for more than a feed may; the message gives line and column. */
export class UnreadableXml extends Error {
  override name = 'UnreadableXml';
}

/** The largest honest feed seen has 1.9 MB; depth 64 and 400,000 elements are four times what any needs. */
const limits = {
  characters: 8_000_000,
  depth: 64,
  elements: 400_000,
  attributes: 64,
  attributeLength: 65_536,
};

const pushChildren = (stack: XmlElement[], element: XmlElement) => {
  stack.at(-1)?.children.push(element);
  stack.push(element);
};

/** The root element of a strictly well-formed document without DOCTYPE; never a partial tree. Throws UnreadableXml. */
export const readXml = (text: string): XmlElement => {
  if (text.length > limits.characters) throw new UnreadableXml(`more than ${limits.characters} characters`);
  const parser = new SaxesParser({ xmlns: true });
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (reason: string): never => {
    throw new UnreadableXml(`line ${parser.line}, column ${parser.column}: ${reason}`);
  };
  parser.on('error', error => {
    throw new UnreadableXml(`line ${error.message.replace(/^(\d+):(\d+): /, '$1, column $2: ')}`);
  });
  // Entities and external subsets come in through a DOCTYPE only, and no honest feed has one.
  parser.on('doctype', () => refuse('a DOCTYPE is not accepted'));
  parser.on('opentagstart', () => {
    elements += 1;
    if (elements > limits.elements) refuse(`more than ${limits.elements} elements`);
    if (stack.length >= limits.depth) refuse(`nested deeper than ${limits.depth}`);
  });
  let attributes = 0;
  parser.on('attribute', attribute => {
    attributes += 1;
    if (attributes > limits.attributes) refuse(`more than ${limits.attributes} attributes`);
    if (attribute.value.length > limits.attributeLength)
      refuse(`attribute longer than ${limits.attributeLength}`);
  });
  parser.on('opentag', tag => {
    attributes = 0;
    const own = Object.values(tag.attributes).map(attribute => [attribute.local, attribute.value] as const);
    const element = {
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(own),
      children: [],
      text: '',
    };
    root ??= element;
    pushChildren(stack, element);
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  const addText = (characters: string) => {
    const element = stack.at(-1);
    if (element) element.text += characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return root ?? refuse('no element');
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
