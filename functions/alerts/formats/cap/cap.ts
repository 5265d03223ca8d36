import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import type { XmlElement } from '../../documents/xml.ts';
import { type Format, readItem } from '../format.ts';
import { addCircle, addPolygon } from './cap-area.ts';
import { alertDraftOf } from './cap-draft.ts';
import {
  type CapArea,
  type CapInfo,
  type CapMessage,
  type CapPair,
  emptyArea,
  emptyInfo,
  emptyMessage,
} from './cap-message.ts';
import { referencesOf } from './cap-references.ts';

/** CAP 1.1 and later nest `valueName` and `value`; 1.0 wrote "same=SVR" as text. */
const pairOf = (element: XmlElement, base: string, rank: number): CapPair => {
  let name = '';
  let value = '';
  for (const child of element.children) {
    if (child.name === 'valueName') name ||= child.text.trim();
    else if (child.name === 'value') value ||= child.text.trim();
  }
  if (element.children.length > 0) return { name, value };
  const text = element.text.trim();
  const at = text.indexOf('=');
  return {
    name: text.slice(0, Math.max(0, at)).trim(),
    value: text.slice(at + 1).trim(),
    place: `${base}${element.name}[${rank}]`,
  };
};

const areaOf = (element: XmlElement, base: string, remarks: string[]): CapArea => {
  const area = emptyArea(base);
  let polygons = 0;
  let circles = 0;
  for (const child of element.children) {
    switch (child.name) {
      case 'areaDesc':
        area.name ||= child.text.trim();
        break;
      case 'geocode':
        area.geocodes.push(pairOf(child, base, area.geocodes.length));
        break;
      case 'polygon':
        addPolygon(area, child.text.trim(), `${base}polygon[${polygons}]`, remarks);
        polygons += 1;
        break;
      case 'circle':
        addCircle(area, child.text.trim(), `${base}circle[${circles}]`, remarks);
        circles += 1;
        break;
    }
  }
  return area;
};

const infoOf = (element: XmlElement, base: string, remarks: string[]): CapInfo => {
  const info = emptyInfo(base);
  for (const child of element.children) {
    switch (child.name) {
      case 'language':
      case 'event':
      case 'urgency':
      case 'severity':
      case 'certainty':
      case 'effective':
      case 'onset':
      case 'expires':
      case 'headline':
      case 'description':
        info[child.name] ||= child.text.trim();
        break;
      case 'category':
        info.categories.push(child.text.trim());
        break;
      case 'responseType':
        info.responseTypes.push({
          value: child.text.trim(),
          place: `${base}responseType[${info.responseTypes.length}]`,
        });
        break;
      case 'eventCode':
        info.eventCodes.push(pairOf(child, base, info.eventCodes.length));
        break;
      case 'parameter':
        info.parameters.push(pairOf(child, base, info.parameters.length));
        break;
      case 'area':
        info.areas.push(areaOf(child, `${base}area[${info.areas.length}]/`, remarks));
        break;
    }
  }
  return info;
};

/** The version that a namespace stands for; of one that no version has, only that is known. */
const versionOf = (namespace: string): CapMessage['version'] => {
  const [, old, later] =
    namespace.match(
      /^(?:https?:\/\/www\.incident\.com\/cap\/(1\.0)|urn:oasis:names:tc:emergency:cap:(1\.[012]))\/?$/,
    ) ?? [];
  return ((old ?? later) as CapMessage['version'] | undefined) ?? 'unknown';
};

/** A CAP message as XML has it, by local names. */
const messageOf = (element: XmlElement): CapMessage => {
  const message = emptyMessage('');
  const { remarks } = message;
  message.version = versionOf(element.namespace);
  if (message.version === 'unknown')
    remarks.push(`namespace "${plainText(element.namespace).slice(0, 80)}" is none of CAP 1.0, 1.1 or 1.2`);
  let references = '';
  for (const child of element.children) {
    switch (child.name) {
      case 'identifier':
      case 'sender':
      case 'sent':
      case 'status':
      case 'msgType':
      case 'scope':
      case 'note':
        message[child.name] ||= child.text.trim();
        break;
      case 'references':
        references += ` ${child.text}`;
        break;
      case 'incidents':
        message.incidents.push(...child.text.split(/\s+/).filter(Boolean).slice(0, 20));
        break;
      case 'info':
        message.infos.push(infoOf(child, `info[${message.infos.length}]/`, remarks));
        break;
      case 'Signature':
        remarks.push('signed; the signature was not verified');
        break;
    }
  }
  message.references = referencesOf(references.trim(), remarks);
  endOfEvent(message.infos);
  return message;
};

/** The US weather service has the end of the hazard in a parameter; its `expires` is the age limit of the message. */
const endOfEvent = (infos: readonly CapInfo[]) => {
  for (const info of infos)
    for (const pair of info.parameters) if (pair.name === 'eventEndingTime') info.ends ||= pair.value;
};

const isMessage = (element: XmlElement): boolean =>
  element.children.some(child => child.name === 'identifier' || child.name === 'msgType');

type Found = { element: XmlElement; index: number };

/**
 * CAP messages of a document: the root itself, or any inside a list, an EDXL envelope, an Atom or RSS entry, with their rank
 * among all elements called "alert".
 */
const alertsIn = (document: FeedDocument): Found[] => {
  const found: Found[] = [];
  let count = 0;
  const search = (element: XmlElement, inside: boolean): void => {
    const isAlert = element.name === 'alert';
    const index = count;
    if (isAlert) count += 1;
    const taken = isAlert && !inside && isMessage(element);
    if (taken) found.push({ element, index });
    // Nothing comes after a message that is the whole document.
    if (taken && document.kind === 'xml' && element === document.root) return;
    const { children } = element;
    for (let at = 0; at < children.length; at += 1) {
      const child = children[at]!;
      if (child.children.length > 0 || child.name === 'alert') search(child, inside || taken);
    }
  };
  if (document.kind === 'xml') search(document.root, false);
  return found;
};

const holdsAlert = (element: XmlElement): boolean =>
  (element.name === 'alert' && isMessage(element)) ||
  element.children.some(child => child.children.length > 0 && holdsAlert(child));

/** The status of an EDXL envelope holds for all that is in it. */
const envelopeStatus = (root: XmlElement): string =>
  root.name === 'EDXLDistribution'
    ? (root.children.find(child => child.name === 'distributionStatus')?.text.trim() ?? '')
    : '';

/** CAP 1.0 to 1.2 under any prefix and namespace version. */
export const cap: Format = {
  name: 'cap',
  recognises: document => document.kind === 'xml' && holdsAlert(document.root),
  read: document => {
    const envelope = document.kind === 'xml' ? envelopeStatus(document.root) : '';
    return alertsIn(document).map(({ element, index }) => {
      const identifier = element.children.find(child => child.name === 'identifier')?.text;
      return readItem(`alert[${index}]`, plainText(identifier), () =>
        alertDraftOf(messageOf(element), envelope),
      );
    });
  },
};
