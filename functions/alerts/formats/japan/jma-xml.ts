import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { childrenOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, type Format, ItemIgnored, readItem } from '../format.ts';
import { readJmaEarthquake } from './jma-earthquake.ts';
import { childAt, type JmaReport, jmaReportOf, textAt } from './jma-report.ts';
import { readJmaTsunami } from './jma-tsunami.ts';
import { readJmaTyphoon } from './jma-typhoon.ts';
import { readJmaVolcano } from './jma-volcano.ts';
import { readJmaWarning } from './jma-warning.ts';

/**
 * Kinds of report by Control/Title in half width, the narrow ones first. All others (forecasts, climate, seasons,
 * commentaries, ash fall, long-period shaking, counts of aftershocks, the Nankai Trough) warn of nothing that has a place.
 */
const readers: readonly (readonly [RegExp, (report: JmaReport) => AlertDraft])[] = [
  [/テスト/, report => ignore(report, 'a test')],
  [/^緊急地震速報/, readJmaEarthquake],
  [
    /^震度速報|^震源に関する情報|^震源・震度に関する情報|^遠地地震に関する情報|震源要素更新/,
    readJmaEarthquake,
  ],
  [
    /津波に関するお知らせ|国際津波|特別警報報知/,
    report => ignore(report, 'a notice; what it tells of comes as a warning'),
  ],
  [/津波/, readJmaTsunami],
  [/噴火警報|噴火速報|噴火に関する火山観測報/, readJmaVolcano],
  [/^台風解析・予報情報/, readJmaTyphoon],
  [/警報・注意報|特別警報|土砂災害警戒情報|指定河川洪水予報|竜巻注意情報/, readJmaWarning],
];

const ignore = (report: JmaReport, why: string): never => {
  throw new ItemIgnored(`${plainText(report.product) || 'report'}: ${why}`);
};

const readReport = (element: XmlElement): AlertDraft => {
  const report = jmaReportOf(element);
  const reader = readers.find(([pattern]) => pattern.test(report.product))?.[1];
  return reader ? reader(report) : ignore(report, 'neither a warning nor a quake, eruption or storm');
};

type Found = { element: XmlElement; place: string };

/** A report that is not of JMA counts for the places of those behind it. */
const reportsIn = (document: FeedDocument): Found[] => {
  if (document.kind !== 'xml') return [];
  const { root } = document;
  if (root.name === 'Report') return [{ element: root, place: 'Report[0]' }];
  return childrenOf(root, 'Report')
    .map((element, index) => ({ element, place: `Report[${index}]` }))
    .filter(({ element }) => isJma(element));
};

const isJma = (element: XmlElement): boolean =>
  /^https?:\/\/xml\.kishou\.go\.jp\//.test(element.namespace) ||
  (childAt(element, 'Control', 'Status') !== undefined && childAt(element, 'Head', 'InfoType') !== undefined);

/** Disaster prevention XML of the Japan Meteorological Agency: one report, or several in one wrapper. */
export const jmaXml: Format = {
  name: 'jma-xml',
  recognises: document => {
    const [first] = reportsIn(document);
    return first !== undefined && isJma(first.element);
  },
  read: document =>
    reportsIn(document).map(({ element, place }) => {
      const id = plainText(textAt(element, 'Head', 'EventID') ?? textAt(element, 'Control', 'Title'));
      return readItem(place, id, () => readReport(element));
    }),
  madeAt: document => {
    const [first] = reportsIn(document);
    return first && instantOfIso(textAt(first.element, 'Control', 'DateTime'));
  },
};
