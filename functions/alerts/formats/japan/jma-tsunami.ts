import type { AlertArea, Measure } from '../../../domain/alert.ts';
import type { Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { childrenOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';
import { hypocentreOf } from './jma-hypocentre.ts';
import { childAt, instantOfEventId, isWithdrawn, type JmaReport, jmaDraft, textAt } from './jma-report.ts';
import { coordinatesInWords, narrowed, tsunamiBulletinId } from './jma-values.ts';

/** What is in force at a coast, the gravest first. */
export type TsunamiGrade = 'major warning' | 'warning' | 'advisory' | 'forecast' | 'none';

/**
 * A major warning (3 m and more) destroys towns, so help may be needed; a warning (1 to 3 m) floods harbours and low
 * ground; an advisory (up to 1 m) is a danger to those in the water; a forecast (below 0.2 m) says that no harm is expected.
 */
export const tsunamiLevels: Readonly<Record<TsunamiGrade, { level: Level; levelRule: string }>> = {
  'major warning': { level: 'Red', levelRule: 'jma-major-tsunami-warning' },
  warning: { level: 'Orange', levelRule: 'jma-tsunami-warning' },
  advisory: { level: 'Green', levelRule: 'jma-tsunami-advisory' },
  forecast: { level: 'Green', levelRule: 'jma-tsunami-forecast' },
  none: { level: 'Green', levelRule: 'jma-tsunami-lifted' },
};

/** Grades in the order of gravity. */
export const tsunamiGrades = Object.keys(tsunamiLevels) as readonly TsunamiGrade[];

/** Codes of the table "warnings" of JMA: 52 and 53 major warning, 51 warning, 62 advisory, 71 to 73 forecast, 00, 50, 60 none. */
const gradeOf = (kind: XmlElement | undefined): TsunamiGrade | undefined => {
  const name = narrowed(textAt(kind, 'Name'));
  switch (textAt(kind, 'Code')) {
    case '52':
    case '53':
      return 'major warning';
    case '51':
      return 'warning';
    case '62':
      return 'advisory';
    case '71':
    case '72':
    case '73':
      return 'forecast';
    case '00':
    case '50':
    case '60':
      return 'none';
  }
  if (/解除|なし/.test(name)) return 'none';
  if (/大津波/.test(name)) return 'major warning';
  if (/津波警報/.test(name)) return 'warning';
  if (/津波注意報/.test(name)) return 'advisory';
  return /予報|海面変動/.test(name) ? 'forecast' : undefined;
};

const isWarned = (grade: TsunamiGrade | undefined) =>
  grade === 'major warning' || grade === 'warning' || grade === 'advisory';

type Coast = { grade: TsunamiGrade; lifted: boolean; area: AlertArea; heightMetres: number | undefined };

const coastOf = (item: XmlElement, report: JmaReport): Coast | undefined => {
  const kind = childAt(item, 'Category', 'Kind');
  const grade = gradeOf(kind);
  const name = plainText(textAt(item, 'Area', 'Name'));
  if (grade === undefined || name === '') return undefined;
  const before = gradeOf(childAt(item, 'Category', 'LastKind'));
  // 72 and 73 are the sea that stays unquiet after a warning was lifted; 71 is a small tsunami that never needed one.
  const lifted =
    grade === 'none' ||
    (grade === 'forecast' && (isWarned(before) || /^7[23]$/.test(textAt(kind, 'Code') ?? '')));
  const height = narrowed(textAt(item, 'MaxHeight', 'TsunamiHeight'));
  const code = textAt(item, 'Area', 'Code');
  return {
    grade,
    lifted,
    heightMetres: /^\d+(\.\d+)?$/.test(height) ? Number(height) : undefined,
    area: {
      name,
      state: lifted ? 'over' : 'live',
      level: tsunamiLevels[grade].level,
      codes: code === undefined ? [] : [`JMA-TSUNAMI:${plainText(code)}`],
      startsAt: instantOfIso(textAt(item, 'FirstHeight', 'ArrivalTime')) ?? null,
      endsAt: lifted ? report.reportAt : grade === 'forecast' ? (report.validUntilAt ?? null) : null,
    },
  };
};

const words: Readonly<Record<TsunamiGrade, string>> = {
  'major warning': 'Major tsunami warning',
  warning: 'Tsunami warning',
  advisory: 'Tsunami advisory',
  forecast: 'Tsunami forecast (no damage expected)',
  none: 'Tsunami warnings lifted',
};

const heightOf = (coasts: readonly Coast[]): Measure[] => {
  const heights = coasts.flatMap(coast => (coast.lifted ? [] : (coast.heightMetres ?? [])));
  return heights.length === 0
    ? []
    : [{ name: 'tsunamiHeightM', value: Math.max(...heights), unit: 'm expected' }];
};

/**
 * A tsunami: warnings, advisories and forecasts by stretch of coast. The EventID is that of the quake, which is another
 * event, so the tsunami's ids begin with TS. It is over when no coast is warned any more.
 */
export const readJmaTsunami = (report: JmaReport): AlertDraft => {
  const [eventId] = report.eventIds;
  if (eventId === undefined)
    throw new ItemRejected('Head/EventID: none, so the tsunami cannot be told from others');
  const key = `TS-${eventId}`;
  const ids = report.eventIds.map(id => `jma:TS-${id}`);
  const isBulletin = /津波警報|津波注意報/.test(report.product);
  const quake = hypocentreOf(report.body);
  const countries = { codes: ['JP'], names: '' };
  const originAt = quake?.originAt ?? instantOfEventId(eventId) ?? report.targetAt ?? report.reportAt;
  const occurredPlace = quake?.originAt
    ? quake.originPlace
    : instantOfEventId(eventId)
      ? 'Head/EventID'
      : report.targetPlace;
  if (isWithdrawn(report)) {
    if (!isBulletin) throw new ItemIgnored(`${report.product}: a report is withdrawn, not the warning`);
    return jmaDraft(report, {
      sourceId: key,
      ownIds: ids,
      hazard: 'TS',
      level: 'Unknown',
      levelRule: 'jma-withdrawn',
      sourceLevel: null,
      occurredAt: originAt,
      countryHints: countries,
      english: 'Tsunami warnings withdrawn by JMA',
      places: { occurredAt: occurredPlace, messageType: 'Head/InfoType' },
    });
  }
  const forecast = childAt(report.body, 'Tsunami', 'Forecast');
  const items = forecast ? childrenOf(forecast, 'Item') : [];
  const read = items.map(item => coastOf(item, report));
  const coasts = read.flatMap(coast => coast ?? []);
  if (coasts.length === 0)
    throw new ItemIgnored(`${report.product}: observations only, says nothing of warnings in force`);
  const live = coasts.filter(coast => !coast.lifted);
  const over =
    live.length === 0 || (!live.some(coast => isWarned(coast.grade)) && coasts.some(c => c.lifted));
  const grade = over
    ? 'none'
    : tsunamiGrades.find(candidate => live.some(coast => coast.grade === candidate))!;
  const { level, levelRule } = tsunamiLevels[grade];
  const where = quake?.position ? `, quake at ${coordinatesInWords(quake.position)}` : '';
  // When all that is left is the forecast after a warning, no coast has the grade by name.
  const named = read.findIndex(coast => coast?.grade === grade);
  const told = named < 0 ? read.findIndex(coast => coast !== undefined) : named;
  const place = `Body/Tsunami/Forecast/Item[${told}]/Category/Kind`;
  const unread = items.length - coasts.length;
  const magnitudes = quake?.measures.filter(measure => measure.name === 'magnitude') ?? [];
  const heights = heightOf(coasts);
  return jmaDraft(report, {
    sourceId: key,
    ownIds: ids,
    // Those who pass the bulletin on give no id of the event.
    strongIds: isBulletin && report.transmittedAt ? [tsunamiBulletinId(report.transmittedAt)] : [],
    hazard: 'TS',
    level,
    levelRule,
    sourceLevel: { scale: 'JMA tsunami warning', value: grade },
    occurredAt: originAt,
    endedAt: over ? report.reportAt : null,
    expiresAt: grade === 'forecast' ? (report.validUntilAt ?? null) : null,
    position: quake?.position ?? null,
    areas: coasts.map(coast => coast.area),
    measures: [...magnitudes, ...heights],
    countryHints: countries,
    remarks: [
      ...(quake?.remarks ?? []),
      ...(unread > 0 ? [`${unread} coasts without a known kind of warning left out`] : []),
    ],
    english: `${words[grade]}${where}`,
    places: {
      ...quake?.places,
      level: place,
      areas: 'Body/Tsunami/Forecast',
      ...(magnitudes.length === 0 && heights.length > 0 ? { measures: 'Body/Tsunami/Forecast' } : {}),
      occurredAt: occurredPlace,
      ...(over ? { endedAt: report.reportPlace } : {}),
      ...(grade === 'forecast' && report.validUntilAt ? { expiresAt: 'Head/ValidDateTime' } : {}),
    },
  });
};
