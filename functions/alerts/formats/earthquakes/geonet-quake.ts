import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc } from '../../documents/times.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import { fieldOf } from '../json-fields.ts';
import {
  decimalOf,
  epicentreOf,
  epicentreOrNone,
  Figure,
  isQuakeType,
  levelWithoutImpact,
  magnitudeOf,
  quakeMeasures,
  quakeTitle,
  withdrawOrIgnore,
} from './quake-values.ts';

const Word = z.string().nullish();

/** The API writes `publicID` and `time`; the map service (WFS) has the same in lower case, and the type of the event. */
const Feature = z.object({
  properties: z.object({
    publicID: Word,
    publicid: Word,
    time: Word,
    origintime: Word,
    modificationTime: Word,
    modificationtime: Word,
    depth: Figure,
    magnitude: Figure,
    mmi: Figure,
    locality: Word,
    quality: Word,
    eventtype: Word,
    evaluationstatus: Word,
  }),
  geometry: z.object({ coordinates: z.array(z.number().nullable()) }).nullish(),
});

const numberOf = (figure: z.infer<typeof Figure>): number | undefined =>
  typeof figure === 'number' ? figure : decimalOf(figure ?? undefined);

/** Without a time of revision the quality is all that orders versions; a deleted quake that is restored is as good as the best. */
const qualityRank = (quality: string): number =>
  /^(best|good|deleted|confirmed)$/.test(quality) ? 2 : quality === 'preliminary' ? 1 : 0;

const readEvent = (value: unknown, askedFor: boolean): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'feature'}: ${issue?.message ?? 'not as expected'}`);
  }
  const { properties, geometry } = parsed.data;
  /** The first of two spellings that is given, with its place. */
  const either = (
    ...names: (
      | 'publicID'
      | 'publicid'
      | 'time'
      | 'origintime'
      | 'modificationTime'
      | 'modificationtime'
      | 'quality'
      | 'evaluationstatus'
    )[]
  ) => {
    const name = names.find(spelling => properties[spelling] != null);
    return {
      text: name === undefined ? undefined : (properties[name] ?? undefined),
      place: `properties/${name}`,
    };
  };
  const id = either('publicID', 'publicid');
  const publicId = plainText(id.text);
  if (publicId === '' || publicId.length > 64) throw new ItemRejected('no publicID');
  const magnitude = magnitudeOf(numberOf(properties.magnitude));
  const quality = either('quality', 'evaluationstatus');
  const word = quality.text?.trim().toLowerCase() ?? '';
  const takenBack =
    word === 'deleted' ||
    word === 'rejected' ||
    /^(not existing|duplicate)$/i.test(properties.eventtype ?? '');
  const remarks: string[] = [];
  const isQuake = isQuakeType(properties.eventtype);
  if (!isQuake && !takenBack)
    remarks.push(withdrawOrIgnore(properties.eventtype, { magnitude, worked: false, askedFor }));
  const withdrawn = takenBack || !isQuake;

  const time = either('time', 'origintime');
  const modified = either('modificationTime', 'modificationtime');
  const occurredAt = instantOfUtc(time.text);
  if (occurredAt === undefined) throw new ItemRejected(`time "${plainText(time.text)}" is none`);
  const modifiedAt = instantOfUtc(modified.text);

  const [longitude, latitude] = geometry?.coordinates ?? [];
  const position = (withdrawn ? epicentreOrNone : epicentreOf)(latitude, longitude);
  const mmi = numberOf(properties.mmi);
  const measures = quakeMeasures(
    magnitude,
    numberOf(properties.depth),
    // -1 and 0 say that nobody can have felt it.
    mmi !== undefined && mmi >= 1 ? mmi : undefined,
  );
  const locality = plainText(properties.locality ?? undefined);
  return draftOf({
    source: 'GeoNet',
    sourceId: publicId,
    // A version with a time sorts behind all that have only a quality.
    revision: modifiedAt ?? `0/${qualityRank(word)}`,
    messageType: withdrawn ? 'Cancel' : 'Alert',
    references: withdrawn ? [`GeoNet:${publicId}`] : [],
    ownIds: [`geonet:${publicId}`],
    hazard: 'EQ',
    ...levelWithoutImpact(magnitude),
    places: {
      hazard: properties.eventtype == null ? id.place : 'properties/eventtype',
      sentAt: modifiedAt === undefined ? time.place : modified.place,
      occurredAt: time.place,
      ...(position ? { position: 'geometry/coordinates' } : {}),
      ...(magnitude === undefined ? {} : { level: 'properties/magnitude' }),
      ...(measures.length === 0
        ? {}
        : { measures: magnitude === undefined ? 'properties/depth' : 'properties/magnitude' }),
      ...(locality === '' ? {} : { title: 'properties/locality' }),
      ...(word === '' ? {} : { status: quality.place }),
    },
    titles: { en: quakeTitle(magnitude, locality) },
    sentAt: modifiedAt ?? occurredAt,
    occurredAt,
    position,
    measures,
    remarks,
  });
};

const isMarked = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  const has = (name: string) => fieldOf(properties, name) !== undefined;
  const isApi = typeof fieldOf(properties, 'publicID') === 'string' && has('quality') && has('time');
  return isApi || (typeof fieldOf(properties, 'publicid') === 'string' && has('origintime'));
};

const featuresIn = (document: FeedDocument): readonly unknown[] | undefined => {
  if (document.kind !== 'json' || fieldOf(document.value, 'type') !== 'FeatureCollection') return undefined;
  const features = fieldOf(document.value, 'features');
  return Array.isArray(features) && features.some(isMarked) ? features : undefined;
};

const idIn = (feature: unknown): string => {
  const properties = fieldOf(feature, 'properties');
  const id = fieldOf(properties, 'publicID') ?? fieldOf(properties, 'publicid');
  return typeof id === 'string' ? plainText(id) : '';
};

const isOneQuake = (value: unknown): boolean => fieldOf(value, 'type') === 'Feature' && isMarked(value);

/** Earthquakes of GeoNet (New Zealand): api.geonet.org.nz/quake, one quake, its history, and the map service. */
export const geonetQuake: Format = {
  name: 'geonet-quake',
  recognises: document =>
    featuresIn(document) !== undefined || (document.kind === 'json' && isOneQuake(document.value)),
  read: document => {
    const features = featuresIn(document);
    if (features)
      return features.map((feature, index) =>
        readItem(`features[${index}]`, idIn(feature), () => readEvent(feature, false)),
      );
    if (document.kind !== 'json') return [];
    return [readItem('$', idIn(document.value), () => readEvent(document.value, true))];
  },
};
