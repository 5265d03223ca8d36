import type { Hazard } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantInZone, instantOfRfc822 } from '../../documents/times.ts';
import { childrenOf, textOf, type XmlElement } from '../../documents/xml.ts';
import { entriesOf, entryId, headOf } from '../feed-entries.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { georssOf } from '../georss.ts';
import { australianLevel } from './australian-warning.ts';

const dfesNamespace = /^https?:\/\/emergency\.wa\.gov\.au\/xmlns\/dfes/i;

/** What the service warns of, the narrow words first; `null` is no hazard to anybody's life. */
const categories: readonly (readonly [RegExp, Hazard | null])[] = [
  [/burn[- ]?off|(planned|prescribed|hazard reduction) burn/i, null],
  [/fire ban|road crash|traffic|closure|alarm|smell of|rescue|(vehicle|rubbish|bin) fire/i, null],
  [/bush ?fire|grass ?fire|scrub/i, 'WF'],
  [/tsunami/i, 'TS'],
  [/earthquake/i, 'EQ'],
  [/cyclone/i, 'TC'],
  [/flood/i, 'FL'],
  [/storm|thunder|severe weather/i, 'ST'],
  [/heat ?wave/i, 'HT'],
  [/haz(ardous|mat)|chemical|gas leak/i, 'AC'],
  [/\bfire\b/i, 'FR'],
];

/** The description is a page of HTML whose first lines name the category. */
const categoryIn = (item: XmlElement): string =>
  (textOf(item, 'description') ?? '')
    .slice(0, 500)
    .match(/Category:\s*(?:<[^>]{0,40}>\s*)*([^<]{1,60})/)?.[1]
    ?.trim() ?? '';

const hazardOf = (category: string, title: string): Hazard => {
  const found = [category, title]
    .map(words => categories.find(([pattern]) => pattern.test(words)))
    .find(entry => entry !== undefined);
  if (found?.[1]) return found[1];
  if (found) throw new ItemIgnored(`${plainText(title)}: no hazard by itself`);
  return 'OT';
};

/** There is no field for an end: only the title says that a warning is withdrawn, or over. */
const isOver = (title: string): boolean =>
  /\b(cancellation|cancelled|all clear|withdrawn|no longer|stand(ing)? ?down)\b/i.test(title);

/** Perth keeps no summer time. Warnings have "30/09/18 09:41 PM", incidents "2018-08-30 19:47:47". */
const instantInPerth = (text: string | undefined): string | undefined => {
  const match = text?.trim().match(/^(\d\d)\/(\d\d)\/(?:20)?(\d\d) (\d\d?):(\d\d) ([AP])M$/i);
  if (!match) return instantInZone(text, '+08:00');
  const [, day, month, year, hour, minute, half] = match;
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half!.toUpperCase() === 'P' ? 12 : 0);
  return instantInZone(`20${year}-${month}-${day} ${String(hours).padStart(2, '0')}:${minute}`, '+08:00');
};

/** The dispatch number stands in a field of its own, or at the end of an incident's title ("…, FCAD: 402250)"). */
const incidentIn = (item: XmlElement, title: string): string | undefined =>
  textOf(item, 'incidentNumber') ?? title.match(/\bFCAD:\s*(\d{1,12})\)/)?.[1];

const readWarning = (item: XmlElement): AlertDraft => {
  const guid = entryId(item);
  if (guid === undefined) throw new ItemRejected('no guid');
  const title = textOf(item, 'title');
  if (title === undefined) throw new ItemRejected('no title');
  const published = textOf(item, 'pubDate');
  const publishedAt = instantOfRfc822(published) ?? instantInPerth(published);
  const sentAt = publishedAt ?? instantInPerth(textOf(item, 'publicationTime'));
  if (sentAt === undefined) throw new ItemRejected('neither pubDate nor publicationTime is a time');
  const category = categoryIn(item);
  const hazard = hazardOf(category, title);
  const over = isOver(title);
  const { position, outlines, places } = georssOf(item);
  const incident = incidentIn(item, title);
  // Warnings and incidents are counted apart.
  const sourceId = /#map\/incident\//.test(textOf(item, 'link') ?? '') ? `incident-${guid}` : guid;
  const sentPlace = publishedAt === undefined ? 'publicationTime' : 'pubDate';
  return draftOf({
    source: 'WA DFES',
    sourceId,
    revision: sentAt,
    messageType: over ? 'Cancel' : 'Alert',
    references: over ? [`WA DFES:${sourceId}`] : [],
    ownIds: incident === undefined ? [] : [`incident:WA DFES,${incident}`],
    hazard,
    // What is over asks for nothing.
    ...(over ? { level: 'Green', levelRule: 'australian-warning-over' } : australianLevel(title)),
    sourceLevel: { scale: 'title of the warning', value: plainText(title) },
    titles: { en: title },
    sentAt,
    occurredAt: sentAt,
    endedAt: over ? sentAt : null,
    countryHints: { codes: ['AUS'], names: '' },
    position,
    outlines,
    places: {
      ...places,
      title: 'title',
      hazard: category === '' ? 'title' : 'description',
      level: 'title',
      sentAt: sentPlace,
      occurredAt: sentPlace,
      ...(over && { endedAt: 'title', status: 'title' }),
    },
  });
};

/** Warnings and incidents of Western Australia's Department of Fire and Emergency Services (RSS). */
export const waDfes: Format = {
  name: 'wa-dfes',
  recognises: document => {
    if (document.kind !== 'xml' || document.root.name !== 'rss') return false;
    return (
      /^DFES\b/.test(textOf(headOf(document.root), 'title') ?? '') ||
      childrenOf(headOf(document.root), 'item').some(item =>
        item.children.some(child => dfesNamespace.test(child.namespace)),
      )
    );
  },
  read: document =>
    document.kind === 'xml'
      ? entriesOf(document.root).map(({ element, place }) =>
          readItem(place, plainText(entryId(element)), () => readWarning(element)),
        )
      : [],
};
