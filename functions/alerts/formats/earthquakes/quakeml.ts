import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import {
  decimalOf,
  epicentreOf,
  epicentreOrNone,
  isQuakeType,
  levelWithoutImpact,
  magnitudeOf,
  quakeMeasures,
  quakeTitle,
  withdrawOrIgnore,
} from './quake-values.ts';
import { quakemlIdentityOf } from './quakeml-identity.ts';
import { strangeValuesIn } from './quakeml-vocabulary.ts';

/** QuakeML nests every quantity: `time/value`, `latitude/value`, `mag/value`. */
const quantityOf = (element: XmlElement | undefined, name: string): string | undefined => {
  const quantity = element?.children.find(child => child.name === name);
  return quantity && textOf(quantity, 'value');
};

type Chosen = { element: XmlElement; place: string };

/** Origins and magnitudes that stand beside the events (BED-RT), by their publicID. */
type Beside = ReadonlyMap<string, XmlElement>;

const besideOf = (parameters: XmlElement): Beside =>
  new Map(
    parameters.children
      .filter(child => child.name === 'origin' || child.name === 'magnitude')
      .map(child => [child.attributes.publicID?.trim() ?? '', child]),
  );

/** The child that the event prefers by its publicID, else the first one; in the real-time flavour the event only refers to it. */
const preferred = (event: XmlElement, name: 'origin' | 'magnitude', beside: Beside): Chosen | undefined => {
  const pointer = `preferred${name === 'origin' ? 'Origin' : 'Magnitude'}ID`;
  const id = textOf(event, pointer);
  const all = childrenOf(event, name);
  const index = Math.max(
    0,
    all.findIndex(child => child.attributes.publicID?.trim() === id),
  );
  const own = all[index];
  if (own) return { element: own, place: `${name}[${index}]` };
  const reference = id === undefined ? `${name}Reference` : pointer;
  const element = beside.get(id ?? textOf(event, reference) ?? '');
  return element && { element, place: reference };
};

/** Where a number of a part was read: inside the event, or at the reference that leads out of it. */
const placeIn = ({ place }: Chosen, path: string): string =>
  place.endsWith(']') ? `${place}/${path}` : place;

const creationTimeOf = (element: XmlElement): string | undefined => {
  const info = element.children.find(child => child.name === 'creationInfo');
  return info && instantOfUtc(textOf(info, 'creationTime'));
};

/** When the newest part was made: networks raise a magnitude without touching the event's own time. */
const newestPart = (event: XmlElement, chosen: readonly (Chosen | undefined)[]) => {
  const seen = { origin: 0, magnitude: 0 };
  let newest: { at: string; place: string } | undefined;
  const take = (at: string | undefined, place: string) => {
    if (at !== undefined && (newest === undefined || at > newest.at)) newest = { at, place };
  };
  take(creationTimeOf(event), 'creationInfo/creationTime');
  for (const child of event.children)
    if (child.name === 'origin' || child.name === 'magnitude') {
      take(creationTimeOf(child), `${child.name}[${seen[child.name]}]/creationInfo/creationTime`);
      seen[child.name] += 1;
    }
  for (const part of chosen)
    if (part) take(creationTimeOf(part.element), placeIn(part, 'creationInfo/creationTime'));
  return newest;
};

/** Names of a quake before names of a region; felt reports and other descriptions are no title. */
const descriptionRanks = [
  'earthquake name',
  'region name',
  'flinn-engdahl region',
  'nearest cities',
  '',
] as const;

/** Networks that write English; the others write in whatever language they have, and QuakeML does not say which. */
const writesEnglish = new Set(['USGS', 'EMSC', 'IRIS', 'GFZ', 'ISC', 'GeoNet']);

type Description = { text: string; type: string; place: string };

const descriptionOf = (event: XmlElement): Description | undefined => {
  const descriptions = childrenOf(event, 'description').map((description, index) => ({
    text: plainText(textOf(description, 'text')),
    type: textOf(description, 'type')?.toLowerCase() ?? '',
    place: `description[${index}]/text`,
  }));
  for (const type of descriptionRanks) {
    const found = descriptions.find(description => description.type === type && description.text !== '');
    if (found) return found;
  }
  return undefined;
};

/** "3" and "1.0.1" in a form that sorts; the version counts within one creation time only. */
const versionOf = (event: XmlElement): string => {
  const info = event.children.find(child => child.name === 'creationInfo');
  const numbers = (info && textOf(info, 'version'))?.match(/\d{1,8}/g)?.slice(0, 4) ?? [];
  return numbers.map(number => number.padStart(8, '0')).join('.') || '0';
};

const kilometresOf = (metres: string | undefined): number | undefined => {
  const value = decimalOf(metres);
  return value === undefined ? undefined : Number((value / 1000).toFixed(4));
};

/** No quake is deeper than 700 km, so a depth of up to 700 "metres" may be one in km; the standard's unit is kept. */
const depthRemarks = (depthKm: number | undefined): string[] =>
  depthKm !== undefined && depthKm > 0.9 / 1000 && depthKm <= 0.7
    ? [`depth of ${Number((depthKm * 1000).toFixed(1))} m: perhaps meant in km`]
    : [];

/** Whether a person, not only a guess, gave the event its type. */
const isSuspected = (event: XmlElement): boolean =>
  textOf(event, 'typeCertainty')?.toLowerCase() === 'suspected';

/** Types by which a network takes its event back, whatever its size. */
const isTakenBack = (type: string | undefined): boolean =>
  /^(not existing|duplicate|duplicate earthquake)$/i.test(type?.replaceAll('_', ' ') ?? '');

