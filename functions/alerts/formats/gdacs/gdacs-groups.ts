import { fieldOf, textIn } from '../json-fields.ts';
import { areaOf, type GdacsRole, gdacsRole } from './gdacs-classes.ts';

/** A feature of the API or the map, with what it says of its event. */
export type Feature = {
  place: string;
  properties: unknown;
  geometry: unknown;
  eventType: string;
  number: string | undefined;
  episode: string | undefined;
  role: GdacsRole;
};

/** Polygons of the map have no `eventid`; the link to the report names it. */
export const linkOf = (properties: unknown): string =>
  [
    fieldOf(properties, 'link'),
    fieldOf(fieldOf(properties, 'url'), 'report'),
    fieldOf(fieldOf(properties, 'url'), 'geometry'),
  ].find((url): url is string => typeof url === 'string' && url.length < 500) ?? '';

const inLink = (link: string, key: string) => link.match(new RegExp(`[?&;]${key}=([A-Za-z0-9]+)`, 'i'))?.[1];

/** Reads of which event and episode a feature is, and what it draws. */
export const featureAt = (value: unknown, place: string): Feature => {
  const properties = fieldOf(value, 'properties');
  const link = linkOf(properties);
  const eventType = (
    textIn(fieldOf(properties, 'eventtype')) ??
    inLink(link, 'eventtype') ??
    ''
  ).toUpperCase();
  const number = textIn(fieldOf(properties, 'eventid')) ?? inLink(link, 'eventid');
  return {
    place,
    properties,
    geometry: fieldOf(value, 'geometry'),
    eventType,
    number: number !== undefined && /^\d{1,12}$/.test(number) ? number : undefined,
    episode: textIn(fieldOf(properties, 'episodeid')) ?? inLink(link, 'episodeid'),
    role: gdacsRole(textIn(fieldOf(properties, 'Class')), eventType),
  };
};

/** The key of its event ("EQ1552874"); undefined when it names none. */
export const eventOf = (feature: Feature): string | undefined =>
  feature.number === undefined ? undefined : `${feature.eventType}${feature.number}`;

/** An event of the list in one episode, with all that is drawn of it. */
export type Group = { lead: Feature; features: Feature[]; area: ReadonlySet<Feature> };

const rankAsLead: Record<GdacsRole, number> = {
  event: 0,
  mark: 1,
  area: 2,
  circle: 2,
  region: 3,
  forecast: 4,
};

/** The group of each feature that names its event. */
export const groupsOf = (features: readonly Feature[]): Map<Feature, Group> => {
  const events = new Map<string, Map<string, Group>>();
  const groups = new Map<Feature, Group>();
  for (const feature of features) {
    const event = eventOf(feature);
    if (event === undefined) continue;
    const episodes = events.get(event) ?? new Map<string, Group>();
    events.set(event, episodes);
    // A drawing that does not say of which episode it is belongs to the one that is there.
    const [first] = episodes.keys();
    const episode = feature.episode ?? first ?? '';
    const group = episodes.get(episode) ?? { lead: feature, features: [], area: new Set() };
    episodes.set(episode, group);
    group.features.push(feature);
    if (rankAsLead[feature.role] < rankAsLead[group.lead.role]) group.lead = feature;
    groups.set(feature, group);
  }
  for (const group of new Set(groups.values()))
    group.area = new Set(areaOf(group.features, group.lead.eventType));
  return groups;
};

/** Why a feature that is not the event itself is no message of its own. */
export const partReason = (feature: Feature, { lead, area }: Group): string => {
  const of = `${eventOf(lead)} (${lead.place})`;
  if (area.has(feature)) return `drawn as the area of ${of}`;
  switch (feature.role) {
    case 'event':
      return `the same event and episode as ${of}`;
    case 'forecast':
      return `winds, track or forecast of ${of}, not an area affected`;
    case 'mark':
      return `a further mark on the map of ${of}`;
    default:
      return `a wider area around ${of} than the one affected`;
  }
};
