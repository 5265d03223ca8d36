import { tableOf } from '../../documents/table.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entryId, wholeTextOf } from '../feed-entries.ts';
import type { EntryLink } from '../feed-links.ts';

const capNamespace = /^(urn:oasis:names:tc:emergency:cap:|http:\/\/www\.incident\.com\/cap\/)/;

/** Namespaces come from the head of the feed, the same for all of its entries: one look for each is enough. */
let lastNamespace = '';
let lastIsCap = false;

const isCap = (namespace: string): boolean => {
  if (namespace !== lastNamespace) {
    lastNamespace = namespace;
    lastIsCap = capNamespace.test(namespace);
  }
  return lastIsCap;
};

const fieldsOf = (entry: XmlElement, name: string): XmlElement[] => {
  const fields: XmlElement[] = [];
  for (const child of entry.children) if (child.name === name && isCap(child.namespace)) fields.push(child);
  return fields;
};

const fieldOf = (entry: XmlElement, name: string): string | undefined => {
  const field = entry.children.find(child => child.name === name && isCap(child.namespace));
  const text = field?.text.trim();
  return text === '' ? undefined : text;
};

/** Some indexes fill what they do not know with "!". */
const isName = (text: string | undefined): text is string => text !== undefined && /[\p{L}\p{N}]/u.test(text);

/** The triple by which a CAP message is known everywhere. */
type Key = { identifier: string; sender: string; sent: string };

/**
 * The National Weather Service names an entry by the address of its message, which holds the message's identifier
 * ("…/wwacapget.php?x=NM125….2d2c…" until 2021, "…/alerts/urn:oid:2.49.0.1.840.0.…" since), and gives the sender as author.
 */
const weatherServiceIdentifier = (address: string): string | undefined => {
  const match = address.match(
    /^https?:\/\/(alerts|api)\.weather\.gov\/(?:cap\/wwacapget\.php\?x=([\w.-]+\.[0-9a-f]{32})|alerts\/((?:urn:oid:|NWS-IDP-)[\w.-]+?)(?:\.cap)?)$/i,
  );
  if (!match) return undefined;
  const [, , legacy, current] = match;
  return legacy === undefined ? current : `NOAA-NWS-ALERTS-${legacy}`;
};

const keyOf = (entry: XmlElement, link: EntryLink | undefined): Key | undefined => {
  const sent = fieldOf(entry, 'sent');
  const identifier = fieldOf(entry, 'identifier');
  const sender = fieldOf(entry, 'sender');
  if (isName(identifier) && isName(sender) && sent !== undefined) return { identifier, sender, sent };
  const linked = link && 'url' in link ? link.url : '';
  const found = weatherServiceIdentifier(entryId(entry) ?? '') ?? weatherServiceIdentifier(linked);
  const author = childrenOf(entry, 'author').map(each => textOf(each, 'name'))[0];
  const issued = sent ?? textOf(entry, 'published') ?? textOf(entry, 'updated');
  if (found === undefined || author === undefined || !/^\S+@noaa\.gov$/i.test(author)) return undefined;
  return issued === undefined ? undefined : { identifier: found, sender: author, sent: issued };
};

/** Practice and administrative messages are marked Actual; in a message their SAME code tells them, here only the name does. */
const idleEvents = tableOf({
  'administrative message': 'ADR',
  'administrative message/follow up statement': 'ADR',
  'practice/demo warning': 'DMO',
  'national periodic test': 'NPT',
  'required monthly test': 'RMT',
  'required weekly test': 'RWT',
});

const part = (name: string, content: string | readonly XmlElement[]): XmlElement => ({
  name,
  namespace: 'urn:oasis:names:tc:emergency:cap:1.2',
  attributes: {},
  children: typeof content === 'string' ? [] : [...content],
  text: typeof content === 'string' ? content : '',
});

const pair = (name: string, key: string, value: string): XmlElement =>
  part(name, [part('valueName', key), part('value', value)]);

/** One element may hold several names, each followed by its value, and a value several codes. */
const pairsOf = (element: XmlElement): { key: string; value: string }[] => {
  const pairs: { key: string; value: string }[] = [];
  let key = '';
  for (const child of element.children) {
    if (child.name === 'valueName') key = child.text.trim();
    else if (child.name === 'value' && child.text.trim() !== '')
      pairs.push({ key, value: child.text.trim() });
  }
  return pairs;
};

