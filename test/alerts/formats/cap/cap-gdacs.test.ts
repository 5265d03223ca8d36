import { describe, expect, it } from 'vitest';
import { alertsOf, capInfo, capMessage, foldAll, gdacsItem, gdacsRss, read } from '../../messages.ts';

const facts = {
  eventid: '1278646',
  eventtype: 'EQ',
  currentepisodeid: '1387477',
  alertlevel: 'Orange',
  fromdate: 'Mon, 26 Jul 2021 02:57 GMT',
  todate: 'Mon, 26 Jul 2021 02:57 GMT',
  datemodified: 'Mon, 26 Jul 2021 03:49 GMT',
  severity: 'Magnitude 4.9M, Depth:10km',
  country: 'Tonga',
  glide: 'EQ-2021-000109-TON',
  sourceid: 'NEIC',
};

const message = (
  changed: Partial<Record<keyof typeof facts, string>> = {},
  headline = 'Orange earthquake alert',
) =>
  capMessage({
    identifier: 'GDACS_EQ_1278646_1387477',
    sender: 'info-gdacs@gdacs.org',
    sent: '2021-07-26T00:57:37-00:00',
    incidents: '1278646',
    infos: [
      capInfo({
        event: 'Earthquake',
        urgency: 'Past',
        severity: 'Minor',
        headline,
        expires: '',
        more: Object.entries({ ...facts, ...changed })
          .filter(([, value]) => value !== '')
          .map(
            ([name, value]) => `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`,
          )
          .join(''),
      }),
    ],
  });

describe('CAP of GDACS', () => {
  it('is read by its parameters', async () => {
    const [alert] = await alertsOf(message());
    expect(alert).toMatchObject({
      source: 'GDACS',
      sourceId: 'EQ1278646',
      hazard: 'EQ',
      level: 'Orange',
      levelRule: 'gdacs-event-level',
      sourceLevel: { scale: 'GDACS alert level', value: 'Orange' },
      occurredAt: '2021-07-26T02:57:00.000Z',
      sentAt: '2021-07-26T03:49:00.000Z',
      expiresAt: null,
      endedAt: null,
      messageType: 'Alert',
      areas: [],
      countries: ['TON'],
    });
    expect(alert?.strongIds).toEqual(expect.arrayContaining(['gdacs:EQ1278646', 'glide:EQ-2021-000109-TON']));
    expect(alert?.strongIds.some(id => id.startsWith('cap:') || id.startsWith('incident:'))).toBe(false);
    expect(alert?.places).toMatchObject({
      sentAt: 'info[0]/parameter[6]/value',
      occurredAt: 'info[0]/parameter[4]/value',
      level: 'info[0]/parameter[3]/value',
    });
  });

  it('is one event with the RSS of GDACS, in the same order of revisions', async () => {
    const rss = gdacsRss([
      gdacsItem({
        id: '1278646',
        episode: '1387477',
        level: 'Orange',
        from: 'Mon, 26 Jul 2021 02:57:00 GMT',
        modified: 'Mon, 26 Jul 2021 03:49:00 GMT',
      }),
    ]);
    const alerts = await alertsOf(message(), rss);
    expect(alerts[1]!.revision.startsWith(alerts[0]!.revision)).toBe(true);
    expect(foldAll(alerts).events).toHaveLength(1);
  });

  it('never takes `sent` for the time of the event, nor a statement for older than its event', async () => {
    const [alert] = await alertsOf(
      message(
        { fromdate: '', todate: '', datemodified: '' },
        'Green earthquake in Russia 08/07/2026 05:39 UTC, 2 thousand in 100km.',
      ),
    );
    expect(alert).toMatchObject({
      occurredAt: '2026-07-08T05:39:00.000Z',
      sentAt: '2026-07-08T05:39:00.000Z',
      places: { occurredAt: 'info[0]/headline' },
    });
  });

  it.each([
    [{ fromdate: 'Mon, 52 Jul 2021 02:57 GMT' }, 'fromdate is no date'],
    [{ fromdate: '' }, 'neither fromdate nor the headline has a date'],
    [{ eventid: 'x' }, 'no event id'],
    [{ eventtype: 'QQ' }, 'event type "QQ" is none that GDACS has'],
  ])('is rejected with %j', async (changed, reason) => {
    expect((await read(message(changed))).rejected.map(item => item.reason)).toEqual([reason]);
  });

  it('says what date it could not read', async () => {
    const [alert] = await alertsOf(message({ datemodified: 'Mon, 52 Jul 2021 04:28 GMT' }));
    expect(alert?.remarks).toContain('datemodified is no date');
    expect(alert?.sentAt).toBe('2021-07-26T02:57:00.000Z');
  });
});
