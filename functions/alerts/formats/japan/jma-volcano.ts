import type { AlertArea, Measure } from '../../../domain/alert.ts';
import type { Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso, shifted } from '../../documents/times.ts';
import { childrenOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';
import { childAt, isWithdrawn, type JmaReport, jmaDraft, textAt } from './jma-report.ts';
import { coordinatesInWords, jmaPoint, narrowed } from './jma-values.ts';

/** What a report is about: a volcano's state of alert, or one eruption that was seen. */
type Kind = 'alert' | 'eruption';

const kindOf = (report: JmaReport): Kind => {
  if (/噴火警報/.test(report.product)) return 'alert';
  if (/噴火速報|火山観測報/.test(report.product)) return 'eruption';
  throw new ItemIgnored(`${report.product}: no warning and no eruption`);
};

type State = { level: Level; levelRule: string; over: boolean; alertLevel: number | undefined };

/**
 * Levels 1 to 3 keep people away from the crater; 4 and 5 (and warnings for inhabited places of volcanoes without levels)
 * move those who live there. Level 1, a forecast in place of a warning and a lifted warning are the end.
 */
const stateOf = (kindName: string, condition: string): State => {
  const alertLevel = kindName.match(/レベル([1-5])/)?.[1];
  const number = alertLevel === undefined ? undefined : Number(alertLevel);
  if (number !== undefined)
    return {
      level: number >= 4 ? 'Orange' : 'Green',
      levelRule: `jma-volcano-level-${number}`,
      over: number === 1,
      alertLevel: number,
    };
  const over = /噴火予報|活火山であることに留意|解除/.test(`${kindName} ${condition}`);
  const inhabited = !over && /居住地域/.test(kindName);
  return {
    level: inhabited ? 'Orange' : 'Green',
    levelRule: over
      ? 'jma-volcano-warning-lifted'
      : inhabited
        ? 'jma-volcano-inhabited-places'
        : 'jma-volcano-near-crater',
    over,
    alertLevel: undefined,
  };
};

type VolcanoItem = { item: XmlElement; place: string };

/** The item about the volcano itself: the first of the first VolcanoInfo, else the first of the headline. */
const volcanoItemOf = (report: JmaReport): VolcanoItem | undefined => {
  const inBody = childAt(report.body, 'VolcanoInfo', 'Item');
  if (inBody) return { item: inBody, place: 'Body/VolcanoInfo/Item' };
  const inHead = childAt(report.headline, 'Information', 'Item');
  return inHead && { item: inHead, place: 'Head/Headline/Information/Item' };
};

/** Towns and villages, each with what holds there. */
const areasOf = (report: JmaReport, state: State): AlertArea[] =>
  (report.body ? childrenOf(report.body, 'VolcanoInfo') : [])
    .filter(info => /対象市町村等/.test(narrowed(info.attributes.type)))
    .flatMap(info => childrenOf(info, 'Item'))
    .flatMap(item => {
      const condition = textAt(item, 'Kind', 'Condition') ?? '';
      const over = state.over || /解除/.test(condition);
      const areas = childAt(item, 'Areas');
      return (areas ? childrenOf(areas, 'Area') : []).map(area => ({
        name: plainText(textAt(area, 'Name')),
        state: over ? ('over' as const) : ('live' as const),
        level: state.level,
        codes: [textAt(area, 'Code')].flatMap(code => (code ? [`JMA:${plainText(code)}`] : [])),
        startsAt: null,
        endsAt: over ? report.reportAt : null,
      }));
    });

const plumeOf = (report: JmaReport): Measure[] => {
  const plume = childAt(report.body, 'VolcanoObservation', 'ColorPlume', 'PlumeHeightAboveCrater');
  const metres = narrowed(plume?.text);
  return /^\d+$/.test(metres) ? [{ name: 'plumeHeightKm', value: Number(metres) / 1000, unit: 'km' }] : [];
};

/** An eruption report tells of one moment; a day later it says nothing of what the mountain does. */
const eruptionSpeaksSeconds = 24 * 3600;

/**
 * A volcano: its warning with the alert level, or an eruption that was seen. Warnings have the number of the volcano for an
 * EventID, the same for decades; an eruption has its own id with that number behind it.
 */
export const readJmaVolcano = (report: JmaReport): AlertDraft => {
  const kind = kindOf(report);
  const found = volcanoItemOf(report);
  const area = childAt(found?.item, 'Areas', 'Area');
  const [eventId = ''] = report.eventIds;
  const number = eventId.match(/^(?:\d{8,14}_)?(\d{3})$/)?.[1] ?? textAt(area, 'Code')?.match(/^\d{3}$/)?.[0];
  if (number === undefined) throw new ItemRejected('Head/EventID: no number of a volcano');
  const stamp = eventId.match(/^\d{8,14}(?=_)/)?.[0];
  const key =
    kind === 'alert'
      ? `VO-${number}`
      : `VO-${number}-${stamp ?? (report.targetAt ?? report.reportAt).replace(/\D/g, '').slice(0, 12)}`;
  const shared = {
    sourceId: key,
    // One mountain's warning and its eruptions are one event while they are near in time.
    strongIds: [`volcano:jma-${number}`, `incident:JMA,volcano-${number}`],
    ownIds: [`jma:${key}`],
    hazard: 'VO' as const,
    countryHints: { codes: ['JP'], names: '' },
  };
  if (isWithdrawn(report))
    return jmaDraft(report, {
      ...shared,
      level: 'Unknown',
      levelRule: 'jma-withdrawn',
      sourceLevel: null,
      occurredAt: report.targetAt ?? report.reportAt,
      english: `Report on volcano ${number} withdrawn by JMA`,
      places: { messageType: 'Head/InfoType' },
    });

  const item = found?.item;
  const kindName = narrowed(textAt(item, 'Kind', 'Name'));
  if (!found || kindName === '') throw new ItemRejected('neither Body nor Headline names a kind of warning');
  const coordinate = area ? childrenOf(area, 'Coordinate').map(element => jmaPoint(element.text)) : [];
  const index = coordinate.findIndex(point => point !== undefined);
  const position = coordinate[index]?.position ?? null;
  const where = position ? ` at ${coordinatesInWords(position)}` : '';
  const seenAt = instantOfIso(textAt(item, 'EventTime', 'EventDateTime'));
  const state = stateOf(kindName, narrowed(textAt(item, 'Kind', 'Condition')));
  const level =
    kind === 'alert'
      ? { level: state.level, levelRule: state.levelRule }
      : { level: 'Unknown' as const, levelRule: 'jma-eruption-seen' };
  const over = kind === 'alert' && state.over;
  const places: Record<string, string> = {
    level: `${found.place}/Kind/Name`,
    occurredAt: seenAt ? `${found.place}/EventTime/EventDateTime` : report.targetPlace,
    ...(position ? { position: `${found.place}/Areas/Area/Coordinate[${index}]` } : {}),
    ...(over ? { endedAt: report.reportPlace } : {}),
  };
  const areas = kind === 'alert' ? areasOf(report, state) : [];
  const measures: Measure[] = [
    ...(state.alertLevel === undefined
      ? []
      : [{ name: 'volcanicAlertLevel', value: state.alertLevel, unit: 'JMA level' }]),
    ...plumeOf(report),
  ];
  const occurredAt = seenAt ?? report.targetAt ?? report.reportAt;
  return jmaDraft(report, {
    ...shared,
    ...level,
    sourceLevel: { scale: 'JMA volcanic warning', value: kindName },
    occurredAt,
    endedAt: over ? report.reportAt : null,
    expiresAt: kind === 'eruption' ? shifted(occurredAt, eruptionSpeaksSeconds) : null,
    position,
    areas,
    measures,
    english:
      kind === 'eruption'
        ? `Eruption seen${where}`
        : over
          ? `Volcanic warning lifted${where}`
          : `Volcanic warning${state.alertLevel === undefined ? '' : `, alert level ${state.alertLevel} of 5`}${where}`,
    places: {
      ...places,
      ...(areas.length > 0 ? { areas: 'Body' } : {}),
      ...(kind === 'eruption' ? { expiresAt: places.occurredAt! } : {}),
      ...(measures.length > 0
        ? {
            measures:
              state.alertLevel === undefined
                ? 'Body/VolcanoObservation/ColorPlume/PlumeHeightAboveCrater'
                : `${found.place}/Kind/Name`,
          }
        : {}),
    },
  });
};
