import type { Measure, MessageType } from '../../../domain/alert.ts';
import type { Position } from '../../../domain/primitives.ts';
import { leadingNumber, plainText } from '../../documents/plain-text.ts';
import { instantOfIso, latestOf } from '../../documents/times.ts';
import { positionOf } from '../../geography/geography.ts';
import type { Outline } from '../../geography/geometry.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';
import { countriesOfGeocodes } from './cap-countries.ts';
import { statusOf } from './cap-drill.ts';
import { gdacsFacts, isGdacs } from './cap-gdacs.ts';
import { identityOf, longestName, ranks } from './cap-identity.ts';
import { isGreen } from './cap-info.ts';
import { type CapInfo, type CapMessage, parameterOf } from './cap-message.ts';
import { remarkOnMessage } from './cap-remarks.ts';
import { areasOf, type Statement, statementsOf } from './cap-statements.ts';

const required = (
  message: CapMessage,
  name: 'identifier' | 'sender' | 'sent' | 'status' | 'msgType' | 'scope',
) => {
  const text = message[name];
  if (text === '') throw new ItemRejected(`no ${name}`);
  if (text.length > longestName) throw new ItemRejected(`${name} is longer than ${longestName} characters`);
  return text;
};

const messageTypeOf = (text: string): MessageType => {
  switch (text.toLowerCase()) {
    case 'alert':
      return 'Alert';
    case 'update':
      return 'Update';
    case 'cancel':
      return 'Cancel';
    case 'ack':
    case 'error':
      throw new ItemIgnored(`msgType ${text}: an answer between systems`);
    default:
      throw new ItemRejected(`msgType "${plainText(text)}" is none that CAP has`);
  }
};

/** Of several statements the gravest speaks. */
const gravestOf = (statements: readonly Statement[]): Statement | undefined =>
  statements.reduce<Statement | undefined>(
    (gravest, statement) =>
      gravest === undefined || ranks[statement.level] > ranks[gravest.level] ? statement : gravest,
    undefined,
  );

const mile = 1.609344;

/** "38.7 km (24.0 miles)", "39 kilometers", "11.8 mi."; a number alone is in km. */
const kilometresOf = (text: string | undefined): number | undefined => {
  const value = leadingNumber(text);
  if (value === undefined) return undefined;
  return /^[\s+\d.-]*mi\b/i.test(text!) ? Math.round(value * mile * 10) / 10 : value;
};

/** Numbers in the parameters of the tsunami centres and of the USGS. */
const measuresOf = (info: CapInfo): { measures: Measure[]; place: string } => {
  const magnitude = parameterOf(info, 'eventpreliminarymagnitude') ?? parameterOf(info, 'magnitude');
  const depth = parameterOf(info, 'eventdepth') ?? parameterOf(info, 'depth');
  const [value, depthKm] = [leadingNumber(magnitude?.value), kilometresOf(depth?.value)];
  const measures: Measure[] = [];
  if (value !== undefined) measures.push({ name: 'magnitude', value, unit: 'M' });
  if (depthKm !== undefined) measures.push({ name: 'depthKm', value: depthKm, unit: 'km' });
  return { measures, place: (value === undefined ? depth : magnitude)?.place ?? '' };
};

type Placed<T> = { value: T; place: string };

/** A real point only: of the epicentre, or a circle without radius. The middle of an area is no position. */
const positionIn = (statements: readonly Statement[], lead: CapInfo): Placed<Position> | undefined => {
  const said = parameterOf(lead, 'eventlatlon');
  const [point = ''] = said?.value.split(' ') ?? [];
  const [latitude, longitude] = point.split(',').map(leadingNumber);
  const position = positionOf(latitude, longitude);
  if (said && position) return { value: position, place: said.place };
  for (const statement of statements)
    for (const area of statement.areas)
      if (area.points[0]) return { value: area.points[0], place: area.drawnAt };
  return undefined;
};

