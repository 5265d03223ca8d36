import { describe, expect, it } from 'vitest';
import { alertsOf, foldAll, read } from '../../messages.ts';

const warning = (parts: object = {}, info: object = {}) => ({
  identifier: 'mow.DE-NW-XX-W001-20260301-000',
  sender: 'DE-NW-XX-W001',
  sent: '2026-03-01T10:00:00+01:00',
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
  code: ['DVN:19'],
  info: [
    {
      language: 'de',
      category: ['Fire'],
      event: 'Gefahreninformation',
      urgency: 'Immediate',
      severity: 'Minor',
      certainty: 'Observed',
      headline: 'Starke Rauchentwicklung - Musterstadt',
      area: [{ areaDesc: 'Musterstadt' }],
      ...info,
    },
    {
      language: 'en',
      category: ['Fire'],
      event: 'Gefahreninformation',
      urgency: 'Immediate',
      severity: 'Minor',
      certainty: 'Observed',
      headline: 'Fumes',
      area: [{ areaDesc: 'Musterstadt' }],
    },
  ],
  ...parts,
});

describe('warnings of the German warning app', () => {
  it('reads a warning in all its languages', async () => {
    const [alert] = await alertsOf(warning());
    expect(alert).toMatchObject({
      alertId: 'DE-NW-XX-W001:mow.DE-NW-XX-W001-20260301-000:2026-03-01T09:00:00.000Z',
      format: 'bbk-json',
      rawPlace: '$',
      title: 'Fumes',
      titles: { de: 'Starke Rauchentwicklung - Musterstadt', en: 'Fumes' },
      countries: ['DEU'],
      expiresAt: null,
      endedAt: null,
    });
    expect(alert?.areas).toHaveLength(1);
  });

  it('closes on its Cancel, which stays Immediate and gives the same time in another offset', async () => {
    const cancel = warning(
      {
        identifier: 'mow.DE-NW-XX-W001-20260301-001',
        sent: '2026-03-01T12:00:00+01:00',
        msgType: 'Cancel',
        references: 'DE-NW-XX-W001,mow.DE-NW-XX-W001-20260301-000,2026-03-01T09:00:00-00:00',
      },
      { headline: 'Entwarnung: Starke Rauchentwicklung', responseType: ['AllClear'] },
    );
    const alerts = await alertsOf([warning(), cancel]);
    expect(alerts[1]).toMatchObject({ endedAt: '2026-03-01T11:00:00.000Z', areas: [{ state: 'over' }] });
    const { events } = foldAll(alerts, '2026-03-01T12:00:00.000Z');
    expect(events.map(({ state }) => state)).toEqual(['closed']);
  });

  it('takes a Probewarnung for an exercise', async () => {
    const [alert] = await alertsOf(warning({}, { headline: 'Probewarnung - bundesweiter Warntag' }));
    expect(alert?.status).toBe('Exercise');
  });

  it('reads areas written longitude first, as the older lists have them', async () => {
    const polygon = ['7.1,51.2 7.2,51.2 7.2,51.3 7.1,51.2'];
    const [alert] = await alertsOf([warning({}, { area: [{ areaDesc: 'x', polygon }] })]);
    expect(alert?.rawPlace).toBe('$[0]');
    expect(alert?.footprint?.[0]?.[0]).toEqual([7.1, 51.2]);
  });

  it('knows a weather warning by the identifier that it has elsewhere', async () => {
    const [alert] = await alertsOf(
      warning({ identifier: 'dwdmap.2.49.0.0.276.0.DWD.PVW.1.MUL', sender: 'opendata@dwd.de' }),
    );
    expect(alert?.ownIds).toContain('cap:opendata@dwd.de,2.49.0.0.276.0.DWD.PVW.1.MUL');
  });

  it('reads lists that only name warnings as indexes', async () => {
    const map = {
      id: 'mow.DE-NW-XX-W001-20260301-000',
      version: 19,
      startDate: '2026-03-01T10:00:00+01:00',
      severity: 'Minor',
      urgency: 'Immediate',
      type: 'Alert',
      i18nTitle: { de: 'Rauch' },
    };
    const reading = await read([map, { ...map, id: '../../etc/passwd' }]);
    expect(reading).toMatchObject({ format: 'bbk-json', accepted: [], rejected: [] });
    expect(reading.ignored.map(item => item.reason)).toEqual([
      'an entry of an index: the warning itself is linked',
      'an entry of an index: it names no warning of a known system',
    ]);
    expect(reading.links).toEqual([
      {
        place: '$[0]',
        url: 'https://warnung.bund.de/api31/warnings/mow.DE-NW-XX-W001-20260301-000.json',
      },
    ]);
  });

  it('reads other CAP written as JSON', async () => {
    const [alert] = await alertsOf({ alert: { ...warning(), sender: 'civil@agency.example' } });
    expect(alert).toMatchObject({ source: 'civil@agency.example', rawPlace: 'alert' });
  });

  it('names what is broken in a list and reads the rest', async () => {
    const reading = await read([7, { ...warning(), scope: undefined }, warning()]);
    expect(reading.rejected).toEqual([
      { item: '$[0]', reason: 'no warning' },
      { item: '$[1] mow.DE-NW-XX-W001-20260301-000', reason: 'no scope' },
    ]);
    expect(reading.accepted).toHaveLength(1);
  });
});
