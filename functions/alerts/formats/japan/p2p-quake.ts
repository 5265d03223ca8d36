import * as z from 'zod';
import type { Position } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { positionOf } from '../../geography/geography.ts';
import { magnitudeOf, quakeMeasures } from '../earthquakes/quake-values.ts';
import { type AlertDraft, draftOf, ItemRejected } from '../format.ts';
import { isObject, Numeric, numberIn, placesOf, Text, textIn } from '../json-fields.ts';
import {
  coordinatesInWords,
  instantOfJapaneseTime,
  jmaIntensity,
  jmaQuakeLevel,
  narrowed,
  quakeBulletinId,
} from './jma-values.ts';
import type { P2pMessage } from './p2p-json.ts';

const Earthquake = z.object({
  time: Text,
  originTime: Text,
  condition: Text,
  maxScale: Numeric,
  hypocenter: z
    .object({
      name: Text,
      latitude: z.unknown().optional(),
      longitude: z.unknown().optional(),
      depth: z.unknown().optional(),
      magnitude: Numeric,
    })
    .nullish(),
});

/** Ten times the intensity; 45 is 5 lower, 46 "5 lower or more, not reported in". */
const steps = tableOf({
  '10': '1',
  '20': '2',
  '30': '3',
  '40': '4',
  '45': '5-',
  '46': '5-',
  '50': '5+',
  '55': '6-',
  '60': '6+',
  '70': '7',
});

/** Version 1 writes "N35.3", version 2 a number, with -200 for unknown. */
const degreesOf = (value: unknown): number | undefined => {
  const number = numberIn(value);
  if (number !== undefined) return Math.abs(number) === 200 ? undefined : number;
  const match = textIn(value)?.match(/^([NSEW])(\d+(?:\.\d+)?)$/);
  return match ? Number(match[2]) * (/[SW]/.test(match[1]!) ? -1 : 1) : undefined;
};

/** Kilometres, -1 unknown; version 1 writes "20km" and "ごく浅い" (very shallow). */
const depthOf = (value: unknown): number | undefined => {
  const number = numberIn(value) ?? numberIn(textIn(value)?.replace(/km$/, ''));
  if (number !== undefined) return number < 0 ? undefined : number;
  return textIn(value) === 'ごく浅い' ? 0 : undefined;
};

/** Version 1 gives day, hour and minute ("24日04時59分"); month and year are those of the message. */
const instantOfDay = (text: string | undefined, messageAt: string | undefined): string | undefined => {
  const match = narrowed(text).match(/^(\d{1,2})日(\d{1,2})時(\d{1,2})分$/);
  if (!match || messageAt === undefined) return undefined;
  const [day, hour, minute] = match.slice(1).map(digits => digits.padStart(2, '0'));
  const local = new Date(Date.parse(messageAt) + 9 * 3_600_000);
  if (Number(day) > local.getUTCDate()) local.setUTCDate(0);
  const month = local.toISOString().slice(0, 7).replace('-', '/');
  return instantOfJapaneseTime(`${month}/${day} ${hour}:${minute}`);
};

const isTrue = (value: unknown) => value === true || value === 'true';

const areaScales = (areas: readonly unknown[]): number[] =>
  areas.flatMap(area => (isObject(area) ? (numberIn(area.scaleFrom) ?? []) : []));

