import type { Measure } from '../../domain/alert.ts';
import type { Position } from '../../domain/primitives.ts';
import type { FeedDocument } from '../document.ts';
import { positionOf } from '../geography.ts';
import { plainText } from '../plain-text.ts';
import { instantOfRfc822, shifted } from '../times.ts';
import { childrenOf, textOf, type XmlElement } from '../xml.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from './format.ts';
import {
  gdacsHazard,
  gdacsLevel,
  gdacsRevision,
  gdacsSeverity,
  glideId,
  stormId,
  usgsId,
} from './gdacs-values.ts';

const gdacsNamespace = /^https?:\/\/(www\.)?gdacs\.org\/?$/i;

const itemsOf = (root: XmlElement): XmlElement[] =>
  childrenOf(root, 'channel').flatMap(channel => childrenOf(channel, 'item'));

/** A child in the GDACS namespace: RSS and GDACS share some local names (`title`, `description`). */
const gdacsChild = (item: XmlElement, name: string): XmlElement | undefined =>
  item.children.find(child => child.name === name && gdacsNamespace.test(child.namespace));

const gdacsText = (item: XmlElement, name: string): string | undefined => {
  const text = gdacsChild(item, name)?.text.trim();
  return text === '' ? undefined : text;
};

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;

/** `geo:Point`, then `georss:point`; the bounding box is no substitute, its middle lies up to 3,000 km from a cyclone. */
const positionIn = (item: XmlElement): Position | undefined => {
  const point = item.children.find(child => child.name === 'Point');
  const fromGeo = point && positionOf(numberOf(textOf(point, 'lat')), numberOf(textOf(point, 'long')));
  if (fromGeo) return fromGeo;
  const [latitude, longitude] = textOf(item, 'point')?.split(/[\s,]+/) ?? [];
  return positionOf(numberOf(latitude), numberOf(longitude));
};

/** GDACS writes 0 without a unit, or -1, when it counted nobody. */
const populationIn = (item: XmlElement): Measure[] => {
  const element = gdacsChild(item, 'population');
  const value = numberOf(element?.attributes.value);
  const unit = element?.attributes.unit?.trim() ?? '';
  return value !== undefined && value >= 0 && unit !== ''
    ? [{ name: 'population', value, unit: plainText(unit) }]
    : [];
};

/**
 * GDACS has no cancel, an event just leaves the feed. `iscurrent` false stood beside droughts observed on the same day, so
 * it ends one only when the last observation is also a month old (droughts are analysed every ten days).
 */
const endOf = (item: XmlElement, toAt: string | undefined, madeAt: string | undefined): string | null => {
  const current = gdacsText(item, 'iscurrent')?.toLowerCase() !== 'false';
  if (current || toAt === undefined || madeAt === undefined) return null;
  return toAt < shifted(madeAt, -30 * 24 * 3600) ? toAt : null;
};

const readEvent = (item: XmlElement, madeAt: string | undefined): AlertDraft => {
  const [, guidType, guidNumber] = textOf(item, 'guid')?.match(/^([A-Z]{2})(\d+)$/) ?? [];
  const eventType = gdacsText(item, 'eventtype') ?? guidType;
  const eventNumber = gdacsText(item, 'eventid') ?? guidNumber;
  if (eventNumber === undefined || !/^\d+$/.test(eventNumber)) throw new ItemRejected('no event id');
  const hazard = gdacsHazard(eventType);

  const publishedAt = instantOfRfc822(textOf(item, 'pubDate'));
  const fromAt = instantOfRfc822(gdacsText(item, 'fromdate'));
  const toAt = instantOfRfc822(gdacsText(item, 'todate'));
  const modifiedAt = instantOfRfc822(gdacsText(item, 'datemodified'));
  const occurredAt = fromAt ?? publishedAt;
  if (occurredAt === undefined) throw new ItemRejected('neither fromdate nor pubDate is a date');
  // `todate` and `pubDate` may lie in the future (a flood of 2019 did); nothing was sent after the feed was made.
  const latest = modifiedAt ?? publishedAt ?? occurredAt;
  const sentAt = madeAt !== undefined && madeAt < latest ? madeAt : latest;

  const severity = gdacsChild(item, 'severity');
  const unit = severity?.attributes.unit?.trim() ?? '';
  const value = numberOf(severity?.attributes.value);
  const sourceId = `${hazard}${eventNumber}`;
  const strongIds = [
    `gdacs:${sourceId}`,
    glideId(gdacsText(item, 'glide')),
    usgsId(gdacsText(item, 'sourceid')),
    hazard === 'TC' ? stormId(gdacsText(item, 'eventname')) : undefined,
  ];
  return draftOf({
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(modifiedAt ?? toAt ?? sentAt, gdacsText(item, 'episodeid')),
    ownIds: [`gdacs:${sourceId}`],
    strongIds: strongIds.flatMap(id => id ?? []),
    hazard,
    ...gdacsLevel(gdacsText(item, 'alertlevel')),
    sourceLevel: { scale: 'GDACS alert level', value: gdacsText(item, 'alertlevel') ?? '' },
    titles: { en: textOf(item, 'title') ?? '' },
    places: {},
    sentAt,
    occurredAt,
    endedAt: endOf(item, toAt, madeAt),
    expiresAt: null,
    observedUntilAt: toAt ?? null,
    countryHints: {
      codes: (gdacsText(item, 'iso3') ?? '').split(/[\s,;]+/),
      names: gdacsText(item, 'country') ?? '',
    },
    position: positionIn(item) ?? null,
    measures: [...gdacsSeverity(hazard, value, unit, severity?.text ?? ''), ...populationIn(item)],
  });
};

const madeAt = (document: FeedDocument): string | undefined => {
  const channel = document.kind === 'xml' ? childrenOf(document.root, 'channel')[0] : undefined;
  return channel && instantOfRfc822(textOf(channel, 'pubDate') ?? textOf(channel, 'lastBuildDate'));
};

/** The RSS feeds of gdacs.org (rss.xml, rss_24h.xml, rss_7d.xml); one item is one event. */
export const gdacsRss: Format = {
  name: 'gdacs-rss',
  recognises: document => {
    if (document.kind !== 'xml' || document.root.name !== 'rss') return false;
    const channel = childrenOf(document.root, 'channel')[0];
    const marked = itemsOf(document.root).some(item =>
      item.children.some(child => gdacsNamespace.test(child.namespace)),
    );
    return marked || (channel !== undefined && /\bGDACS\b/.test(textOf(channel, 'title') ?? ''));
  },
  read: document => {
    if (document.kind !== 'xml') return [];
    const made = madeAt(document);
    return itemsOf(document.root).map((item, index) =>
      readItem(`item[${index}]`, plainText(textOf(item, 'guid')), () => readEvent(item, made)),
    );
  },
  madeAt,
};