/** "20121014T224056.420Z" as the USGS wrote the time of a quake, or ISO 8601 as all others do. */
const instantOfTime = (text: string | undefined): string | undefined =>
  instantOfIso(text) ??
  instantOfIso(
    text?.trim().replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );

const occurrenceIn = (statement: Statement | undefined): Placed<string> | undefined => {
  if (!statement) return undefined;
  for (const name of ['eventorigintime', 'eventtime']) {
    const said = parameterOf(statement.lead, name);
    const at = instantOfTime(said?.value);
    if (said && at !== undefined) return { value: at, place: said.place };
  }
  return statement.startsAt === undefined
    ? undefined
    : { value: statement.startsAt, place: statement.startsPlace };
};

/** What a language is called when the message does not say: English by CAP, unless the letters are not Latin. */
const tagOf = (info: CapInfo, title: string): string => {
  const language = info.language.replace('_', '-').toLowerCase();
  if (/^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/.test(language)) return language;
  if (language !== '') return 'und';
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(title) ? 'en' : 'und';
};

const titlesOf = (statement: Statement | undefined, message: CapMessage): Record<string, string> => {
  const titles: Record<string, string> = {};
  for (const info of statement?.infos ?? []) {
    const title = info.headline || info.event;
    if (title !== '') titles[tagOf(info, title)] ??= title;
  }
  if (Object.keys(titles).length === 0)
    titles.en = `${message.msgType} by ${message.sender} of an earlier message`;
  return titles;
};

/** Titles are looked through for words; a crafted one is not worth a look. */
const longestTitle = 1000;

const shorten = (info: CapInfo) => {
  if (info.event.length > longestTitle) info.event = info.event.slice(0, longestTitle);
  if (info.headline.length > longestTitle) info.headline = info.headline.slice(0, longestTitle);
};

/** MeteoAlarm lists every region, most with nothing to warn of; a green message that names an earlier one takes that back. */
const refuseGreen = (message: CapMessage) => {
  if (message.references.length === 0 && message.infos.length > 0 && message.infos.every(isGreen))
    throw new ItemIgnored('awareness level 1, green: no warning');
};

