import type { Position } from '../../../domain/primitives.ts';
import type { Outline } from '../../geography/geometry.ts';

/** A named value (`parameter`, `eventCode`, `geocode`); `place` is where the value stands in the item, when it is not the n-th of its kind. */
export type CapPair = { name: string; value: string; place?: string };

/** One `area`: what it is called, what codes name it, and how it is drawn. */
export type CapArea = {
  /** Where it stands in the item ("info[0]/area[1]/"), with a slash at the end unless empty. */
  base: string;
  name: string;
  geocodes: CapPair[];
  outlines: Outline[];
  /** Circles without a radius: points, not areas. */
  points: Position[];
  /** Where its first outline or point was read, inside the item. */
  drawnAt: string;
};

/** One `info`: the event in one language; texts as written and trimmed, empty when absent. */
export type CapInfo = {
  /** Where it stands in the item ("info[0]/"), with a slash at the end unless empty. */
  base: string;
  language: string;
  categories: string[];
  event: string;
  responseTypes: { value: string; place: string }[];
  urgency: string;
  severity: string;
  certainty: string;
  eventCodes: CapPair[];
  effective: string;
  onset: string;
  expires: string;
  /** When the hazard itself ends, for senders whose `expires` is only the age limit of the message (NWS). */
  ends: string;
  headline: string;
  description: string;
  parameters: CapPair[];
  areas: CapArea[];
};

/** An earlier message that this one speaks of; `sent` as written. */
export type CapReference = { sender: string; identifier: string; sent: string };

/** A CAP message as its sender wrote it, whatever syntax it came in (XML, JSON, GeoJSON); texts trimmed, empty when absent. */
export type CapMessage = {
  /** Where the fields of the message stand in the item ("", "alert/", "properties/"). */
  base: string;
  /** Where the type of the message stands, which is not everywhere called msgType. */
  msgTypePlace: string;
  version: '1.0' | '1.1' | '1.2' | 'unknown';
  identifier: string;
  sender: string;
  sent: string;
  status: string;
  msgType: string;
  scope: string;
  note: string;
  references: CapReference[];
  incidents: string[];
  infos: CapInfo[];
  /** Countries that the feed itself stands for, as codes. */
  countries: string[];
  remarks: string[];
};

/** A message that says nothing yet. */
export const emptyMessage = (base: string): CapMessage => ({
  base,
  msgTypePlace: `${base}msgType`,
  version: '1.2',
  identifier: '',
  sender: '',
  sent: '',
  status: '',
  msgType: '',
  scope: '',
  note: '',
  references: [],
  incidents: [],
  infos: [],
  countries: [],
  remarks: [],
});

/** An info that says nothing yet. */
export const emptyInfo = (base: string): CapInfo => ({
  base,
  language: '',
  categories: [],
  event: '',
  responseTypes: [],
  urgency: '',
  severity: '',
  certainty: '',
  eventCodes: [],
  effective: '',
  onset: '',
  expires: '',
  ends: '',
  headline: '',
  description: '',
  parameters: [],
  areas: [],
});

/** An area that says nothing yet. */
export const emptyArea = (base: string): CapArea => ({
  base,
  name: '',
  geocodes: [],
  outlines: [],
  points: [],
  drawnAt: '',
});

/** The first parameter of that name (in lower case) with a value, and where it stands. */
export const parameterOf = (info: CapInfo, name: string): { value: string; place: string } | undefined => {
  const { parameters } = info;
  for (let index = 0; index < parameters.length; index += 1) {
    const pair = parameters[index]!;
    if (pair.value !== '' && pair.name.length === name.length && pair.name.toLowerCase() === name)
      return { value: pair.value, place: pair.place ?? `${info.base}parameter[${index}]/value` };
  }
  return undefined;
};
