import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfRfc822 } from '../../documents/times.ts';
import { textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, headOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { georssOf } from '../georss.ts';
import { australianLevel, isFireOut } from './australian-warning.ts';

/** The services that publish their incidents in this form, by the titles and addresses of their feeds. */
const services: readonly (readonly [pattern: RegExp, source: string])[] = [
  [/NSW Rural Fire Service|\brfs\.nsw\.gov\.au\b/i, 'NSW RFS'],
  [/Tasmania Fire Service|\bfire\.tas\.gov\.au\b/i, 'TFS'],
];

const serviceOf = (root: XmlElement): string | undefined => {
  if (root.name !== 'rss') return undefined;
  const head = headOf(root);
  const names = `${textOf(head, 'title') ?? ''} ${textOf(head, 'link') ?? ''}`;
  return services.find(([pattern]) => pattern.test(names))?.[1];
};

/** "ALERT LEVEL: Advice <br />LOCATION: … <br />STATUS: Under control <br />TYPE: Bush Fire <br />…" */
const linesOf = (item: XmlElement): Map<string, string> =>
  new Map(
    (textOf(item, 'description') ?? '')
      .slice(0, 4_000)
      .split(/<br\s*\/?>/i)
      .flatMap(line => {
        const at = line.indexOf(':');
        return at < 0 ? [] : [[line.slice(0, at).trim().toUpperCase(), line.slice(at + 1).trim()] as const];
      }),
  );

/** "315512 ha", "46 Hectares", "1,054 ha" in square kilometres. */
const areaOf = (size: string | undefined): number | undefined => {
  const digits = size?.match(/^([\d,]{1,12}(?:\.\d+)?)\s*(?:ha|hectares)\b/i)?.[1];
  const hectares = Number(digits?.replaceAll(',', ''));
  return digits !== undefined && hectares > 0 ? hectares / 100 : undefined;
};

const readFire = (item: XmlElement, source: string): AlertDraft => {
  const guid = entryId(item);
  const number = guid?.match(/(\d+)\D*$/)?.[1];
  if (number === undefined) throw new ItemRejected('no guid with an incident number');
  const lines = linesOf(item);
  const type = lines.get('TYPE') ?? '';
  if (/\bburn\b|hazard reduction/i.test(type)) throw new ItemIgnored(`${plainText(type)}: lit on purpose`);
  if (!/\b(bush|grass|vegetation|scrub|forest|wild|crop|peat|lantana)/i.test(type))
    throw new ItemIgnored(`${plainText(type) || 'no type'}: no fire of the land`);
  const sentAt = instantOfRfc822(textOf(item, 'pubDate'));
  if (sentAt === undefined) throw new ItemRejected('pubDate is no time');
  const { position, outlines, places } = georssOf(item);
  const category = textOf(item, 'category');
  const word = category ?? lines.get('ALERT LEVEL') ?? '';
  const isOut = isFireOut(lines.get('STATUS') ?? '');
  const areaKm2 = areaOf(lines.get('SIZE'));
  return draftOf({
    source,
    sourceId: number,
    revision: sentAt,
    ownIds: [`incident:${source},${number}`],
    hazard: 'WF',
    ...australianLevel(word),
    sourceLevel: word === '' ? null : { scale: 'Australian Warning System', value: plainText(word) },
    titles: { en: textOf(item, 'title') ?? '' },
    sentAt,
    // The feeds say when an incident was last changed, not when it began.
    occurredAt: sentAt,
    endedAt: isOut ? sentAt : null,
    countryHints: { codes: ['AUS'], names: '' },
    position,
    outlines,
    measures: areaKm2 === undefined ? [] : [{ name: 'areaKm2', value: areaKm2, unit: 'km2' }],
    places: {
      ...places,
      title: 'title',
      hazard: 'description',
      level: category === undefined ? 'description' : 'category',
      sentAt: 'pubDate',
      occurredAt: 'pubDate',
      ...(isOut && { endedAt: 'description' }),
      ...(areaKm2 !== undefined && { measures: 'description' }),
    },
  });
};

/** Incidents of the fire services of New South Wales (majorIncidents.xml) and Tasmania: RSS with GeoRSS. */
export const australianFires: Format = {
  name: 'australian-fires',
  recognises: document => document.kind === 'xml' && serviceOf(document.root) !== undefined,
  read: document => {
    const source = document.kind === 'xml' ? serviceOf(document.root) : undefined;
    if (document.kind !== 'xml' || source === undefined) return [];
    return entriesOf(document.root).map(({ element, place }) =>
      readItem(place, plainText(entryId(element)), () => readFire(element, source)),
    );
  },
  madeAt: (document: FeedDocument) =>
    document.kind === 'xml'
      ? instantOfRfc822(
          textOf(headOf(document.root), 'lastBuildDate') ?? textOf(headOf(document.root), 'pubDate'),
        )
      : undefined,
};
