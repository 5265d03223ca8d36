import * as z from 'zod';
import type { Hazard, Level } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfIso } from '../../documents/times.ts';
import { capHazard } from '../cap/cap-hazard.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, Text, textIn } from '../json-fields.ts';

const Warning = z.object({ alertid: Text, issuetime: Text, title: Text });

/** China keeps UTC+8 everywhere; the lists give it without a zone ("2026/03/07 17:46"). */
const instantOfChineseTime = (text: string | undefined): string | undefined => {
  const match = text?.match(/^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d\d)(?::(\d\d))?$/);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second = '00'] = match.slice(1).map(part => part?.padStart(2, '0'));
  return instantOfIso(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
};

/** The day (YYYYMMDD) that an instant falls on in China. */
const chineseDay = (instant: string, daysBefore: number): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000 - daysBefore * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');

const colours = tableOf({
  蓝: 'blue',
  黄: 'yellow',
  橙: 'orange',
  红: 'red',
  白: 'white',
});

/** What Chinese weather services warn of, beyond the words that CAP messages use; the narrow ones first. */
const words: readonly (readonly [RegExp, Hazard, string])[] = [
  [/台风|热带气旋/, 'TC', 'typhoon'],
  [/山洪/, 'FF', 'flash flood'],
  [/渍涝|内涝|积涝|洪水|江河|中小河流/, 'FL', 'flood'],
  [/地质灾害|泥石流|滑坡/, 'LS', 'geological hazard'],
  [/风暴潮/, 'SS', 'storm surge'],
  [/海浪/, 'WV', 'high waves'],
  [/龙卷/, 'TO', 'tornado'],
  [/雷雨大风|强对流|雷电|雷暴|雷雨|冰雹/, 'ST', 'thunderstorm'],
  [/暴雪|暴风雪|寒潮|寒冷|低温|霜冻|道路结冰|冰冻|电线积冰|积雪|降温/, 'CW', 'snow, ice or cold'],
  [/高温|热浪/, 'HT', 'heat'],
  [/干热风|沙尘|大风|强风|阵风/, 'VW', 'wind or dust'],
  [/干旱/, 'DR', 'drought'],
  [/火险|火灾/, 'WF', 'fire danger'],
  [/暴雨|强降水|强降雨/, 'ST', 'heavy rain'],
  [/大雾|浓雾|霾/, 'OT', 'fog or haze'],
];

const hazardOf = (name: string): { hazard: Hazard; english: string } => {
  const known = words.find(([pattern]) => pattern.test(name));
  if (known) return { hazard: known[1], english: known[2] };
  return { hazard: capHazard({ event: name, headline: '', eventCodes: [] }), english: 'weather' };
};

/**
 * The colour is a threshold of weather (so much rain in so many hours) that any county may declare; hundreds are in force on
 * a summer day. Red says that it was passed, not what it did, and fog, heat and ice call for nobody from abroad.
 */
const levelOf = (colour: string, hazard: Hazard): { level: Level; levelRule: string } => {
  const grave = colour === 'red' && /^(TC|FF|FL|LS|SS|ST|TO|WF)$/.test(hazard);
  return grave
    ? { level: 'Unknown', levelRule: 'cma-red-is-a-threshold' }
    : { level: 'Green', levelRule: `cma-${colour}` };
};

/** "<office>发布<hazard><colour>色预警信号"; 解除 and 撤销 lift it, the other verbs issue, change or go on with it. */
const titlePattern =
  /^(?<office>.*?)(?<verb>继续发布|变更发布|更新发布|升级发布|发布|继续|变更为|更新|升级为|降级为|确认|解除|撤销|取消)(?<hazard>.*?)(?<colour>[蓝黄橙红白])色预警(信号)?/u;