const readEvent = (event: XmlElement, parameters: XmlElement, beside: Beside): AlertDraft => {
  const identity = quakemlIdentityOf(event, parameters);
  const remarks = [...identity.remarks, ...strangeValuesIn(event)];
  const origin = preferred(event, 'origin', beside);
  const size = preferred(event, 'magnitude', beside);
  const written = decimalOf(quantityOf(size?.element, 'mag'));
  const magnitude = magnitudeOf(written);
  if (written !== undefined && magnitude === undefined) remarks.push(`magnitude ${written} stands for none`);

  const type = textOf(event, 'type');
  const status = origin && textOf(origin.element, 'evaluationStatus')?.toLowerCase();
  const rejected = status === 'rejected';
  const takenBack = rejected || isTakenBack(type);
  const isQuake = isQuakeType(type);
  if (!isQuake && !takenBack) {
    if (isSuspected(event))
      throw new ItemIgnored(`suspected ${plainText(type)}: only earthquakes lead to work`);
    remarks.push(withdrawOrIgnore(type, { magnitude, worked: false, askedFor: false }));
  }
  const withdrawn = takenBack || !isQuake;

  const newest = newestPart(event, [origin, size]);
  const originAt = instantOfUtc(quantityOf(origin?.element, 'time'));
  // Who takes an event back may leave the rest out.
  const occurredAt = originAt ?? (withdrawn ? newest?.at : undefined);
  if (!origin && !withdrawn) throw new ItemRejected('no origin');
  if (occurredAt === undefined) throw new ItemRejected(origin ? 'the origin has no time' : 'no time at all');
  if (!newest) remarks.push('no creation time: taken for made when it happened');

  const latitude = decimalOf(quantityOf(origin?.element, 'latitude'));
  const longitude = decimalOf(quantityOf(origin?.element, 'longitude'));
  const position = (withdrawn ? epicentreOrNone : epicentreOf)(latitude, longitude);
  const depthKm = kilometresOf(quantityOf(origin?.element, 'depth'));
  remarks.push(...depthRemarks(depthKm));
  const measures = quakeMeasures(magnitude, depthKm);
  const uncertainty = origin?.element.children.find(child => child.name === 'originUncertainty');
  const errorKm = kilometresOf(uncertainty && textOf(uncertainty, 'horizontalUncertainty'));
  if (errorKm !== undefined && errorKm >= 0)
    measures.push({ name: 'positionUncertaintyKm', value: errorKm, unit: 'km' });

  const places: Record<string, string> = {
    hazard: type !== undefined ? 'type' : event.attributes.publicID ? '@publicID' : '@eventid',
  };
  if (newest) places.sentAt = newest.place;
  if (origin && originAt !== undefined) {
    places.occurredAt = placeIn(origin, 'time/value');
    places.sentAt ??= places.occurredAt;
  } else if (newest) places.occurredAt = newest.place;
  if (origin && position) places.position = placeIn(origin, 'latitude/value');
  if (origin && depthKm !== undefined) places.measures = placeIn(origin, 'depth/value');
  if (size && magnitude !== undefined) {
    places.measures = placeIn(size, 'mag/value');
    places.level = places.measures;
  }
  if (origin && rejected) places.status = placeIn(origin, 'evaluationStatus');
  const description = descriptionOf(event);
  if (description) places.title = description.place;
  const { source, sourceId } = identity;
  // The regions of Flinn and Engdahl have English names everywhere.
  const isEnglish = !description || description.type === 'flinn-engdahl region' || writesEnglish.has(source);
  return draftOf({
    source,
    sourceId,
    // "/" sorts before the digits and the "Z" of the GeoJSON of the same instant, which says more (PAGER) and so wins.
    revision: `${newest?.at.replace('Z', '') ?? '0'}/${versionOf(event)}`,
    messageType: withdrawn ? 'Cancel' : 'Alert',
    references: withdrawn ? [`${source}:${sourceId}`] : [],
    ownIds: identity.ownIds,
    hazard: 'EQ',
    ...levelWithoutImpact(magnitude),
    places,
    titles: {
      [isEnglish ? 'en' : 'und']: quakeTitle(magnitude, description?.text ?? ''),
    },
    sentAt: newest?.at ?? occurredAt,
    occurredAt,
    position,
    measures,
    remarks,
  });
};

/** `eventParameters` is the root in answers of SeisComP, under `quakeml` in all others; prefixes and BED-RT do not matter. */
const parametersIn = (document: FeedDocument): XmlElement | undefined => {
  if (document.kind !== 'xml') return undefined;
  const { root } = document;
  const isQuakeml = /quakeml\.org\/xmlns\//i.test(root.namespace);
  if (root.name === 'eventParameters') return isQuakeml ? root : undefined;
  if (root.name !== 'quakeml') return undefined;
  return root.children.find(child => child.name === 'eventParameters') ?? (isQuakeml ? root : undefined);
};

/** QuakeML 1.2 (FDSN event services of the world): one event is one quake with all its origins and magnitudes. */
export const quakeml: Format = {
  name: 'quakeml',
  recognises: document => parametersIn(document) !== undefined,
  read: document => {
    const parameters = parametersIn(document);
    if (!parameters) return [];
    const beside = besideOf(parameters);
    return childrenOf(parameters, 'event').map((event, index) =>
      readItem(`event[${index}]`, plainText(event.attributes.publicID), () =>
        readEvent(event, parameters, beside),
      ),
    );
  },
  madeAt: document => {
    const parameters = parametersIn(document);
    return parameters && creationTimeOf(parameters);
  },
};
