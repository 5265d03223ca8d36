import type { FeedDocument } from './document.ts';
import type { XmlElement } from './xml.ts';

/**
 * A place in a document, for people and for programs. XML: the first step is the n-th element of that local name anywhere,
 * the root included, in the order of the document ("item[4]", "alert[0]"); the next ones are children of that name
 * ("parameter[3]/value", n-th of that name, the first when none is given; "@value" is an attribute). JSON: keys and indices
 * from the top ("features[3]/properties/mag", "coordinates[0][1]"; "$" is the document, "$[2]" an element of a list at the
 * top; "~1" stands for "/" and "~0" for "~" in a key).
 */
type Step = { name: string; indices: number[] };

const stepsOf = (place: string): Step[] =>
  place.split('/').map(step => {
    const name = step.replace(/(\[\d+\])+$/, '');
    const indices = [...step.slice(name.length).matchAll(/\d+/g)].map(([digits]) => Number(digits));
    return { name: name.replaceAll('~1', '/').replaceAll('~0', '~'), indices };
  });

/** A key of a JSON object as a step of a place. */
export const stepOfKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The place of a field in its document, from the place of its item and its place in there; in an item that is the whole
 * document ("$") fields stand at the top.
 */
export const placeWithin = (itemPlace: string, place: string): string =>
  itemPlace === '$' ? place : `${itemPlace}/${place}`;

/** All elements by local name in the order of the document, reckoned once for a document that is asked again and again. */
const indices = new WeakMap<XmlElement, Map<string, XmlElement[]>>();

const indexOf = (root: XmlElement): Map<string, XmlElement[]> => {
  const known = indices.get(root);
  if (known) return known;
  const index = new Map<string, XmlElement[]>();
  const add = (element: XmlElement): void => {
    const same = index.get(element.name);
    if (same) same.push(element);
    else index.set(element.name, [element]);
    for (const child of element.children) add(child);
  };
  add(root);
  indices.set(root, index);
  return index;
};

const childAt = (element: XmlElement, { name, indices: [wanted = 0] }: Step): XmlElement | undefined => {
  let number = 0;
  for (const child of element.children) {
    if (child.name !== name) continue;
    if (number === wanted) return child;
    number += 1;
  }
  return undefined;
};

const textWithin = (element: XmlElement): string =>
  [element.text, ...element.children.map(textWithin)].join(' ').replace(/\s+/g, ' ').trim();

const inXml = (root: XmlElement, [first, ...rest]: Step[]): string | undefined => {
  let element = first && indexOf(root).get(first.name)?.[first.indices[0] ?? 0];
  for (const [depth, step] of rest.entries()) {
    if (!element) return undefined;
    // Nothing stands below an attribute.
    if (step.name.startsWith('@'))
      return depth === rest.length - 1 ? element.attributes[step.name.slice(1)] : undefined;
    element = childAt(element, step);
  }
  return element && textWithin(element);
};

const inJson = (value: unknown, steps: readonly Step[]): unknown =>
  steps.reduce<unknown>((at, { name, indices: numbers }, depth) => {
    const isTop = depth === 0 && name === '$';
    const isObject = typeof at === 'object' && at !== null;
    const own = isTop
      ? at
      : isObject && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined;
    return numbers.reduce<unknown>((list, index) => (Array.isArray(list) ? list[index] : undefined), own);
  }, value);

/** The text or JSON that stands at a place of a document; undefined when nothing does. */
export const valueAt = (document: FeedDocument, place: string): string | undefined => {
  const steps = stepsOf(place);
  if (document.kind === 'xml') return inXml(document.root, steps);
  const value = inJson(document.value, steps);
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
};

/** The place in the whole document of what stands at a place of an item; "$" is the document, so what follows it stands alone. */
export const placeIn = (item: string, place: string | undefined): string =>
  place === undefined ? item : item === '$' ? place : `${item}/${place}`;
