import type { Measure } from '../../../domain/alert.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { childrenOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';
import { childAt, isWithdrawn, type JmaReport, jmaDraft, textAt } from './jma-report.ts';
import { jmaPoint, narrowed } from './jma-values.ts';

type Analysis = { element: XmlElement; place: string };

/** What was observed. The other parts are forecasts of one hour to five days and say nothing of where the storm is. */
const analysisOf = (report: JmaReport): Analysis | undefined => {
  const infos = childAt(report.body, 'MeteorologicalInfos');
  const all = infos ? childrenOf(infos, 'MeteorologicalInfo') : [];
  const index = all.findIndex(info =>
    narrowed(childAt(info, 'DateTime')?.attributes.type).startsWith('実況'),
  );
  return (
    all[index] && { element: all[index], place: `Body/MeteorologicalInfos/MeteorologicalInfo[${index}]` }
  );
};

type Part = { element: XmlElement; place: string };

/** The part of that name ("CenterPart") among the properties of an analysis. */
const partOf = ({ element, place }: Analysis, name: string): Part | undefined => {
  const item = childAt(element, 'Item');
  const kinds = item ? childrenOf(item, 'Kind') : [];
  for (const [index, kind] of kinds.entries()) {
    const part = childAt(kind, 'Property', name);
    if (part) return { element: part, place: `${place}/Item/Kind[${index}]/Property/${name}` };
  }
  return undefined;
};

type Measured = { value: number; place: string };

const measureOf = (
  part: Part | undefined,
  name: string,
  type: string,
  unit: string,
): Measured | undefined => {
  const elements = part ? childrenOf(part.element, name) : [];
  const index = elements.findIndex(
    ({ attributes, text }) =>
      attributes.type === type && narrowed(attributes.unit) === unit && /^\d+(\.\d+)?$/.test(narrowed(text)),
  );
  return part && elements[index]
    ? { value: Number(narrowed(elements[index].text)), place: `${part.place}/${name}[${index}]` }
    : undefined;
};

/** Metres a second where JMA gives them (mean of ten minutes), else knots. */
const windOf = (part: Part | undefined, type: string): Measured | undefined => {
  const metres = measureOf(part, 'WindSpeed', type, 'm/s');
  if (metres) return { ...metres, value: Math.round(metres.value * 3.6) };
  const knots = measureOf(part, 'WindSpeed', type, 'ノット');
  return knots && { ...knots, value: Math.round(knots.value * 1.852) };
};

/** The year of a storm by its number of the season ("1718"), else by its report. */
const seasonOf = (number: string | undefined, reportAt: string): string =>
  /^\d{4}$/.test(number ?? '') ? `20${number!.slice(0, 2)}` : reportAt.slice(0, 4);

/** A tropical cyclone of the western North Pacific: analysis of its place and strength; forecasts are passed over. */
export const readJmaTyphoon = (report: JmaReport): AlertDraft => {
  const [eventId] = report.eventIds;
  if (eventId === undefined)
    throw new ItemRejected('Head/EventID: none, so the storm cannot be told from others');
  const analysis = analysisOf(report);
  const naming = analysis && partOf(analysis, 'TyphoonNamePart');
  const name = plainText(textAt(naming?.element, 'Name'));
  const number = narrowed(textAt(naming?.element, 'Number'));
  const season = seasonOf(number, report.reportAt);
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
  const shared = {
    sourceId: eventId,
    ownIds: [`jma:${eventId}`],
    strongIds: /^[a-z]{2,}(-[a-z]+)*$/.test(slug) ? [`storm:${slug}-${season}`] : [],
    hazard: 'TC' as const,
  };
  if (isWithdrawn(report))
    return jmaDraft(report, {
      ...shared,
      level: 'Unknown',
      levelRule: 'jma-withdrawn',
      sourceLevel: null,
      occurredAt: report.targetAt ?? report.reportAt,
      english: `Report on tropical cyclone ${eventId} withdrawn by JMA`,
      places: { messageType: 'Head/InfoType' },
    });
  if (!analysis) throw new ItemIgnored(`${report.product}: no analysis (実況) of where the storm is`);

  const analysedAt = instantOfIso(textAt(analysis.element, 'DateTime'));
  const observedAt = analysedAt ?? report.targetAt ?? report.reportAt;
  const centre = partOf(analysis, 'CenterPart');
  const points = centre
    ? childrenOf(centre.element, 'Coordinate').map(element => jmaPoint(element.text))
    : [];
  const index = points.findIndex(point => point !== undefined);
  const position = points[index]?.position ?? null;
  const wind = partOf(analysis, 'WindPart');
  const sustained = windOf(wind, '最大風速');
  const gust = windOf(wind, '最大瞬間風速');
  const pressure = measureOf(centre, 'Pressure', '中心気圧', 'hPa');
  const measures: Measure[] = [
    ...(sustained ? [{ name: 'windKmh', value: sustained.value, unit: 'km/h' }] : []),
    ...(gust ? [{ name: 'gustKmh', value: gust.value, unit: 'km/h' }] : []),
    ...(pressure ? [{ name: 'pressureHpa', value: pressure.value, unit: 'hPa' }] : []),
  ];
  const measured = sustained ?? gust ?? pressure;
  const classing = partOf(analysis, 'ClassPart');
  const typhoonClass = narrowed(textAt(classing?.element, 'TyphoonClass'));
  // "台風消滅(温帯低気圧化)": it has become a low or left the region, and no further report follows.
  const remark = narrowed(textAt(naming?.element, 'Remark'));
  const ended = /消滅/.test(remark);
  const called = name === '' ? eventId : `${name}${number === '' ? '' : ` (${number})`}`;
  return jmaDraft(report, {
    ...shared,
    level: 'Unknown',
    levelRule: 'jma-strength-is-no-impact',
    sourceLevel: typhoonClass === '' ? null : { scale: 'JMA class of cyclone', value: typhoonClass },
    // When the storm was born is not said.
    occurredAt: observedAt,
    observedUntilAt: observedAt,
    endedAt: ended ? observedAt : null,
    position,
    measures,
    remarks: position ? [] : ['no position of the centre'],
    english: `Tropical cyclone ${called}${ended ? ', last report' : ''}`,
    places: {
      level: classing && typhoonClass !== '' ? `${classing.place}/TyphoonClass` : 'Control/Title',
      occurredAt: analysedAt === undefined ? report.targetPlace : `${analysis.place}/DateTime`,
      ...(ended && naming ? { endedAt: `${naming.place}/Remark` } : {}),
      ...(position && centre ? { position: `${centre.place}/Coordinate[${index}]` } : {}),
      ...(measured ? { measures: measured.place } : {}),
    },
  });
};