const readWarning = (value: unknown): AlertDraft => {
  const parsed = Warning.safeParse(value);
  if (!parsed.success) throw new ItemRejected('not an object');
  const { alertid, issuetime, title } = parsed.data;
  if (alertid === undefined) throw new ItemRejected('alertid: none');
  const issuedAt = instantOfChineseTime(issuetime);
  if (issuedAt === undefined) throw new ItemRejected(`issuetime: "${plainText(issuetime)}" is no time`);
  if (title === undefined) throw new ItemRejected('title: none');
  if (/测试|演练/.test(title)) throw new ItemIgnored('a test');
  const groups = title.match(titlePattern)?.groups;
  const lifted = /解除|撤销|取消/.test(groups?.verb ?? title);
  const colour = colours.get(groups?.colour ?? '');
  if (!groups || colour === undefined) {
    if (!lifted) throw new ItemRejected(`title: "${plainText(title)}" names no colour of warning`);
  }
  const said = groups?.hazard ?? title;
  const { hazard, english } = hazardOf(said);
  const region = alertid.match(/^\d{6}/)?.[0] ?? plainText(groups?.office);
  const office = plainText(groups?.office).replace(/(气象(局|台|服务中心)|应急管理局)$/u, '');
  // Each report has an id of its own. What one place says of one hazard on following days is one event.
  const idOn = (daysBefore: number) => `${region}-${plainText(said)}-${chineseDay(issuedAt, daysBefore)}`;
  const [, stamp] = alertid.match(/_(\d{14})$/) ?? [];
  const level = levelOf(colour ?? 'lifted', hazard);
  const state = lifted ? ('over' as const) : ('live' as const);
  return draftOf({
    source: 'CMA',
    sourceId: idOn(0),
    revision: `${issuedAt}/${stamp ?? ''}`,
    ownIds: [`cma:${idOn(0)}`, `cma:${idOn(1)}`],
    hazard,
    ...(lifted ? { level: 'Green' as const, levelRule: 'cma-lifted' } : level),
    sourceLevel: { scale: 'CMA warning colour', value: lifted ? 'lifted' : (colour ?? '') },
    titles: {
      en: lifted ? `Lifted: ${english} warning, China` : `${colour} warning: ${english}, China`,
      zh: title,
    },
    sentAt: issuedAt,
    occurredAt: issuedAt,
    endedAt: lifted ? issuedAt : null,
    areas:
      office === ''
        ? []
        : [
            {
              name: office,
              state,
              level: lifted ? 'Green' : level.level,
              codes: /^\d{6}$/.test(region) ? [`GB2260:${region}`] : [],
              startsAt: issuedAt,
              endsAt: lifted ? issuedAt : null,
            },
          ],
    countryHints: { codes: ['CN'], names: '' },
    places: {
      title: 'title',
      hazard: 'title',
      level: 'title',
      sentAt: 'issuetime',
      occurredAt: 'issuetime',
      countries: 'title',
      ...(lifted ? { endedAt: 'title' } : {}),
      ...(office === '' ? {} : { areas: 'title' }),
    },
  });
};

type Entry = { place: string; value: unknown };

const listAt = (value: unknown, path: readonly string[]): Entry[] => {
  const list = path.reduce<unknown>((at, key) => fieldOf(at, key), value);
  return Array.isArray(list)
    ? list.map((item, index) => ({ place: `${path.join('/')}[${index}]`, value: item }))
    : [];
};

/** The lists of nmc.cn (rest/findAlarm): warnings of all places by page, and those of the provinces; or a bare list. */
const entriesIn = (document: FeedDocument): Entry[] => {
  if (document.kind !== 'json') return [];
  const { value } = document;
  if (Array.isArray(value)) return value.map((item, index) => ({ place: `$[${index}]`, value: item }));
  if (isWarning(value)) return [{ place: '$', value }];
  return [
    ...listAt(value, ['data', 'page', 'list']),
    ...listAt(value, ['data', 'provinceAlarms']),
    ...listAt(value, ['data', 'list']),
    ...listAt(value, ['page', 'list']),
    ...listAt(value, ['provinceAlarms']),
    ...listAt(value, ['data']),
  ];
};

const isWarning = (value: unknown): boolean =>
  isObject(value) &&
  textIn(fieldOf(value, 'alertid')) !== undefined &&
  textIn(fieldOf(value, 'issuetime')) !== undefined;

/** Whether it is an answer of that service without any warning in force, which is a valid one. */
const isEmptyAnswer = (document: FeedDocument): boolean => {
  if (document.kind !== 'json') return false;
  const data = fieldOf(document.value, 'data');
  return (
    Array.isArray(fieldOf(fieldOf(data, 'page'), 'list')) && Array.isArray(fieldOf(data, 'provinceAlarms'))
  );
};

/** Warnings of the China Meteorological Administration as lists with titles in Chinese. */
export const cmaJson: Format = {
  name: 'cma-json',
  recognises: document =>
    entriesIn(document).some(entry => isWarning(entry.value)) || isEmptyAnswer(document),
  read: document =>
    entriesIn(document).map(({ place, value }) =>
      readItem(place, plainText(textIn(fieldOf(value, 'alertid'))), () => readWarning(value)),
    ),
};
