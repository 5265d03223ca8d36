import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc } from '../../documents/times.ts';
import { childrenOf, descendantsOf, type XmlElement } from '../../documents/xml.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import {
  decimalOf,
  epicentreOf,
  exposureMeasures,
  magnitudeOf,
  pagerLevel,
  quakeMeasures,
  quakeTitle,
} from './quake-values.ts';

const wordOf = (element: XmlElement | undefined, name: string): string | undefined => {
  const text = element?.attributes[name]?.trim();
  return text === '' ? undefined : text;
};

/** People by intensity of all countries together: under `impact/aggregated_exposures` until 2016, at the top since. */
const exposuresOf = (pager: XmlElement): XmlElement[] => {
  const own = childrenOf(pager, 'exposure');
  if (own.length > 0) return own;
  const [aggregated] = descendantsOf(pager, 'aggregated_exposures');
  return aggregated ? childrenOf(aggregated, 'exposure') : [];
};

/** "dmin" 5.5 and "dmax" 6.5 are the step VI. */
const stepOf = (exposure: XmlElement): { mmi: number; people: number }[] => {
  const least = decimalOf(wordOf(exposure, 'dmin'));
  const people = decimalOf(wordOf(exposure, 'exposure'));
  return least === undefined || people === undefined || people < 0
    ? []
    : [{ mmi: Math.round(least + 0.5), people }];
};

type Colour = { word: string; place: string };

/** The event's colour, else that of the alert (deaths or losses) which PAGER marks as its summary. */
const colourOf = (pager: XmlElement, event: XmlElement): Colour | undefined => {
  const own = wordOf(event, 'alertlevel');
  if (own !== undefined) return { word: own, place: 'event/@alertlevel' };
  const [list] = childrenOf(pager, 'alerts');
  for (const [index, alert] of childrenOf(list ?? pager, 'alert').entries()) {
    const word = wordOf(alert, 'level');
    if (word !== undefined && /^(true|yes|1)$/i.test(wordOf(alert, 'summary') ?? ''))
      return { word, place: `${list ? 'alerts/' : ''}alert[${index}]/@level` };
  }
  return undefined;
};

const readPager = (pager: XmlElement, event: XmlElement): AlertDraft => {
  const sourceId = wordOf(event, 'eventcode')?.toLowerCase();
  if (sourceId === undefined || !/^[a-z0-9_.-]{3,40}$/.test(sourceId))
    throw new ItemRejected('no event code');
  const occurredAt = instantOfUtc(wordOf(event, 'event_timestamp'));
  if (occurredAt === undefined) throw new ItemRejected('event_timestamp is no time');
  const processed = wordOf(event, 'process_timestamp') === undefined ? pager : event;
  const sentAt = instantOfUtc(wordOf(processed, 'process_timestamp'));
  if (sentAt === undefined) throw new ItemRejected('process_timestamp is no time');

  const magnitude = magnitudeOf(decimalOf(wordOf(event, 'magnitude')));
  const colour = colourOf(pager, event);
  const exposures = exposuresOf(pager).flatMap(stepOf);
  const measures = quakeMeasures(
    magnitude,
    decimalOf(wordOf(event, 'depth')),
    decimalOf(wordOf(event, 'maxmmi')),
  );
  const flag = wordOf(event, 'tsunami') ?? wordOf(pager, 'tsunami');
  if (flag === '1') measures.push({ name: 'tsunamiFlag', value: 1, unit: 'flag' });
  const place = plainText(wordOf(event, 'event_description'));
  const remarks: string[] = [];
  if (exposures.length === 0) remarks.push('no exposure of people by intensity');
  const versionCode = wordOf(event, 'versioncode')?.toLowerCase() ?? sourceId;
  return draftOf({
    source: 'USGS',
    sourceId,
    revision: sentAt,
    status: /^(1|true|yes)$/i.test(wordOf(event, 'scenario') ?? '') ? 'Exercise' : 'Actual',
    ownIds: [...new Set([sourceId, versionCode])].map(id => `usgs:${id}`),
    hazard: 'EQ',
    ...pagerLevel(colour?.word, magnitude),
    places: {
      hazard: 'event/@eventcode',
      level: colour?.place ?? 'event/@magnitude',
      sentAt: processed === event ? 'event/@process_timestamp' : '@process_timestamp',
      occurredAt: 'event/@event_timestamp',
      position: 'event/@lat',
      ...(place === '' ? {} : { title: 'event/@event_description' }),
      ...(measures.length === 0 ? {} : { measures: magnitude === undefined ? 'event' : 'event/@magnitude' }),
      ...(wordOf(event, 'scenario') === undefined ? {} : { status: 'event/@scenario' }),
      ...(wordOf(event, 'ccode') === undefined ? {} : { countries: 'event/@ccode' }),
    },
    titles: { en: quakeTitle(magnitude, place) },
    sentAt,
    occurredAt,
    position: epicentreOf(decimalOf(wordOf(event, 'lat')), decimalOf(wordOf(event, 'lon'))),
    countryHints: { codes: [wordOf(event, 'ccode') ?? ''], names: '' },
    measures: exposures.length === 0 ? measures : [...measures, ...exposureMeasures(exposures)],
    remarks,
  });
};

const eventIn = (document: FeedDocument): XmlElement | undefined =>
  document.kind === 'xml' && document.root.name === 'pager'
    ? childrenOf(document.root, 'event')[0]
    : undefined;

/** `pager.xml`, the product of the USGS that counts the people shaken (PAGER); one document is one version of one quake. */
export const pagerXml: Format = {
  name: 'pager-xml',
  recognises: document => eventIn(document) !== undefined,
  read: document => {
    const event = eventIn(document);
    if (document.kind !== 'xml' || !event) return [];
    const { root } = document;
    return [readItem('pager[0]', plainText(event.attributes.eventcode), () => readPager(root, event))];
  },
};
