import type { FeedSettings } from '../functions/alerts/feeds/feed.ts';

/** A feed that the software can read, with whether it is polled when nobody says otherwise. */
export interface KnownFeed extends FeedSettings {
  /** Off: mostly routine warnings of one country, or what another feed brings sooner. */
  byDefault: boolean;
}

const HOUR = 60;
const DAY = 24 * HOUR;
/** Intervals of a feed in so many minutes. */
const within = (minutes: number, everyMinutes: number): number => Math.ceil(minutes / everyMinutes);

const noaa = ['*@noaa.gov', '*.noaa.gov'];

/**
 * The public feeds, each with the sources that are believed on it. A format reads what a message says of itself; that it
 * is true is vouched for by the address alone. Intervals follow how often the publisher renews the feed.
 * `silentAfterIntervals` counts from the last changed body, so it depends on what changes: lists that carry the time of
 * their making change at each renewal; those that carry none change with the events, and may rest for months.
 */
export const knownFeeds: KnownFeed[] = [
  // USGS, renewed each minute with `metadata.generated`; the short list is asked more often than the long one.
  {
    feedId: 'usgs-significant',
    url: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/significant_day.geojson',
    everyMinutes: 1,
    hosts: ['earthquake.usgs.gov'],
    believes: ['USGS'],
    silentAfterIntervals: within(HOUR, 1),
    byDefault: true,
  },
  {
    feedId: 'usgs-4-5',
    url: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_day.geojson',
    everyMinutes: 5,
    hosts: ['earthquake.usgs.gov'],
    believes: ['USGS'],
    silentAfterIntervals: within(HOUR, 5),
    byDefault: true,
  },
  // GDACS: earthquakes, cyclones, floods, droughts, volcanoes and fires with their impact; renewed about every six minutes.
  {
    feedId: 'gdacs',
    url: 'https://www.gdacs.org/xml/rss.xml',
    everyMinutes: 5,
    hosts: ['www.gdacs.org', 'gdacs.org'],
    believes: ['GDACS'],
    silentAfterIntervals: within(6 * HOUR, 5),
    byDefault: true,
  },
  // EMSC, the second opinion on earthquakes: some five of magnitude 5 a day, worldwide.
  {
    feedId: 'emsc',
    url: 'https://www.seismicportal.eu/fdsnws/event/1/query?format=json&minmag=5&limit=50',
    everyMinutes: 5,
    hosts: ['www.seismicportal.eu', 'seismicportal.eu'],
    believes: ['EMSC'],
    silentAfterIntervals: within(2 * DAY, 5),
    byDefault: true,
  },
  // The tsunami centres: an Atom index of the latest event, its bulletins as CAP beside it. Weeks without one are usual.
  {
    feedId: 'tsunami-pacific',
    url: 'https://www.tsunami.gov/events/xml/PHEBAtom.xml',
    everyMinutes: 1,
    hosts: ['www.tsunami.gov', 'tsunami.gov'],
    believes: noaa,
    linkHosts: ['www.tsunami.gov', 'tsunami.gov'],
    linksChange: true,
    silentAfterIntervals: null,
    byDefault: true,
  },
  {
    feedId: 'tsunami-north-america',
    url: 'https://www.tsunami.gov/events/xml/PAAQAtom.xml',
    everyMinutes: 1,
    hosts: ['www.tsunami.gov', 'tsunami.gov'],
    believes: noaa,
    linkHosts: ['www.tsunami.gov', 'tsunami.gov'],
    linksChange: true,
    silentAfterIntervals: null,
    byDefault: true,
  },
  // The National Hurricane Center: advisories every six hours at least while there is a storm, from November to May none.
  {
    feedId: 'nhc-atlantic',
    url: 'https://www.nhc.noaa.gov/index-at.xml',
    everyMinutes: 15,
    hosts: ['www.nhc.noaa.gov'],
    believes: ['NHC'],
    silentAfterIntervals: null,
    byDefault: true,
  },
  {
    feedId: 'nhc-east-pacific',
    url: 'https://www.nhc.noaa.gov/index-ep.xml',
    everyMinutes: 15,
    hosts: ['www.nhc.noaa.gov'],
    believes: ['NHC'],
    silentAfterIntervals: null,
    byDefault: true,
  },
  // Japan Meteorological Agency, earthquakes and volcanoes: an Atom index of the last hours, each report an XML beside it.
  {
    feedId: 'jma-quake-volcano',
    url: 'https://www.data.jma.go.jp/developer/xml/feed/eqvol.xml',
    everyMinutes: 1,
    hosts: ['www.data.jma.go.jp'],
    believes: ['JMA'],
    linkHosts: ['www.data.jma.go.jp'],
    silentAfterIntervals: within(3 * DAY, 1),
    byDefault: true,
  },
  // Copernicus rapid mapping: that a state or the EU asked for maps of a disaster; some three a week.
  {
    feedId: 'copernicus-ems',
    url: 'https://rapidmapping.emergency.copernicus.eu/backend/dashboard-api/public-activations-info/?limit=60',
    everyMinutes: 30,
    hosts: ['rapidmapping.emergency.copernicus.eu', 'mapping.emergency.copernicus.eu'],
    believes: ['Copernicus EMS'],
    silentAfterIntervals: within(21 * DAY, 30),
    byDefault: true,
  },
  // NASA EONET: events collected from others, GDACS among them, hours later.
  {
    feedId: 'eonet',
    url: 'https://eonet.gsfc.nasa.gov/api/v3/events?status=open&days=14',
    everyMinutes: 60,
    hosts: ['eonet.gsfc.nasa.gov'],
    believes: ['EONET'],
    silentAfterIntervals: within(4 * DAY, 60),
    byDefault: false,
  },
  // US weather warnings of the two highest severities; a day of storms has hundreds. Refuses callers without a user agent.
  {
    feedId: 'nws-severe',
    url: 'https://api.weather.gov/alerts/active?status=actual&severity=Extreme,Severe',
    everyMinutes: 2,
    hosts: ['api.weather.gov'],
    believes: noaa,
    accept: 'application/geo+json',
    silentAfterIntervals: within(6 * HOUR, 2),
    byDefault: false,
  },
  // MeteoAlarm, one feed a country, each with the national service as its CAP sender.
  {
    feedId: 'meteoalarm-germany',
    url: 'https://feeds.meteoalarm.org/api/v1/warnings/feeds-germany',
    everyMinutes: 10,
    hosts: ['feeds.meteoalarm.org'],
    believes: ['opendata@dwd.de'],
    silentAfterIntervals: within(2 * DAY, 10),
    byDefault: false,
  },
  {
    feedId: 'meteoalarm-bosnia',
    url: 'https://feeds.meteoalarm.org/api/v1/warnings/feeds-bosnia-herzegovina',
    everyMinutes: 10,
    hosts: ['feeds.meteoalarm.org'],
    believes: ['sinoptika@fhmzbih.gov.ba', 'sinoptika@rhmzrs.com'],
    silentAfterIntervals: within(4 * DAY, 10),
    byDefault: false,
  },
];

