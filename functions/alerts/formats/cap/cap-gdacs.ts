import { leadingNumber } from '../../documents/plain-text.ts';
import { instantOfIso, instantOfRfc822, latestOf } from '../../documents/times.ts';
import { type AlertDraft, ItemRejected } from '../format.ts';
import {
  gdacsHazard,
  gdacsLevel,
  gdacsRevision,
  gdacsSeverity,
  gdacsSourceLevel,
  gdacsStrongIds,
} from '../gdacs/gdacs-values.ts';
import { type CapInfo, parameterOf } from './cap-message.ts';

/** Whether the message is from GDACS, which means its CAP fields otherwise than CAP does. */
export const isGdacs = (sender: string): boolean => /(^|@)(www\.)?gdacs\.org$/i.test(sender);

/** "… in Russia 08/08/2026 05:39 UTC, 2 thousand in 100km." */
const momentIn = (headline: string): string | undefined => {
  const [, day, month, year, time] =
    headline.match(/\b(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)(?::\d\d)? UTC\b/) ?? [];
  return instantOfIso(`${year}-${month}-${day}T${time}:00Z`);
};

/**
 * GDACS keeps its own facts in parameters and fills the CAP fields carelessly: `sent` was hours off for years,
 * severity follows the hazard and the identifier changes with every episode. `base`: the message as CAP.
 */
export const gdacsFacts = (info: CapInfo, base: Partial<AlertDraft>): Partial<AlertDraft> => {
  const read = (name: string) => parameterOf(info, name)?.value;
  const placeOf = (name: string) => parameterOf(info, name)?.place;
  const eventNumber = read('eventid');
  if (eventNumber === undefined || !/^\d+$/.test(eventNumber)) throw new ItemRejected('no event id');
  const hazard = gdacsHazard(read('eventtype'));
  const modifiedAt = instantOfRfc822(read('datemodified'));
  const fromAt = instantOfRfc822(read('fromdate'));
  if (fromAt === undefined && read('fromdate') !== undefined) throw new ItemRejected('fromdate is no date');
  const occurredAt = fromAt ?? momentIn(info.headline);
  if (occurredAt === undefined) throw new ItemRejected('neither fromdate nor the headline has a date');
  const severity = read('severity') ?? '';
  const magnitude = leadingNumber(severity.match(/Magnitude\s+([\d.]+)/i)?.[1]);
  const sourceId = `${hazard}${eventNumber}`;
  const toAt = instantOfRfc822(read('todate'));
  const remarks = base.remarks ?? [];
  if (modifiedAt === undefined && read('datemodified') !== undefined) remarks.push('datemodified is no date');
  if (toAt === undefined && read('todate') !== undefined) remarks.push('todate is no date');
  const level = gdacsLevel(read('alertlevel'));
  const places = { ...base.places };
  const put = (field: string, ...names: string[]) => {
    const place = names.map(placeOf).find(found => found !== undefined);
    if (place !== undefined) places[field] = place;
  };
  put('hazard', 'eventtype');
  put('level', 'alertlevel');
  if (modifiedAt !== undefined) put('sentAt', 'datemodified');
  if (fromAt === undefined) places.occurredAt = `${info.base}headline`;
  else put('occurredAt', 'fromdate');
  put('measures', 'severity');
  put('countries', 'iso3', 'country');
  for (const field of ['expiresAt', 'endedAt', 'areas']) delete places[field];
  return {
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(modifiedAt ?? toAt ?? occurredAt, read('currentepisodeid')),
    ownIds: [`gdacs:${sourceId}`],
    strongIds: gdacsStrongIds(hazard, sourceId, {
      glide: read('glide'),
      sourceId: read('sourceid'),
      eventName: read('eventname'),
    }),
    hazard,
    ...level,
    sourceLevel: gdacsSourceLevel(read('alertlevel')),
    places,
    // `sent` was up to two hours early for years, but no statement is older than its event.
    sentAt: modifiedAt ?? latestOf([base.sentAt, occurredAt])!,
    remarks,
    occurredAt,
    observedUntilAt: toAt ?? null,
    countryHints: { codes: (read('iso3') ?? '').split(/[\s,;]+/), names: read('country') ?? '' },
    measures: gdacsSeverity(hazard, magnitude, 'M', severity),
    messageType: 'Alert',
    references: [],
    // It has no expiry and no end, and its one area is called "Polygon".
    expiresAt: null,
    endedAt: null,
    areas: [],
  };
};
