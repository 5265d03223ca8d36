import type { Measure } from '../../../domain/alert.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfRfc822 } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { positionOf } from '../../geography/geography.ts';
import { entriesOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { placesOf } from '../json-fields.ts';

const nhcNamespace = /^https?:\/\/(www\.)?nhc\.noaa\.gov\/?$/i;

const cycloneIn = (item: XmlElement): XmlElement | undefined =>
  item.children.find(child => child.name === 'Cyclone' && nhcNamespace.test(child.namespace));

/** Titles carry HTML now and then; only its words are wanted. */
const wordsOf = (text: string | undefined): string =>
  plainText(
    (text ?? '')
      .slice(0, 2000)
      .replace(/<[^<>]*>/g, ' ')
      .replace(/&nbsp;/g, ' '),
  );

/** Hours from UTC of the zones in which the centre writes its times (HST to Cape Verde, ChST is Guam). */
const zones = tableOf({
  UTC: 0,
  GMT: 0,
  Z: 0,
  CVT: -1,
  ADT: -3,
  AST: -4,
  EDT: -4,
  EST: -5,
  CDT: -5,
  CST: -6,
  MDT: -6,
  MST: -7,
  PDT: -7,
  PST: -8,
  HST: -10,
  SST: -11,
  CHST: 10,
});

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** "2:00 AM AST Mon Jun 6", "1100 PM EDT Sun Sep 17" or "1500 UTC Tue Oct 08"; the year is the one that brings it nearest to the issue. */
const instantOfAdvisory = (text: string | undefined, issuedAt: string): string | undefined => {
  const match = text
    ?.trim()
    .toUpperCase()
    .match(
      /^(\d{1,2}):?(\d\d)\s*(AM|PM)?\s+([A-Z]{1,4})\s+[A-Z]{3,9}\s+([A-Z]{3})[A-Z]*\s+(\d{1,2})(?:,?\s+(\d{4}))?$/,
    );
  if (!match) return undefined;
  const [, hourText, minute, half, zone, monthName, day, year] = match;
  const offset = zones.get(zone!);
  const month = months.indexOf(monthName!);
  const hour = half ? (Number(hourText) % 12) + (half === 'PM' ? 12 : 0) : Number(hourText);
  if (offset === undefined || month < 0 || hour > 23 || Number(minute) > 59) return undefined;
  const at = (inYear: number) => Date.UTC(inYear, month, Number(day), hour - offset, Number(minute));
  const issued = Date.parse(issuedAt);
  const near = new Date(issued).getUTCFullYear();
  const candidates = year === undefined ? [near - 1, near, near + 1].map(at) : [at(Number(year))];
  const best = candidates.reduce((a, b) => (Math.abs(b - issued) < Math.abs(a - issued) ? b : a));
  // An observation is hours old at most; anything else was misread.
  return Math.abs(best - issued) <= 3 * 86_400_000 ? new Date(best).toISOString() : undefined;
};

/** "70 mph", "60 kt", "110 km/h". */
const windOf = (text: string | undefined): Measure[] => {
  const match = text?.trim().match(/^(\d+(?:\.\d+)?)\s*(mph|kts?|knots|km\/h|kph)/i);
  if (!match) return [];
  const unit = match[2]!.toLowerCase();
  const factor =
    unit === 'mph' ? 1.609344 : unit.startsWith('k') && !unit.startsWith('km') && unit !== 'kph' ? 1.852 : 1;
  return [{ name: 'windKmh', value: Math.round(Number(match[1]) * factor), unit: 'km/h' }];
};

const pressureOf = (text: string | undefined): Measure[] => {
  const match = text?.trim().match(/^(\d{3,4}(?:\.\d+)?)\s*(mb|hpa)/i);
  return match ? [{ name: 'pressureHpa', value: Number(match[1]), unit: 'hPa' }] : [];
};

/** "32.9, -68.1", or with letters ("32.9N, 68.1W"). */
const centreOf = (text: string | undefined) => {
  const match = text
    ?.trim()
    .toUpperCase()
    .match(/^([+-]?\d+(?:\.\d+)?)\s*([NS])?[\s,]+([+-]?\d+(?:\.\d+)?)\s*([EW])?$/);
  if (!match) return undefined;
  const [, latitude, north, longitude, east] = match;
  return positionOf(Number(latitude) * (north === 'S' ? -1 : 1), Number(longitude) * (east === 'W' ? -1 : 1));
};

/** Depressions and disturbances are called by their number ("One", "Twenty-Two-E"), which is no name. */
const numbers =
  /^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty)(-(one|two|three|four|five|six|seven|eight|nine))?(-[ec])?$/;

