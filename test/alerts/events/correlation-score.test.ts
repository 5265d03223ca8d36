import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalEvents, foldAll } from '../../../functions/alerts/events/batch.ts';
import { readBody } from '../../../functions/alerts/intake.ts';
import type { Alert } from '../../../functions/domain/alert.ts';
import { randomStream } from '../../../infra/local/workflow/expressions.ts';
import { alertsOf, usgsFeature } from '../messages.ts';
import { type Score, scoreOf } from './correlation-score.ts';

const captures = '../shared/captures';
const absent = !existsSync(captures);
const NOW = '2026-12-31T00:00:00.000Z';

const read = async (...files: string[]): Promise<Alert[]> => {
  const readings = await Promise.all(files.map(file => readBody(readFileSync(join(captures, file)))));
  return readings.flatMap(reading => reading.accepted);
};

const score = (alerts: Alert[], truthOf: (alert: Alert) => string | undefined): Score =>
  scoreOf(alerts, canonicalEvents(foldAll(alerts, NOW).index.all(), NOW), truthOf);

/** Each line is one truth: what was found of it is printed, since precision and recall are figures to be watched. */
const report = (what: string, { truePairs, found, wrong, doubted, precision, recall }: Score) =>
  process.stdout.write(
    `${what}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)} (${found} of ${truePairs} pairs, ${doubted} more shown as doubts, ${wrong} wrong)\n`,
  );

/** What another agency would say of a quake that it located itself: seconds, tens of kilometres and tenths of magnitude off. */
const ofAnotherAgency = (quake: Alert, source: string, random: () => number, worse = 1): Alert => {
  const away = (most: number) => (random() * 2 - 1) * most * worse;
  const { latitude, longitude } = quake.position!;
  const magnitude = quake.measures.find(measure => measure.name === 'magnitude')!.value;
  const sourceId = `${source}-${quake.sourceId}`;
  return {
    ...quake,
    alertId: `${source}:${sourceId}:1`,
    source,
    sourceId,
    ownIds: [`${source}:${sourceId}`],
    strongIds: [`${source.toLowerCase()}:${sourceId}`],
    occurredAt: new Date(Date.parse(quake.occurredAt) + away(20_000)).toISOString(),
    // 0.3 degrees of latitude are 33 km.
    position: {
      latitude: Math.max(-90, Math.min(90, latitude + away(0.3))),
      longitude: ((longitude + away(0.3) + 540) % 360) - 180,
    },
    measures: [{ name: 'magnitude', value: magnitude + away(0.4), unit: 'M' }],
  };
};

const magnitudeOf = (alert: Alert) =>
  alert.measures.find(measure => measure.name === 'magnitude')?.value ?? 0;

