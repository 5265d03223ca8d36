/** One public feed that is polled. The record reaches poll-feeds as one element of FEEDS. */
export interface Feed {
  /** The id that the schedule hands to poll-feeds, and the key under which the feed's state is kept. */
  feedId: string;
  /** An https address. */
  url: string;
  everyMinutes: number;
  /** The only hosts a poll or one of its redirects may reach, so that a feed cannot send the poller elsewhere. */
  hosts: string[];
}

/**
 * The feeds of a real stage. USGS renews its summaries each minute and GDACS its list about every six; the intervals
 * follow that, the small list of significant earthquakes more often than the long one.
 */
export const feeds: Feed[] = [
  {
    feedId: 'usgs-significant',
    url: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/significant_day.geojson',
    everyMinutes: 1,
    hosts: ['earthquake.usgs.gov'],
  },
  {
    feedId: 'usgs-4-5',
    url: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_day.geojson',
    everyMinutes: 5,
    hosts: ['earthquake.usgs.gov'],
  },
  {
    feedId: 'gdacs',
    url: 'https://www.gdacs.org/xml/rss.xml',
    everyMinutes: 5,
    hosts: ['www.gdacs.org', 'gdacs.org'],
  },
];
