import type { AlertArea } from '../../../domain/alert.ts';
import type { Hazard, Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { childrenOf, descendantsOf, type XmlElement } from '../../documents/xml.ts';
import { capHazard } from '../cap/cap-hazard.ts';
import { type AlertDraft, ItemIgnored } from '../format.ts';
import { childAt, isWithdrawn, type JmaReport, jmaDraft, textAt } from './jma-report.ts';
import { japaneseDay, narrowed } from './jma-values.ts';

/** Japanese words that the common list has not, or reads otherwise. */
const words: readonly (readonly [RegExp, Hazard, string])[] = [
  [/暴風雪|大雪|着雪|着氷|低温|霜/, 'CW', 'snow or cold'],
  [/融雪|浸水|洪水|氾濫/, 'FL', 'flood'],
  [/土砂/, 'LS', 'landslide'],
  [/高潮/, 'SS', 'storm surge'],
  [/波浪/, 'WV', 'high waves'],
  [/竜巻/, 'TO', 'tornado'],
  [/暴風|強風/, 'VW', 'storm wind'],
  [/大雨|雷|雹/, 'ST', 'heavy rain'],
  [/なだれ/, 'AV', 'avalanche'],
  [/乾燥/, 'WF', 'dry air'],
];

const hazardOf = (name: string): { hazard: Hazard; english: string } => {
  const known = words.find(([pattern]) => pattern.test(name));
  if (known) return { hazard: known[1], english: known[2] };
  return { hazard: capHazard({ event: name, headline: '', eventCodes: [] }), english: 'weather' };
};

/** The five steps of Japan's scale of caution (警戒レベル), 0 when lifted. */
const gravityOf = (kind: string): number => {
  if (/解除|なし|警報には切り替え/.test(kind)) return 0;
  const level = kind.match(/レベル([1-5])/)?.[1];
  if (level !== undefined) return Number(level);
  if (/特別警報|氾濫発生/.test(kind)) return 5;
  if (/危険警報|氾濫危険|土砂災害警戒情報|^警戒$/.test(kind)) return 4;
  if (/警報|氾濫警戒|竜巻注意情報/.test(kind)) return 3;
  return /注意報|氾濫注意/.test(kind) ? 2 : 1;
};

/** From this step on JMA warns; below it advises, some hundred times a day, which is weather and no disaster. */
const warnsFrom = 3;

/**
 * A special warning stands for what comes once in decades; help from abroad may be needed. Warnings below it are issued
 * every day somewhere and met by the towns themselves.
 */
const levelOf = (gravity: number): { level: Level; levelRule: string } =>
  gravity >= 5
    ? { level: 'Orange', levelRule: 'jma-special-warning' }
    : { level: 'Green', levelRule: gravity === 0 ? 'jma-warning-lifted' : 'jma-warning' };

type Statement = { kinds: string[]; areas: { name: string; code: string | undefined }[] };

const statementOf = (item: XmlElement): Statement => {
  const areas = childAt(item, 'Areas');
  return {
    kinds: childrenOf(item, 'Kind').map(kind => {
      const name = narrowed(textAt(kind, 'Name'));
      return /解除/.test(`${textAt(kind, 'Condition') ?? ''}${textAt(kind, 'Status') ?? ''}`)
        ? `${name} 解除`
        : name;
    }),
    areas: (areas ? childrenOf(areas, 'Area') : []).map(area => ({
      name: plainText(textAt(area, 'Name')),
      code: textAt(area, 'Code'),
    })),
  };
};

/** Blocks go from the prefecture to its towns and repeat one another; the coarsest one says all. */
const statementsOf = (report: JmaReport): { statements: Statement[]; place: string } => {
  const blocks = report.headline ? childrenOf(report.headline, 'Information') : [];
  const coarse = blocks.findIndex(block => /府県予報区等/.test(narrowed(block.attributes.type)));
  const index = Math.max(coarse, 0);
  const statements = blocks[index] ? childrenOf(blocks[index], 'Item').map(statementOf) : [];
  return { statements, place: `Head/Headline/Information[${index}]` };
};

/** Whether the report takes a warning back: the summary no longer names what the body says is lifted or lowered. */
const lifts = (report: JmaReport): boolean =>
  /解除|切り替え/.test(report.headlineText) ||
  (report.body ? descendantsOf(report.body, 'Status') : []).some(status =>
    /解除|警報から注意報/.test(status.text),
  );

/**
 * Warnings of weather, landslides, rivers and tornadoes. They have no id of an event, or one that never changes, so the
 * event is what is in force in one place on following days: a day without any report ends the chain of ids.
 */
export const readJmaWarning = (report: JmaReport): AlertDraft => {
  const { statements, place } = statementsOf(report);
  const kinds = statements.flatMap(statement => statement.kinds).filter(kind => kind !== '');
  if (kinds.length === 0 && !isWithdrawn(report))
    throw new ItemIgnored(`${report.product}: names no kind of warning in its headline`);
  const gravest = kinds.reduce(
    (worst, kind) => (gravityOf(kind) > gravityOf(worst) ? kind : worst),
    kinds[0] ?? '',
  );
  const gravity = kinds.length === 0 ? 0 : gravityOf(gravest);
  const over = gravity < warnsFrom;
  if (over && gravity > 0 && !lifts(report))
    throw new ItemIgnored(`${report.product}: advisories only (${plainText(gravest)})`);

  const spoken = over
    ? `${report.product} ${report.title} ${report.headlineText}`
    : `${gravest} ${report.product}`;
  const { hazard, english } = hazardOf(spoken);
  const { level, levelRule } = levelOf(over ? 0 : gravity);
  const office = narrowed(textAt(report.element, 'Control', 'EditorialOffice'));
  const anchor = report.eventIds[0] ?? statements[0]?.areas[0]?.code ?? office;
  // Bulletins of the new kind (2026) speak of one hazard each; the older ones are copies of one summary.
  const series = report.product.match(/\(R\d+\)\((.+)\)$/)?.[1] ?? seriesOf(report);
  const idOn = (daysBefore: number) => `WW-${series}-${anchor}-${japaneseDay(report.reportAt, daysBefore)}`;
  const areas = statements.flatMap(({ kinds: names, areas: places }) =>
    places.map((area): AlertArea => {
      const worst = Math.max(0, ...names.map(gravityOf));
      const ended = worst < warnsFrom;
      return {
        name: area.name,
        state: ended ? 'over' : 'live',
        level: levelOf(ended ? 0 : worst).level,
        codes: area.code === undefined ? [] : [`JMA:${plainText(area.code)}`],
        startsAt: null,
        endsAt: ended ? report.reportAt : (report.validUntilAt ?? null),
      };
    }),
  );
  return jmaDraft(report, {
    sourceId: idOn(0),
    ownIds: [`jma:${idOn(0)}`, `jma:${idOn(1)}`],
    hazard,
    level,
    levelRule,
    sourceLevel: { scale: 'JMA warning', value: over ? 'lifted' : plainText(gravest) },
    occurredAt: report.targetAt ?? report.reportAt,
    endedAt: over && !isWithdrawn(report) ? report.reportAt : null,
    expiresAt: over ? null : (report.validUntilAt ?? null),
    areas,
    countryHints: { codes: ['JP'], names: '' },
    english: `${over ? 'Lifted: ' : gravity >= 5 ? 'Special warning: ' : 'Warning: '}${english}, Japan`,
    places: {
      ...(kinds.length > 0 ? { level: place } : {}),
      ...(areas.length > 0 ? { areas: place } : {}),
      occurredAt: report.targetPlace,
      ...(over && !isWithdrawn(report) ? { endedAt: report.reportPlace } : {}),
      ...(!over && report.validUntilAt ? { expiresAt: 'Head/ValidDateTime' } : {}),
    },
  });
};

/** Which chain of reports it belongs to: landslides, each river and tornadoes are announced beside the weather. */
const seriesOf = (report: JmaReport): string => {
  if (/土砂災害警戒情報/.test(report.product)) return 'landslide';
  if (/洪水予報/.test(report.product)) return 'river';
  return /竜巻/.test(report.product) ? 'tornado' : 'weather';
};