describe.skipIf(absent)('correlation, scored on pairs whose truth is known', () => {
  it('joins what GDACS took from the USGS, by its id and by likeness alone, and merges nothing wrongly', async () => {
    const usgs = await read('usgs-geojson/all_day-2026-07-20.json', 'usgs-geojson/2.5_day-2026-07-21.json');
    const gdacs = await read('gdacs-api/geteventlist-2026-07-20.json');
    const truth = new Map([
      ['EQ1552874', 'us7000t1tp'],
      ['EQ1552972', 'us7000t1w2'],
    ]);
    const truthOf = (alert: Alert) =>
      alert.source === 'GDACS' ? (truth.get(alert.sourceId) ?? `gdacs ${alert.sourceId}`) : alert.sourceId;
    const bare = gdacs.map(alert => ({
      ...alert,
      strongIds: alert.strongIds.filter(id => !id.startsWith('usgs:')),
    }));
    for (const [what, list] of [
      ['with ids', gdacs],
      ['by likeness', bare],
    ] as const) {
      const found = score([...usgs, ...list], truthOf);
      report(`USGS and GDACS of one day, ${what}`, found);
      expect(found).toMatchObject({ wrong: 0, recall: 1 });
    }
  });

  it('finds the other agency of each quake of the catalogues of M 4.5 and more, without one wrong merge', async () => {
    const files = readdirSync(join(captures, 'usgs-geojson')).map(file => `usgs-geojson/${file}`);
    const quakes = [...new Map((await read(...files)).map(alert => [alert.sourceId, alert])).values()].filter(
      alert => alert.position && magnitudeOf(alert) >= 4.5,
    );
    const random = randomStream('other agencies');
    const truthOf = (alert: Alert) => alert.sourceId.replace(/^(EMSC|GFZ)-/, '');
    const told = (some: Alert[], sources: string[], worse: number) =>
      some.flatMap(quake => sources.map(source => ofAnotherAgency(quake, source, random, worse)));

    const usual = score([...quakes, ...told(quakes, ['EMSC', 'GFZ'], 1)], truthOf);
    report(`${quakes.length} quakes, each told by two other agencies`, usual);
    expect(usual).toMatchObject({ wrong: 0, recall: 1 });

    // Four times as far off is beyond what the rule joins: a person is asked about nearly all of the rest.
    const worst = score([...quakes, ...told(quakes, ['EMSC', 'GFZ'], 4)], truthOf);
    report('the same, four times as far off', worst);
    expect(worst.wrong).toBe(0);
    expect((worst.found + worst.doubted) / worst.truePairs).toBeGreaterThan(0.9);

    // Each agency has every second quake alone, so that whatever is joined is wrong.
    const [even, odd] = [0, 1].map(rest => quakes.filter((_quake, index) => index % 2 === rest));
    const apart = score([...even!, ...told(odd!, ['EMSC'], 1)], truthOf);
    report('catalogues that have no quake in common', apart);
    expect(apart.wrong).toBe(0);
  });

  it('joins the M 8.2 of Alaska 2021 to the M 7.3 that it was at first, and to none of its six aftershocks', async () => {
    const mainshock = usgsFeature({
      id: 'ak0219neiszm',
      mag: 8.2,
      at: '2021-07-29T06:15:49.188Z',
      latitude: 55.3635,
      longitude: -157.8876,
    });
    const alerts = [...(await read('gdacs-cap/cap-feed-2021-07-29.xml')), ...(await alertsOf(mainshock))];
    const found = score(alerts, alert =>
      alert.source === 'USGS' || alert.sourceId === 'EQ1279046' ? 'Alaska' : alert.sourceId,
    );
    report('Alaska 2021', found);
    expect(found).toMatchObject({ wrong: 0, recall: 1 });
  });

  it('keeps every quake of a catalogue apart, also Herat 2023 and the seven of Alaska 2021', async () => {
    const files = readdirSync(join(captures, 'usgs-geojson')).map(file => `usgs-geojson/${file}`);
    const all = await read(...files, 'gdacs-cap/cap-feed-2021-07-29.xml');
    const found = score(all, alert => `${alert.source} ${alert.sourceId}`);
    report(
      `${new Set(all.map(alert => alert.sourceId)).size} events of two catalogues in all their revisions`,
      found,
    );
    expect(found).toMatchObject({ wrong: 0, recall: 1 });
  });

  it('follows the chains of one source: JMA, polls of NWS, episodes and days of GDACS', async () => {
    const jma = await read(
      'jma-xml/20210217190009_0_VXSE51_010000.xml',
      'jma-xml/20210217190122_0_VXSE52_010000.xml',
      'jma-xml/20210217190220_0_VXSE53_010000.xml',
      'jma-xml/20231009064018_06274659_VTSE41.xml',
      'jma-xml/20231009072652_07314633_VTSE41.xml',
      'jma-xml/20231009082436_00085500_VTSE41.xml',
      'jma-xml/20231009120003_08446949_VTSE41.xml',
    );
    const quakeAndTsunami = score(jma, alert => alert.hazard);
    report('two chains of JMA', quakeAndTsunami);
    expect(quakeAndTsunami).toMatchObject({ truePairs: 9, wrong: 0, recall: 1 });

    const gdacs = await read(
      'gdacs-rss/rss-2019-12-30.xml',
      'gdacs-rss/rss-24h-2019-12-30.xml',
      'gdacs-rss/rss-24h-2019-07-17.xml',
      'gdacs-rss/rss-4items-2019.xml',
      'gdacs-api/dr-1016449-ep1-event.json',
      'gdacs-api/dr-1016449-ep7-event.json',
      'gdacs-api/dr-1016449-event.json',
      'gdacs-api/fl-1102983-ep1-event.json',
      'gdacs-api/fl-1102983-ep2-event.json',
    );
    const days = score(gdacs, alert => alert.sourceId);
    report('GDACS over days, episodes and formats', days);
    expect(days).toMatchObject({ wrong: 0, recall: 1 });
  });

  it('joins catalogues by the numbers that they share: GLIDE, ReliefWeb, EONET, GDACS', async () => {
    const alerts = await read(
      'glide/FL-2024-000199-ESP.json',
      'glide/spain-flood.json',
      'gdacs-api/fl-1102983-ep1-event.json',
      'gdacs-api/fl-1102983-ep2-event.json',
      'gdacs-rss/rss-2019-12-30.xml',
      'reliefweb/disasters-list-1000.json',
      'eonet/v3-2026-07.json',
      'gdacs-api/geteventlist-2026-07-20.json',
    );
    // The names of storms and the GLIDE numbers, read off the bodies by eye.
    const truth = new Map([
      ['GLIDE:FL-2024-000199-ESP', 'Valencia 2024'],
      ['GDACS:FL1102983', 'Valencia 2024'],
      ['GDACS:TC1000641', 'Phanfone 2019'],
      ['ReliefWeb:49678', 'Phanfone 2019'],
      ['GDACS:TC1000642', 'Sarai 2019'],
      ['ReliefWeb:49693', 'Sarai 2019'],
      ['EONET:EONET_21399', 'Fausto 2026'],
      ['GDACS:TC1001289', 'Fausto 2026'],
      ['EONET:EONET_21373', 'Elida 2026'],
      ['GDACS:TC1001282', 'Elida 2026'],
    ]);
    const found = score(alerts, alert => truth.get(`${alert.source}:${alert.sourceId}`) ?? alert.sourceId);
    report('catalogues by shared numbers', found);
    expect(found).toMatchObject({ wrong: 0, recall: 1 });
  });
});