const stormIds = (name: string, year: string): string[] => {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.length < 3 || numbers.test(slug) ? [] : [`storm:${slug}-${year}`];
};

/** The last words of the centre about a storm. A storm that others go on to follow is not over with them. */
const isLast = (said: string): boolean =>
  /\bth(is|e) (is the )?(last|final)( NHC| CPHC)?( public)? advisory\b/i.test(said);
const isGone = (type: string, said: string): boolean =>
  /^remnants?\b/i.test(type) || /\b(has dissipated|dissipates|is no longer a tropical cyclone)\b/i.test(said);
const isHandedOver = (said: string): boolean =>
  /\badvisor(y|ies)[^.]{0,160}\b(weather prediction|ocean prediction|joint typhoon warning) center/i.test(
    said,
  );

const readStorm = (item: XmlElement, cyclone: XmlElement, siblings: readonly XmlElement[]): AlertDraft => {
  const guid = textOf(item, 'guid');
  const atcf = (textOf(cyclone, 'atcf') ?? guid?.match(/\b[a-z]{2}\d{6}\b/i)?.[0])?.toUpperCase();
  if (atcf === undefined || !/^[A-Z]{2}\d{2}(19|20)\d{2}$/.test(atcf))
    throw new ItemRejected('nhc:atcf: no number of a storm (AL012022)');
  const stamp = guid?.match(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/);
  const stampedAt = stamp
    ? instantOfRfc822(
        `${stamp[3]} ${months[Number(stamp[2]) - 1] ?? ''} ${stamp[1]} ${stamp[4]}:${stamp[5]} GMT`,
      )
    : undefined;
  const sentAt = instantOfRfc822(textOf(item, 'pubDate')) ?? stampedAt;
  if (sentAt === undefined) throw new ItemRejected('neither pubDate nor guid has a time');

  const name = wordsOf(textOf(cyclone, 'name'));
  const type = wordsOf(textOf(cyclone, 'type'));
  const wallet = textOf(cyclone, 'wallet');
  const headline = wordsOf(textOf(cyclone, 'headline'));
  // An advisory is out some minutes before the hour that it speaks of.
  const nominalAt = instantOfAdvisory(textOf(cyclone, 'datetime'), sentAt);
  const observedAt = nominalAt !== undefined && nominalAt > sentAt ? sentAt : nominalAt;
  const position = centreOf(textOf(cyclone, 'center'));
  const wind = windOf(textOf(cyclone, 'wind'));
  const measures = [...wind, ...pressureOf(textOf(cyclone, 'pressure'))];
  // The public advisory of the same storm stands beside its summary, whole in some feeds.
  const advisory =
    wallet === undefined
      ? undefined
      : siblings.find(
          other =>
            textOf(other, 'link')?.includes(`TCP${wallet}+`) &&
            /\badvisory\b/i.test(textOf(other, 'title') ?? '') &&
            instantOfRfc822(textOf(other, 'pubDate')) === sentAt,
        );
  const advisoryText =
    (advisory && textOf(advisory, 'description')?.slice(0, 50_000).replace(/\s+/g, ' ')) ?? '';
  const said = `${headline} ${wordsOf(textOf(item, 'description'))}`;
  const last = isLast(said) || isLast(advisoryText) || isGone(type, said);
  const handedOver = last && isHandedOver(advisoryText);
  return draftOf({
    source: 'NHC',
    sourceId: atcf,
    revision: sentAt,
    ownIds: [`atcf:${atcf}`],
    strongIds: stormIds(name, atcf.slice(4)),
    hazard: 'TC',
    // How strong the wind is over the sea does not say whom it will meet.
    level: 'Unknown',
    levelRule: 'nhc-strength-is-no-impact',
    sourceLevel: type === '' ? null : { scale: 'NHC type of cyclone', value: type },
    titles: { en: [wordsOf(textOf(item, 'title')), headline].filter(part => part !== '').join(' ') },
    sentAt,
    // When the storm was born is not said.
    occurredAt: observedAt ?? sentAt,
    observedUntilAt: observedAt ?? sentAt,
    endedAt: last && !handedOver ? sentAt : null,
    position: position ?? null,
    measures,
    remarks: [
      ...(position ? [] : ['no centre']),
      ...(observedAt
        ? []
        : [`nhc:datetime "${plainText(textOf(cyclone, 'datetime'))}" is no time; the issue is taken`]),
      ...(handedOver ? ['the last advisory of NHC; another centre goes on'] : []),
    ],
    places: placesOf({
      title: textOf(item, 'title') === undefined ? 'Cyclone/name' : 'title',
      hazard: 'Cyclone',
      level: type === '' ? 'Cyclone' : 'Cyclone/type',
      sentAt: textOf(item, 'pubDate') === undefined ? 'guid' : 'pubDate',
      occurredAt: observedAt
        ? 'Cyclone/datetime'
        : textOf(item, 'pubDate') === undefined
          ? 'guid'
          : 'pubDate',
      position: position && 'Cyclone/center',
      measures: measures.length === 0 ? undefined : wind.length > 0 ? 'Cyclone/wind' : 'Cyclone/pressure',
      endedAt: last && !handedOver ? (headline === '' ? 'title' : 'Cyclone/headline') : undefined,
    }),
  });
};

