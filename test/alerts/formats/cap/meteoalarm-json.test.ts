import { describe, expect, it } from 'vitest';
import { alertsOf, foldAll, read } from '../../messages.ts';

const warning = ({
  level = '3; orange; Severe',
  type = '10; Rain',
  alert = {},
  info = {},
  area = {},
}: {
  level?: string;
  type?: string;
  alert?: object;
  info?: object;
  area?: object;
} = {}) => ({
  uuid: 'a-uuid',
  alert: {
    identifier: '2.49.0.0.250.0.FR.1',
    sender: 'vigilance@weather.example',
    sent: '2026-03-01T09:00:00+01:00',
    status: 'Actual',
    msgType: 'Alert',
    scope: 'Public',
    incidents: 'Alert',
    info: [
      {
        language: 'fr-FR',
        category: ['Met'],
        event: 'Vigilance orange pluie',
        severity: 'Severe',
        urgency: 'Future',
        certainty: 'Likely',
        onset: '2026-03-01T12:00:00+01:00',
        expires: '2026-03-02T12:00:00+01:00',
        headline: 'Vigilance orange pluie-inondation',
        responseType: ['Monitor'],
        parameter: [
          { valueName: 'awareness_level', value: level },
          { valueName: 'awareness_type', value: type },
        ],
        area: [{ areaDesc: 'Paris', geocode: [{ valueName: 'NUTS3', value: 'FR101' }], ...area }],
        ...info,
      },
    ],
    ...alert,
  },
});

const one = async (parts: Parameters<typeof warning>[0] = {}) =>
  (await alertsOf({ warnings: [warning(parts)] }))[0]!;

describe('MeteoAlarm', () => {
  it('reads a warning as the CAP message that it is', async () => {
    expect(await one()).toMatchObject({
      alertId: 'vigilance@weather.example:2.49.0.0.250.0.FR.1:2026-03-01T08:00:00.000Z',
      hazard: 'ST',
      level: 'Green',
      levelRule: 'meteoalarm-awareness-3',
      sourceLevel: { scale: 'MeteoAlarm awareness level', value: '3; orange; Severe' },
      titles: { 'fr-fr': 'Vigilance orange pluie-inondation' },
      countries: ['FRA'],
      occurredAt: '2026-03-01T11:00:00.000Z',
      expiresAt: '2026-03-02T11:00:00.000Z',
      rawPlace: 'warnings[0]',
      areas: [{ name: 'Paris', codes: ['NUTS3:FR101'], state: 'live' }],
      places: {
        title: 'alert/info[0]/headline',
        level: 'alert/info[0]/parameter[0]/value',
        hazard: 'alert/info[0]/parameter[1]/value',
      },
    });
  });

  it.each([
    ['2; yellow; Moderate', 'Green'],
    ['3; orange; Severe', 'Green'],
    ['4; red; Extreme', 'Orange'],
    ['red', 'Orange'],
  ])('takes awareness "%s" for %s: each country grades by its own climate', async (level, expected) => {
    expect((await one({ level })).level).toBe(expected);
  });

  it.each([
    ['1; Wind', 'VW'],
    ['2; snow-ice', 'CW'],
    ['5; high-temperature', 'HT'],
    ['8; forest-fire', 'WF'],
    ['9; avalanches', 'AV'],
    ['12; flooding', 'FL'],
  ])('reads type "%s" as %s', async (type, hazard) => {
    expect((await one({ type })).hazard).toBe(hazard);
  });

  it('ignores what is green', async () => {
    const reading = await read({ warnings: [warning({ level: '1; green; Minor' }), warning()] });
    expect(reading.accepted).toHaveLength(1);
    expect(reading.ignored).toEqual([
      { item: 'warnings[0] 2.49.0.0.250.0.FR.1', reason: 'awareness level 1, green: no warning' },
    ]);
  });

  it('ends a warning that is taken back to green', async () => {
    const alerts = await alertsOf({
      warnings: [
        warning(),
        warning({
          level: '1; green; Minor',
          alert: {
            identifier: '2.49.0.0.250.0.FR.2',
            sent: '2026-03-01T10:00:00+01:00',
            msgType: 'Update',
            references: 'vigilance@weather.example,2.49.0.0.250.0.FR.1,2026-03-01T09:00:00+01:00',
          },
        }),
      ],
    });
    expect(alerts[1]?.endedAt).toBe('2026-03-01T09:00:00.000Z');
    const { events } = foldAll(alerts, '2026-03-01T12:00:00.000Z');
    expect(events.map(({ state }) => state)).toEqual(['closed']);
  });

  it('keeps warnings apart that all call their incident "Alert"', async () => {
    const alerts = await alertsOf({
      warnings: [warning(), warning({ alert: { identifier: '2.49.0.0.250.0.FR.9' } })],
    });
    expect(foldAll(alerts, '2026-03-01T12:00:00.000Z').events).toHaveLength(2);
  });

  it.each([
    ['a list', ['48,2 48,3 49,3 48,2', '46,2 46,3 47,3 46,2'], 2],
    ['one text', '48,2 48,3 49,3 48,2', 1],
  ])('reads polygons in %s', async (_how, polygon, rings) => {
    expect((await one({ area: { polygon } })).footprint).toHaveLength(rings);
  });

  it('reads bare values where lists are usual, and lists with holes', async () => {
    const alert = await one({
      info: { category: 'Met', responseType: 'AllClear', area: { areaDesc: 'Paris' }, eventCode: null },
    });
    expect(alert).toMatchObject({ endedAt: '2026-03-01T08:00:00.000Z', areas: [{ name: 'Paris' }] });
    expect(alert.places).toMatchObject({
      endedAt: 'alert/info[0]/responseType',
      areas: 'alert/info[0]/area/areaDesc',
    });
  });

  it('knows a country without warnings, and names what is broken', async () => {
    expect(await read({ warnings: [] })).toMatchObject({ format: 'meteoalarm-json', problem: null });
    const reading = await read({
      warnings: [null, { uuid: 'x' }, warning({ alert: { sent: 'soon' } }), warning()],
    });
    expect(reading.rejected).toEqual([
      { item: 'warnings[0]', reason: 'no alert' },
      { item: 'warnings[1] x', reason: 'no alert' },
      { item: 'warnings[2] 2.49.0.0.250.0.FR.1', reason: 'sent is no time with an offset' },
    ]);
    expect(reading.accepted).toHaveLength(1);
  });
});
