import { fieldOf, isObject, textIn } from '../json-fields.ts';
import { addCircle, addPolygon } from './cap-area.ts';
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

const textOf = (value: unknown, key: string): string => textIn(fieldOf(value, key)) ?? '';

/** The elements of a field that is a list, or stands for a list of one, with their places; null ones are passed over. */
const listOf = (value: unknown, key: string, base: string): { value: unknown; place: string }[] => {
  const list = fieldOf(value, key);
  if (!Array.isArray(list))
    return list === undefined || list === null ? [] : [{ value: list, place: base + key }];
  return list.flatMap((element, index) =>
    element === null ? [] : [{ value: element as unknown, place: `${base}${key}[${index}]` }],
  );
};

const textsOf = (value: unknown, key: string): string[] =>
  listOf(value, key, '').flatMap(element => textIn(element.value) ?? []);

const pairsOf = (value: unknown, key: string, base: string): CapPair[] =>
  listOf(value, key, base).map(element => ({
    name: textOf(element.value, 'valueName'),
    value: textOf(element.value, 'value'),
    place: `${element.place}/value`,
  }));

const areaOf = (value: unknown, base: string, remarks: string[], german: boolean): CapArea => {
  const area = emptyArea(base);
  area.name = textOf(value, 'areaDesc');
  area.geocodes = pairsOf(value, 'geocode', base);
  for (const polygon of listOf(value, 'polygon', base)) {
    const text = textIn(polygon.value);
    if (text !== undefined) addPolygon(area, text, polygon.place, remarks, german);
    else if (Array.isArray(polygon.value))
      addPolygon(area, polygon.value.join(' '), polygon.place, remarks, german);
  }
  for (const circle of listOf(value, 'circle', base))
    addCircle(area, textIn(circle.value) ?? '', circle.place, remarks);
  return area;
};

const infoOf = (value: unknown, base: string, remarks: string[], german: boolean): CapInfo => {
  const info = emptyInfo(base);
  for (const name of [
    'language',
    'event',
    'urgency',
    'severity',
    'certainty',
    'effective',
    'onset',
    'expires',
    'headline',
    'description',
  ] as const)
    info[name] = textOf(value, name);
  info.categories = textsOf(value, 'category');
  info.responseTypes = listOf(value, 'responseType', base).map(type => ({
    value: textIn(type.value) ?? '',
    place: type.place,
  }));
  info.eventCodes = pairsOf(value, 'eventCode', base);
  info.parameters = pairsOf(value, 'parameter', base);
  info.ends = info.parameters.find(pair => pair.name === 'eventEndingTime')?.value ?? '';
  info.areas = listOf(value, 'area', base).map(area => areaOf(area.value, `${area.place}/`, remarks, german));
  return info;
};

/** Whether a JSON value has the fields by which a CAP message is known. */
export const isCapJson = (value: unknown): boolean =>
  isObject(value) &&
  fieldOf(value, 'identifier') !== undefined &&
  fieldOf(value, 'msgType') !== undefined &&
  (fieldOf(value, 'sender') !== undefined || fieldOf(value, 'sent') !== undefined);

/**
 * A CAP message written as JSON under the names of the standard; lists of one may be bare values. `base`: where it stands
 * in its item ("", "alert/"). `german`: its feed speaks of Germany alone.
 */
export const messageOfJson = (value: unknown, base: string, german = false): CapMessage => {
  const message = emptyMessage(base);
  const { remarks } = message;
  for (const name of ['identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'note'] as const)
    message[name] = textOf(value, name);
  message.references = referencesOf(textsOf(value, 'references').join(' '), remarks);
  message.incidents = textsOf(value, 'incidents')
    .flatMap(text => text.split(/\s+/))
    .slice(0, 20);
  message.infos = listOf(value, 'info', base)
    .filter(info => isObject(info.value))
    .map(info => infoOf(info.value, `${info.place}/`, remarks, german));
  return message;
};