const channelTitle = (root: XmlElement): string =>
  textOf(childrenOf(root, 'channel')[0] ?? root, 'title') ?? '';

/** Advisories of the US National Hurricane Center (index-at.xml, index-ep.xml, index-cp.xml, nhc_at1.xml, gis-at.xml). */
export const nhcRss: Format = {
  name: 'nhc-rss',
  recognises: document => {
    if (document.kind !== 'xml' || document.root.name !== 'rss') return false;
    const items = entriesOf(document.root).map(({ element }) => element);
    if (items.some(item => cycloneIn(item) !== undefined)) return true;
    const isFromNhc = items.some(item =>
      /^https?:\/\/(www\.)?nhc\.noaa\.gov\//i.test(textOf(item, 'link') ?? ''),
    );
    return isFromNhc || /^(NHC|CPHC|National Hurricane Center)\b/i.test(channelTitle(document.root));
  },
  read: document => {
    if (document.kind !== 'xml') return [];
    const entries = entriesOf(document.root);
    const items = entries.map(({ element }) => element);
    return entries.map(({ element: item, place }) =>
      readItem(place, plainText(textOf(item, 'guid')), () => {
        const cyclone = cycloneIn(item);
        if (!cyclone)
          throw new ItemIgnored(
            `${wordsOf(textOf(item, 'title')) || 'item'}: text or graphics beside the summary`,
          );
        return readStorm(item, cyclone, items);
      }),
    );
  },
  madeAt: (document: FeedDocument) => {
    const channel = document.kind === 'xml' ? childrenOf(document.root, 'channel')[0] : undefined;
    return channel && instantOfRfc822(textOf(channel, 'pubDate') ?? textOf(channel, 'lastBuildDate'));
  },
};
