import type { Alert } from '../../../domain/alert.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { textOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, draftOf, ItemIgnored, ItemRejected } from '../format.ts';
import { instantOfJapaneseTime, narrowed } from './jma-values.ts';

/** What every JMA report says in Control and Head, whatever it is about. */
export type JmaReport = {
  element: XmlElement;
  body: XmlElement | undefined;
  headline: XmlElement | undefined;
  /** Control/Title and Head/InfoKind in half width: what kind of report it is. */
  product: string;
  infoKind: string;
  /** Head/Title, a title for people. */
  title: string;
  headlineText: string;
  status: Alert['status'];
  /** 発表 issued, 訂正 corrected, 取消 withdrawn, 遅延 late. */
  infoType: string;
  /** Ids of the events spoken of; a tsunami of several quakes has several, most reports one, weather warnings none. */
  eventIds: readonly string[];
  reportAt: string;
  /** Where that time stands: some reports have it in Control alone. */
  reportPlace: string;
  targetAt: string | undefined;
  /** Where the target time stands, or that of the report when it has none. */
  targetPlace: string;
  validUntilAt: string | undefined;
  /** When it was put on the line, to the second. */
  transmittedAt: string | undefined;
  revision: string;
};

/** The first child of each of those names, one below the other. */
export const childAt = (element: XmlElement | undefined, ...names: string[]): XmlElement | undefined =>
  names.reduce<XmlElement | undefined>(
    (parent, name) => parent?.children.find(child => child.name === name),
    element,
  );

/** The trimmed text at that path; undefined when nothing stands there. */
export const textAt = (element: XmlElement | undefined, ...names: string[]): string | undefined => {
  const text = childAt(element, ...names)?.text.trim();
  return text === '' ? undefined : text;
};

const statusOf = (control: XmlElement, said: string): Alert['status'] => {
  const word = textOf(control, 'Status');
  if (word === '試験') throw new ItemIgnored('a test (試験)');
  if (word === '訓練') return 'Exercise';
  if (word !== '通常') throw new ItemRejected(`Control/Status: "${plainText(word)}" is none that JMA has`);
  // The offices also drill with reports whose status is the usual one.
  return /これは訓練です|訓練報|【訓練】/.test(said) ? 'Exercise' : 'Actual';
};

/** Reads Control and Head. Throws ItemIgnored for tests, ItemRejected for what is no report. */
export const jmaReportOf = (element: XmlElement): JmaReport => {
  const control = childAt(element, 'Control');
  const head = childAt(element, 'Head');
  if (!control || !head) throw new ItemRejected('no Control and Head');
  const title = textOf(head, 'Title') ?? textOf(control, 'Title') ?? '';
  const headline = childAt(head, 'Headline');
  const headlineText = textAt(headline, 'Text') ?? '';
  const status = statusOf(control, `${title} ${headlineText}`);
  const transmittedAt = instantOfIso(textOf(control, 'DateTime'));
  const dated = instantOfIso(textOf(head, 'ReportDateTime'));
  const reportAt = dated ?? transmittedAt;
  if (reportAt === undefined) throw new ItemRejected('Head/ReportDateTime: no time');
  const reportPlace = dated === undefined ? 'Control/DateTime' : 'Head/ReportDateTime';
  const targetAt = instantOfIso(textOf(head, 'TargetDateTime'));
  const serial = (textOf(head, 'Serial') ?? '').replace(/\D/g, '').slice(-6).padStart(6, '0');
  return {
    element,
    body: childAt(element, 'Body'),
    headline,
    product: narrowed(textOf(control, 'Title')),
    infoKind: narrowed(textOf(head, 'InfoKind')),
    title,
    headlineText,
    status,
    infoType: textOf(head, 'InfoType') ?? '発表',
    eventIds: (textOf(head, 'EventID') ?? '').split(/\s+/).filter(id => id !== ''),
    reportAt,
    reportPlace,
    targetAt,
    targetPlace: targetAt === undefined ? reportPlace : 'Head/TargetDateTime',
    validUntilAt: instantOfIso(textOf(head, 'ValidDateTime')),
    transmittedAt,
    // The serial counts within one kind of report only, so it stands behind the time; two kinds of the same minute are
    // told apart by when they were sent.
    revision: [reportAt, serial, ...(transmittedAt === undefined ? [] : [transmittedAt])].join('/'),
  };
};

/** Whether the report withdraws what was said of its event. */
export const isWithdrawn = (report: JmaReport): boolean => report.infoType === '取消';

/** The moment that an id of a quake is made of (its detection, in Japanese time): the origin time of reports that have none. */
export const instantOfEventId = (eventId: string | undefined): string | undefined =>
  instantOfJapaneseTime(eventId?.match(/^\d{14}/)?.[0]);

/** What a kind of report adds. */
type Said = Pick<AlertDraft, 'sourceId' | 'hazard' | 'level' | 'levelRule' | 'sourceLevel' | 'occurredAt'> &
  Partial<AlertDraft> & { english: string; places: Record<string, string> };

/** A draft with all that Control and Head say: status, type, times, titles and places. */
export const jmaDraft = (report: JmaReport, { english, places, ...said }: Said): AlertDraft => {
  const withdrawn = isWithdrawn(report);
  const japanese = [report.title, report.headlineText].filter(text => text !== '').join(' ');
  return draftOf({
    source: 'JMA',
    revision: report.revision,
    status: report.status,
    messageType: withdrawn ? 'Cancel' : report.infoType === '訂正' ? 'Update' : 'Alert',
    references: withdrawn ? [`JMA:${said.sourceId}`] : [],
    titles: { en: english, ja: japanese },
    sentAt: report.reportAt,
    ...said,
    remarks: [...(report.infoType === '遅延' ? ['sent late (遅延)'] : []), ...(said.remarks ?? [])],
    places: {
      title: childAt(report.element, 'Head', 'Title') ? 'Head/Title' : 'Control/Title',
      hazard: 'Control/Title',
      status: 'Control/Status',
      sentAt: report.reportPlace,
      ...(said.countryHints && childAt(report.element, 'Control', 'PublishingOffice')
        ? { countries: 'Control/PublishingOffice' }
        : {}),
      ...places,
    },
  });
};