/** Fields that an index takes over from the message as they are. */
const copied = [
  'category',
  'responseType',
  'urgency',
  'severity',
  'certainty',
  'effective',
  'onset',
  'expires',
];

/**
 * The CAP message that an entry repeats in its own fields, as the message itself would say it, under the same sender,
 * identifier and time, so that both are one message to whoever reads both. Undefined when the entry says too little, or
 * not who speaks: then only its link counts.
 */
export const messageOf = (entry: XmlElement, link: EntryLink | undefined): XmlElement | undefined => {
  const event = fieldOf(entry, 'event');
  const status = fieldOf(entry, 'status');
  const messageType = fieldOf(entry, 'msgType') ?? fieldOf(entry, 'message_type');
  const key = keyOf(entry, link);
  if (event === undefined || status === undefined || messageType === undefined || !key) return undefined;
  const idle = idleEvents.get(event.toLowerCase());
  const area = [
    part('areaDesc', fieldOf(entry, 'areaDesc') ?? ''),
    ...['polygon', 'circle'].flatMap(name =>
      fieldsOf(entry, name).flatMap(shape => (shape.text.trim() === '' ? [] : part(name, shape.text))),
    ),
    ...fieldsOf(entry, 'geocode')
      .flatMap(pairsOf)
      .flatMap(({ key: list, value }) => value.split(/\s+/).map(code => pair('geocode', list, code))),
  ];
  const info = [
    part('event', event),
    part('headline', wholeTextOf(entry, 'title') ?? ''),
    ...copied.flatMap(name => fieldsOf(entry, name).map(field => part(name, field.text))),
    ...(idle === undefined ? [] : [pair('eventCode', 'SAME', idle)]),
    ...fieldsOf(entry, 'eventCode')
      .flatMap(pairsOf)
      .map(code => pair('eventCode', code.key, code.value)),
    ...fieldsOf(entry, 'parameter')
      .flatMap(pairsOf)
      .map(each => pair('parameter', each.key, each.value)),
    part('area', area),
  ];
  const references = fieldOf(entry, 'references');
  return part('alert', [
    part('identifier', key.identifier),
    part('sender', key.sender),
    part('sent', key.sent),
    part('status', status),
    part('msgType', messageType),
    part('scope', fieldOf(entry, 'scope') ?? 'Public'),
    ...(references === undefined ? [] : [part('references', references)]),
    part('info', info),
  ]);
};

type Step = { name: string; rest: string };

/** The places of a message made here are the same few dozens for every entry. */
const steps = new Map<string, Step>();
const mostSteps = 500;

/** What a place inside the message begins with once info and area, which an entry does not have, are taken away. */
const stepOf = (place: string): Step => {
  const known = steps.get(place);
  if (known) return known;
  const [name = '', ...rest] = place
    .replace(/^info(\[\d+\])?\//, '')
    .replace(/^area(\[\d+\])?\//, '')
    .replace(/\[\d+\]/g, '')
    .split('/');
  const step = { name, rest: rest.map(each => `/${each}`).join('') };
  if (steps.size >= mostSteps) steps.clear();
  steps.set(place, step);
  return step;
};

/** What the fields of a message may be called in an entry, the first that is there counts. */
const otherNames = tableOf<readonly string[]>({
  identifier: ['identifier', 'id'],
  sender: ['sender', 'author'],
  sent: ['sent', 'published', 'updated'],
  msgType: ['msgType', 'message_type'],
  headline: ['title'],
});

/** Where the fields of such a message stand in the entry that it was read from. */
export const placeInEntry = (
  places: Readonly<Record<string, string>>,
  entry: XmlElement,
): Record<string, string> => {
  const names = new Set(entry.children.map(child => child.name));
  const moved: Record<string, string> = {};
  for (const field in places) {
    const { name, rest } = stepOf(places[field]!);
    const found = (otherNames.get(name) ?? [name]).find(each => names.has(each));
    if (found !== undefined) moved[field] = found === 'author' ? 'author/name' : found + rest;
  }
  return moved;
};
