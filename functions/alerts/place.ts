import type { FeedDocument } from './document.ts';
import type { XmlElement } from './xml.ts';

/**
 * A place in a document, for people and for programs. XML: the first step is the n-th element of that local name anywhere,
 * in the order of the document ("item[4]", "alert[0]"); the next ones are children of that name ("parameter[3]/value", n-th of
 * that name, the first when none is given; "@value" is an attribute). JSON: keys and indices from the top ("features[3]/properties/mag",
 * "$" is the document, "$[2]" an element of a list at the top; "~1" stands for "/" and "~0" for "~" in a key).
 */
const stepsOf = (place: string): { name: string; indices: number[] }[] =>
  place.split('/').map(step => {
    const name = step.replace(/(\[\d+\])+$/, '');
    const indices = [...step.slice(name.length).matchAll(/\d+/g)].map(([digits]) => Number(digits));
    return { name: name.replaceAll('~1', '/').replaceAll('~0', '~'), indices };
  });

const named = (element: XmlElement, name: string): XmlElement[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap(child => named(child, name)),
];

const inXml = (root: XmlElement, place: string): string | undefined => {
  const [first, ...rest] = stepsOf(place);
  let element = first && named(root, first.name)[first.indices[0] ?? 0];
  for (const { name, indices } of rest) {
    if (name.startsWith('@')) return element?.attributes[name.slice(1)];
    element = element?.children.filter(child => child.name === name)[indices[0] ?? 0];
  }
  return element && textWithin(element);
};

const textWithin = (element: XmlElement): string =>
  [element.text, ...element.children.map(textWithin)].join(' ').replace(/\s+/g, ' ').trim();

const inJson = (value: unknown, place: string): unknown =>
  stepsOf(place).reduce<unknown>((at, { name, indices }, depth) => {
    const isTop = depth === 0 && name === '$';
    const own = isTop
      ? at
      : Object.hasOwn(Object(at), name)
        ? (at as Record<string, unknown>)[name]
        : undefined;
    return indices.reduce<unknown>((list, index) => (Array.isArray(list) ? list[index] : undefined), own);
  }, value);

/** The text or JSON that stands at a place of a document; undefined when nothing does. */
export const valueAt = (document: FeedDocument, place: string): string | undefined => {
  if (document.kind === 'xml') return inXml(document.root, place);
  const value = inJson(document.value, place);
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
};
