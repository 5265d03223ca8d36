import { describe, expect, it } from 'vitest';
import { believes } from '../../functions/alerts/channel.ts';
import { Feed, packFeeds } from '../../functions/alerts/feed.ts';
import { configOf } from '../../infra/config.ts';
import { chooseFeeds, knownFeeds } from '../../infra/feeds.ts';

const idsOf = (environment = {}) => configOf('prod', environment).feeds.map(({ feedId }) => feedId);
const channelOf = (feedId: string) => ({
  channelId: feedId,
  believes: knownFeeds.find(feed => feed.feedId === feedId)?.believes ?? [],
});

describe('the public feeds', () => {
  it.each(knownFeeds.map(feed => [feed.feedId, feed] as const))(
    '%s is configured as feeds may be',
    (_id, feed) => {
      expect(Feed.safeParse(feed).error).toBeUndefined();
      // Six intervals, the window of the alarm, must fit into what an alarm may look back.
      expect(feed.everyMinutes * 6).toBeLessThanOrEqual(24 * 60);
    },
  );

  it('have ids that cannot be mistaken for each other where alarms look for them', () => {
    const ids = knownFeeds.map(({ feedId }) => feedId);
    for (const id of ids) expect(ids.filter(other => other.includes(id))).toEqual([id]);
  });

  it('fit into the environment all together, with the longest contact and name', () => {
    const all = chooseFeeds({
      feedIds: [...knownFeeds.map(({ feedId }) => feedId), 'reliefweb'],
      reliefWebName: 'relief-desk.example-organisation-'.repeat(3),
      contact: `https://www.example-organisation.example/${'contact/'.repeat(12)}`,
    });
    expect(all).toHaveLength(knownFeeds.length + 1);
    expect(() => packFeeds(all)).not.toThrow();
  });

  it.each([
    ['usgs-significant', 'USGS', 'GDACS'],
    ['gdacs', 'GDACS', 'USGS'],
    ['emsc', 'EMSC', 'USGS'],
    ['tsunami-pacific', 'ntwc@noaa.gov', 'ntwc@noaa.gov.example'],
    ['tsunami-pacific', 'webmaster@ptwc.noaa.gov', 'webmaster@ptwc-noaa.gov'],
    ['tsunami-north-america', 'wcatwc@noaa.gov', 'noaa.gov'],
    ['nws-severe', 'w-nws.webmaster@noaa.gov', 'opendata@dwd.de'],
    ['jma-quake-volcano', 'JMA', 'P2P'],
    ['meteoalarm-germany', 'opendata@dwd.de', 'w-nws.webmaster@noaa.gov'],
  ])('%s is believed about %s and not about %s', (feedId, own, other) => {
    expect(believes(channelOf(feedId), own)).toBe(true);
    expect(believes(channelOf(feedId), other)).toBe(false);
  });
});

describe('which of them are polled', () => {
  it('are those that tell of disasters worldwide, and no routine warnings of one country', () => {
    expect(idsOf()).toEqual(knownFeeds.filter(each => each.byDefault).map(({ feedId }) => feedId));
    for (const feedId of ['usgs-significant', 'gdacs', 'emsc', 'tsunami-pacific'])
      expect(idsOf()).toContain(feedId);
    for (const feedId of ['nws-severe', 'meteoalarm-germany', 'reliefweb'])
      expect(idsOf()).not.toContain(feedId);
  });

  it('are what the environment names, in the order of the list', () => {
    expect(idsOf({ RELIEF_FEEDS: 'nws-severe, gdacs' })).toEqual(['gdacs', 'nws-severe']);
    expect(idsOf({ RELIEF_FEEDS: '' })).toEqual([]);
    expect(() => idsOf({ RELIEF_FEEDS: 'gdacs,other' })).toThrow(
      /^RELIEF_FEEDS: no feed is called other; there are usgs-significant, /,
    );
  });

  it('are ReliefWeb too where a name is registered with it', () => {
    const { feeds } = configOf('prod', { RELIEF_RELIEFWEB_NAME: 'relief desk & co' });
    expect(feeds.at(-1)?.url).toContain('?appname=relief%20desk%20%26%20co&');
  });

  it('say whom to ask, where somebody is named', () => {
    const { feeds } = configOf('prod', { RELIEF_FEED_CONTACT: 'feeds@relief.example' });
    expect(new Set(feeds.map(({ contact }) => contact))).toEqual(new Set(['feeds@relief.example']));
    expect(new Set(configOf('prod').feeds.map(feed => 'contact' in feed))).toEqual(new Set([false]));
  });
});
