import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { believes } from '../../functions/alerts/feeds/channel.ts';
import { Feed, packFeeds } from '../../functions/alerts/feeds/feed.ts';
import { refusalOf } from '../../functions/alerts/feeds/hosts.ts';
import { readBody } from '../../functions/alerts/intake.ts';
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

const captures = '../shared/captures';
const readOn = (feedId: string, body: Uint8Array) => readBody(body, { channel: channelOf(feedId) });
const linkHosts = (feedId: string) => knownFeeds.find(feed => feed.feedId === feedId)?.linkHosts ?? [];

describe('what they bring', () => {
  it.skipIf(!existsSync(captures)).each([
    ['usgs-4-5', 'usgs-geojson/4.5_week-2020-10.geojson'],
    ['gdacs', 'gdacs-rss/rss-24h-2019-12-30.xml'],
    ['emsc', 'emsc/fdsn-5-events-2026-10-04.json'],
    ['tsunami-north-america', 'cap/ntwc-PAAQ-1-rcz9ap.xml'],
    ['nhc-atlantic', 'nhc/atlantic-2022-06-06.xml'],
    ['jma-quake-volcano', 'jma-xml/20210217190220_0_VXSE53_010000.xml'],
    ['copernicus-ems', 'copernicus-ems/rapidmapping-activations-list.json'],
    ['eonet', 'eonet/v3-2026-07.json'],
    ['meteoalarm-germany', 'meteoalarm-json/germany-2026.json'],
    ['meteoalarm-bosnia', 'meteoalarm-json/bosnia-2024.json'],
  ])('on %s is believed as it is published (%s)', async (feedId, file) => {
    const { accepted, rejected } = await readOn(feedId, readFileSync(`${captures}/${file}`));
    expect(accepted.length).toBeGreaterThan(0);
    expect(rejected.filter(({ reason }) => reason.includes('not believed'))).toEqual([]);
    expect(new Set(accepted.map(({ channelId }) => channelId))).toEqual(new Set([feedId]));
  });

  it.skipIf(!existsSync(captures))(
    'on the index of the tsunami centres leads to hosts that may be asked',
    async () => {
      const file = readFileSync(`${captures}/cap-index/ptwc-atom-2026-09-27.xml`);
      const { links } = await readOn('tsunami-pacific', file);
      expect(links.map(({ url }) => refusalOf(new URL(url), linkHosts('tsunami-pacific')))).toEqual([null]);
    },
  );

  it('on the index of the Japan Meteorological Agency leads to hosts that may be asked', async () => {
    const report = 'https://www.data.jma.go.jp/developer/xml/data/20260301000102_0_VXSE53_010000.xml';
    const atom = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" lang="ja">
      <title>高頻度（地震火山）</title><updated>2026-03-01T09:01:10+09:00</updated>
      <id>https://www.data.jma.go.jp/developer/xml/feed/eqvol.xml#short_1</id>
      <link rel="self" type="application/atom+xml" href="https://www.data.jma.go.jp/developer/xml/feed/eqvol.xml"/>
      <entry><title>震源・震度に関する情報</title><id>${report}</id><updated>2026-03-01T00:01:02Z</updated>
      <author><name>気象庁</name></author><link type="application/xml" href="${report}"/></entry></feed>`;
    const { links } = await readOn('jma-quake-volcano', Buffer.from(atom));
    expect(links.map(({ url }) => url)).toEqual([report]);
    expect(refusalOf(new URL(report), linkHosts('jma-quake-volcano'))).toBeNull();
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
