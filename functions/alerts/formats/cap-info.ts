import type { Level, Position } from '../../domain/primitives.ts';
import { middleOf, positionOf } from '../geography.ts';
import { instantOfIso } from '../times.ts';
import { childrenOf, textOf, type XmlElement } from '../xml.ts';

/** One `info` block with the fields that are used; levels of CAP are kept as written, in lower case. */
export type CapInfo = {
  language: string;
  event: string;
  headline: string;
  urgency: string;
  severity: string;
  certainty: string;
  responseTypes: string[];
  eventCodes: string[];
  parameters: Map<string, string>;
  startsAt: string | undefined;
  expiresAt: string | undefined;
  positions: Position[];
  geocodes: { name: string; value: string }[];
};

/** CAP 1.1 and later nest `valueName` and `value`; 1.0 wrote "same=SVR" as text. */
const pairsOf = (element: XmlElement, name: string): { name: string; value: string }[] =>
  childrenOf(element, name).map(pair => {
    const [key = '', ...rest] = pair.text.trim().split('=');
    return {
      name: textOf(pair, 'valueName') ?? key.trim(),
      value: textOf(pair, 'value') ?? rest.join('=').trim(),
    };
  });

const pointOf = (text: string): Position | undefined => {
  const [latitude, longitude] = text.split(',');
  const isNumber = (part: string | undefined) => part !== undefined && /^[+-]?\d+(\.\d+)?$/.test(part.trim());
  return isNumber(latitude) && isNumber(longitude)
    ? positionOf(Number(latitude), Number(longitude))
    : undefined;
};

/** Enough of a polygon for its box: an honest one had 27,150 points, and no more than these are looked at. */
const maximumPoints = 50_000;

const middleOfArea = (area: XmlElement): Position[] => {
  const circles = childrenOf(area, 'circle').flatMap(
    circle => pointOf(circle.text.trim().split(/\s+/)[0] ?? '') ?? [],
  );
  if (circles.length > 0) return circles;
  const points = childrenOf(area, 'polygon').flatMap(polygon =>
    polygon.text
      .trim()
      .split(/\s+/)
      .slice(0, maximumPoints)
      .flatMap(pair => pointOf(pair) ?? []),
  );
  const middle = middleOf(points);
  return middle ? [middle] : [];
};

/** Reads one `info` element; what is missing is empty, CAP 1.0 and careless senders leave much out. */
export const capInfoOf = (info: XmlElement): CapInfo => {
  const areas = childrenOf(info, 'area');
  const lower = (name: string) => textOf(info, name)?.toLowerCase() ?? 'unknown';
  const eventCodes = pairsOf(info, 'eventCode');
  return {
    language: textOf(info, 'language')?.toLowerCase() ?? 'en',
    event: textOf(info, 'event') ?? '',
    headline: textOf(info, 'headline') ?? '',
    urgency: lower('urgency'),
    severity: lower('severity'),
    certainty: lower('certainty'),
    responseTypes: childrenOf(info, 'responseType').map(type => type.text.trim().toLowerCase()),
    eventCodes: eventCodes.map(code => code.value),
    parameters: new Map(pairsOf(info, 'parameter').map(({ name, value }) => [name.toLowerCase(), value])),
    startsAt: instantOfIso(textOf(info, 'onset')) ?? instantOfIso(textOf(info, 'effective')),
    expiresAt: instantOfIso(textOf(info, 'expires')),
    positions: areas.flatMap(middleOfArea),
    geocodes: areas.flatMap(area => pairsOf(area, 'geocode')),
  };
};

const vtecActions = (info: CapInfo): string[] => {
  const text =
    info.parameters.get('vtec') ?? info.parameters.get('nwsvtec') ?? info.parameters.get('p-vtec') ?? '';
  return [...text.matchAll(/\/[OTEX]\.([A-Z]{3})\.[A-Z]{4}\./g)].map(match => match[1]!);
};

/**
 * Whether this block says that its hazard is over. Senders say it in many ways and seldom with msgType Cancel;
 * urgency Past alone is none of them, since every report of an earthquake has it.
 */
export const infoEnds = (info: CapInfo): boolean => {
  if (info.responseTypes.includes('allclear')) return true;
  const actions = vtecActions(info);
  if (actions.length > 0 && actions.every(action => action === 'CAN' || action === 'EXP')) return true;
  const ended = [...info.parameters].some(
    ([name, value]) => name.endsWith('alert_location_status') && value.toLowerCase() === 'ended',
  );
  if (ended) return true;
  return /\b(cancellation|cancelled|canceled|all clear)\b|取消|解除|解禁/iu.test(info.event);
};

/** CAP severity in the common scale. An unlikely event stays Green whatever it would do. */
export const infoLevel = (info: CapInfo): { level: Level; levelRule: string } => {
  const levels: Record<string, Level> = {
    extreme: 'Red',
    severe: 'Orange',
    moderate: 'Green',
    minor: 'Green',
  };
  const level = levels[info.severity] ?? 'Unknown';
  if (info.certainty === 'unlikely' && level !== 'Unknown')
    return { level: 'Green', levelRule: 'cap-certainty-unlikely' };
  return {
    level,
    levelRule: level === 'Unknown' ? 'cap-severity-unknown' : `cap-severity-${info.severity}`,
  };
};

/** Country codes that the geocodes of an area imply: US and Canadian lists, and the region keys of MeteoAlarm. */
export const countriesOfGeocodes = (infos: readonly CapInfo[]): string[] => {
  const codes = infos
    .flatMap(info => info.geocodes)
    .flatMap(({ name, value }) => {
      if (/^(same|fips6|ugc)$/i.test(name)) return 'USA';
      if (/cap-cp|clc/i.test(name)) return 'CAN';
      if (/^taiwan_geocode/i.test(name)) return 'TWN';
      if (/^emma_id$/i.test(name)) return value.slice(0, 2);
      return [];
    });
  return [...new Set(codes)];
};