/** ReliefWeb of OCHA; it answers only to an application name that was registered with it. */
const reliefWeb = (applicationName: string): KnownFeed => ({
  feedId: 'reliefweb',
  url: `https://api.reliefweb.int/v2/disasters?appname=${encodeURIComponent(applicationName)}&profile=full&preset=latest&limit=50`,
  everyMinutes: 60,
  hosts: ['api.reliefweb.int'],
  believes: ['ReliefWeb'],
  silentAfterIntervals: within(21 * DAY, 60),
  byDefault: true,
});

export interface FeedChoice {
  /** Ids of the feeds to poll; null: those of `byDefault`. */
  feedIds: string[] | null;
  /** The name registered with ReliefWeb; null: it is not polled. */
  reliefWebName: string | null;
  /** Where publishers reach whoever polls: a mail address or a page. */
  contact: string | null;
}

/** The feeds of a stage. Throws one line for an id that no feed has. */
export function chooseFeeds({ feedIds, reliefWebName, contact }: FeedChoice): FeedSettings[] {
  const all = reliefWebName ? [...knownFeeds, reliefWeb(reliefWebName)] : knownFeeds;
  const unknown = feedIds?.find(feedId => !all.some(each => each.feedId === feedId));
  if (unknown !== undefined)
    throw new Error(
      `RELIEF_FEEDS: no feed is called ${unknown}; there are ${all.map(each => each.feedId).join(', ')}`,
    );
  return all
    .filter(({ feedId, byDefault }) => feedIds?.includes(feedId) ?? byDefault)
    .map(({ byDefault: _byDefault, ...feed }) => ({ ...feed, ...(contact && { contact }) }));
}