/** Codes 551 (report of a quake) and 556 (early warning). */
export const readP2pQuake = (message: P2pMessage): AlertDraft => {
  const parsed = Earthquake.safeParse(message.earthquake ?? {});
  if (!parsed.success) throw new ItemRejected('earthquake: not as expected');
  const { hypocenter, ...earthquake } = parsed.data;
  const isWarning = message.code === 556;
  const cancelled = isTrue(message.cancelled);
  const publishedAt = instantOfJapaneseTime(message.time);
  const issuedAt = instantOfJapaneseTime(message.issue?.time) ?? publishedAt;
  const saidAt = earthquake.originTime ?? earthquake.time;
  const originAt = instantOfJapaneseTime(saidAt) ?? instantOfDay(saidAt, publishedAt ?? issuedAt);
  const sentAt = issuedAt ?? originAt;
  if (sentAt === undefined) throw new ItemRejected('issue.time: no time');
  const eventId = message.issue?.eventId;
  if (originAt === undefined && eventId === undefined) throw new ItemRejected('earthquake.time: no time');

  // Where no hypocentre can be computed, one is assumed under a station, with M 1.0.
  const assumed = earthquake.condition === '仮定震源要素';
  const known = assumed ? undefined : hypocenter;
  const position: Position | undefined = positionOf(degreesOf(known?.latitude), degreesOf(known?.longitude));
  const magnitude =
    known?.magnitude === undefined || known.magnitude < 0 ? undefined : magnitudeOf(known.magnitude);
  const depthKm = position && depthOf(known?.depth);
  const scale = isWarning ? Math.max(-1, ...areaScales(message.areas)) : earthquake.maxScale;
  const intensity = scale === undefined ? undefined : jmaIntensity(steps.get(String(scale)));
  const region = plainText(known?.name);
  const minute = originAt?.slice(0, 16).replace(/\D/g, '');
  // Messages have ids, quakes have none: minute and region tell them apart.
  const sourceId =
    eventId !== undefined ? `EEW-${eventId}` : `EQ-${minute}${region === '' ? '' : `-${region}`}`;
  const source = /^(気象庁|jma)?$/i.test(message.issue?.source ?? '')
    ? 'JMA'
    : plainText(message.issue?.source);
  const judged =
    isWarning && !cancelled
      ? { level: 'Unknown' as const, levelRule: 'jma-early-warning' }
      : jmaQuakeLevel(magnitude);
  const shaken = intensity
    ? [isWarning ? { ...intensity.measure, name: 'forecastJmaIntensity' } : intensity.measure]
    : [];
  const measures = [...quakeMeasures(magnitude, depthKm), ...shaken];
  const what = magnitude === undefined ? 'Earthquake' : `M ${magnitude} earthquake`;
  const where = position ? ` at ${coordinatesInWords(position)}` : ', place not yet known';
  const felt = intensity ? `, JMA intensity ${intensity.step}` : '';
  const serial = (message.issue?.serial ?? '').replace(/\D/g, '').slice(-6).padStart(6, '0');
  const correction = /^(Unknown|ScaleOnly|DestinationOnly|ScaleAndDestination)$/.test(
    message.issue?.correct ?? '',
  );
  // What the report calls itself, in any shape that it may come in.
  const heading = message.issue?.type ? 'issue/type' : message.earthquake ? 'earthquake' : 'issue';
  return draftOf({
    source: 'P2P',
    sourceId,
    revision: [sentAt, orderOf(message.issue?.type), serial, publishedAt ?? sentAt].join('/'),
    status: isTrue(message.test) ? 'Exercise' : 'Actual',
    messageType: cancelled ? 'Cancel' : correction ? 'Update' : 'Alert',
    references: cancelled ? [`P2P:${sourceId}`] : [],
    ownIds: [`p2p:${sourceId}`],
    strongIds: [
      ...(eventId === undefined ? [] : [`jma:${eventId}`]),
      ...(minute !== undefined && mayFollowFlash(message.issue?.type, scale)
        ? [`incident:P2P,${minute}`]
        : []),
      ...quakeBulletinId(sentAt, originAt, position, magnitude),
    ],
    hazard: 'EQ',
    ...judged,
    sourceLevel: intensity
      ? { scale: `JMA seismic intensity${isWarning ? ', forecast' : ''}`, value: intensity.step }
      : null,
    titles: {
      en: `${isWarning ? 'Early warning: ' : ''}${cancelled ? 'Withdrawn: ' : ''}${what}${where}${felt}`,
      ja: [
        region,
        magnitude === undefined ? '' : `M${magnitude}`,
        intensity ? `最大震度${intensity.step}` : '',
      ]
        .filter(part => part !== '')
        .join(' '),
    },
    sentAt,
    occurredAt: originAt ?? sentAt,
    position: position ?? null,
    measures,
    // A distant quake is reported without intensities in Japan, and its place tells its country.
    countryHints: { codes: message.issue?.type === 'Foreign' ? [] : ['JP'], names: '' },
    remarks: [
      ...(source === 'JMA' ? [] : [`reported by ${source}`]),
      ...(assumed ? ['the hypocentre is only assumed (仮定震源要素) and left out'] : []),
    ],
    places: placesOf({
      title: hypocenter ? 'earthquake/hypocenter' : heading,
      hazard: message.earthquake ? 'earthquake' : 'issue',
      level:
        magnitude === undefined
          ? intensity && !isWarning
            ? 'earthquake/maxScale'
            : heading
          : 'earthquake/hypocenter/magnitude',
      sentAt: message.issue?.time === undefined ? (message.time ? 'time' : undefined) : 'issue/time',
      occurredAt:
        originAt === undefined
          ? 'issue/eventId'
          : earthquake.originTime
            ? 'earthquake/originTime'
            : 'earthquake/time',
      position: position && 'earthquake/hypocenter/latitude',
      measures:
        measures.length === 0
          ? undefined
          : magnitude !== undefined
            ? 'earthquake/hypocenter/magnitude'
            : depthKm !== undefined
              ? 'earthquake/hypocenter/depth'
              : isWarning
                ? 'areas'
                : 'earthquake/maxScale',
      status: isTrue(message.test) ? 'test' : undefined,
      messageType: cancelled ? 'cancelled' : undefined,
    }),
  });
};

/** The reports of one quake say more and more; those of the same minute are in that order. */
const orderOf = (type: string | undefined): string => {
  const order = ['ScalePrompt', 'Destination', 'ScaleAndDestination', 'DetailScale'];
  return String(order.indexOf(type ?? '') + 1);
};

/**
 * A flash of intensities names no region yet, so only the minute ties it to the reports that follow. JMA sends one from
 * intensity 3 on; a weaker quake that was felt elsewhere in that minute is another event and must not speak for this one.
 */
const mayFollowFlash = (type: string | undefined, scale: number | undefined): boolean =>
  type === 'ScalePrompt' || type === 'Destination' || (scale !== undefined && scale >= 30);