/** A CAP message as an alert; throws ItemRejected or ItemIgnored. `envelope`: the status of an EDXL envelope, or nothing. */
export const alertDraftOf = (message: CapMessage, envelope = ''): AlertDraft => {
  required(message, 'identifier');
  const sender = required(message, 'sender');
  const sent = required(message, 'sent');
  const sentAt = instantOfIso(sent);
  if (sentAt === undefined) throw new ItemRejected('sent is no time with an offset');
  const scope = required(message, 'scope');
  if (/^(restricted|private)$/i.test(scope)) throw new ItemIgnored(`scope ${plainText(scope)}: not public`);
  if (!/^public$/i.test(scope)) throw new ItemRejected(`scope "${plainText(scope)}" is none that CAP has`);
  const type = messageTypeOf(required(message, 'msgType'));
  required(message, 'status');
  const status = statusOf(message, envelope);
  if (message.infos.length === 0 && type !== 'Cancel') throw new ItemRejected('no info: nothing is said');
  refuseGreen(message);
  message.infos.forEach(shorten);

  const { remarks, base, msgTypePlace } = message;
  // An Alert that names earlier messages is an Update by another name (the minor update of the Canadian aggregator).
  const messageType = type === 'Alert' && message.references.length > 0 ? 'Update' : type;
  remarkOnMessage(message, type);
  const gdacs = isGdacs(sender);
  const statements = statementsOf(message.infos, sentAt, remarks);
  const vtecs = statements.flatMap(statement => statement.vtecs);
  const isTestProduct = vtecs.length > 0 && vtecs.every(vtec => vtec.product === 'T');
  if (isTestProduct) remarks.push('its VTEC marks a test product');
  // One message may end one area and keep another: it is over only when all its statements are.
  const allOver = messageType === 'Cancel' || (statements.length > 0 && statements.every(isOver));
  const current = allOver ? statements : statements.filter(statement => !isOver(statement));
  const lead = gravestOf(current);
  const info = lead?.lead;
  const occurrence = occurrenceIn(lead);
  const position = info && positionIn(current, info);
  const measured = info && measuresOf(info);
  const lasting = current.every(statement => statement.expiresAt !== undefined);
  const expiresAt = lasting ? latestOf(current.map(statement => statement.expiresAt)) : undefined;
  const endedAt = allOver ? (latestOf(statements.map(statement => statement.overAt)) ?? sentAt) : null;
  const countries = countriesOfGeocodes(message.infos);
  const outlines: Outline[] = [];
  let drawnAt = '';
  for (const statement of current)
    for (const area of statement.areas) {
      for (const outline of area.outlines) outlines.push(outline);
      if (area.outlines.length > 0) drawnAt ||= area.drawnAt;
    }
  const areas = gdacs ? [] : areasOf(statements, allOver, remarks);
  const identity = identityOf(message, statements, sentAt, allOver);
  const ends = statements.find(statement => statement.endPlace !== undefined)?.endPlace;

  const places: Record<string, string> = {
    sentAt: `${base}sent`,
    status: `${base}status`,
    occurredAt: occurrence?.place ?? `${base}sent`,
    title: info ? `${info.base}${info.headline === '' ? 'event' : 'headline'}` : msgTypePlace,
  };
  if (info?.headline === '' && info.event === '') places.title = msgTypePlace;
  if (lead && lead.hazardPlace !== '') places.hazard = lead.hazardPlace;
  if (lead && lead.sourceLevel.value !== '') places.level = lead.levelPlace;
  if (endedAt !== null) places.endedAt = ends ?? msgTypePlace;
  if (expiresAt !== undefined)
    places.expiresAt = current.find(statement => statement.expiresAt === expiresAt)!.expiresPlace;
  if (position) places.position = position.place;
  else if (drawnAt !== '') places.position = drawnAt;
  if (drawnAt !== '') places.footprint = drawnAt;
  if (countries.codes.length > 0) places.countries = countries.place;
  else if (message.countries.length === 0 && places.position) places.countries = places.position;
  if (measured && measured.measures.length > 0) places.measures = measured.place;
  const firstArea = statements[0]?.areas[0];
  if (firstArea && areas.length > 0 && firstArea.name + firstArea.base !== '')
    places.areas = firstArea.name === '' ? firstArea.base.replace(/\/$/, '') : `${firstArea.base}areaDesc`;

  // Every field by name and no spreading: this literal is made for each message of a poll.
  const draft: AlertDraft = {
    source: sender,
    sourceId: identity.sourceId,
    revision: identity.revision,
    status: isTestProduct ? 'Exercise' : status,
    messageType,
    // A source that withdraws a whole event of its own names itself.
    references:
      messageType === 'Cancel' && identity.withdraws
        ? [...identity.references, `${sender}:${identity.sourceId}`]
        : identity.references,
    ownIds: identity.ownIds,
    strongIds: [],
    hazard: lead?.hazard ?? 'OT',
    level: lead?.level ?? 'Unknown',
    levelRule: lead?.levelRule ?? 'cap-no-info',
    sourceLevel: lead?.sourceLevel ?? null,
    titles: titlesOf(lead, message),
    sentAt,
    occurredAt: occurrence?.value ?? sentAt,
    endedAt,
    expiresAt: expiresAt ?? null,
    observedUntilAt: null,
    countryHints: { codes: countries.codes.length > 0 ? countries.codes : message.countries, names: '' },
    position: position?.value ?? null,
    outlines,
    areas,
    measures: measured?.measures ?? [],
    remarks,
    places,
  };
  const told = gdacs && info ? { ...draft, ...gdacsFacts(info, draft) } : draft;
  if (remarks.length > 1) told.remarks = [...new Set(remarks)].slice(0, 30);
  return told;
};

const isOver = (statement: Statement) => statement.endPlace !== undefined;
