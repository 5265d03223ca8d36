import { describe, expect, it } from 'vitest';
import { alertsOf, capInfo, capMessage, foldAll, read } from '../../messages.ts';

const one = async (message: Parameters<typeof capMessage>[0]) => {
  const reading = await read(capMessage(message));
  expect(reading).toMatchObject({ rejected: [], ignored: [] });
  return reading.accepted[0]!;
};

const parameter = (name: string, value: string) =>
  `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`;

const area = (name: string, code: string) =>
  `<area><areaDesc>${name}</areaDesc><geocode><valueName>CLC</valueName><value>${code}</value></geocode></area>`;

const ended = `<responseType>AllClear</responseType>${parameter('layer:EC-MSC-SMC:1.0:Alert_Location_Status', 'ended')}`;

describe('what a CAP message says is over', () => {
  it.each([
    ['responseType AllClear', { more: '<responseType>AllClear</responseType>' }, 'info[0]/responseType[0]'],
    [
      'Tsunami Cancellation, urgency Past',
      { event: 'Tsunami Cancellation', urgency: 'Past' },
      'info[0]/event',
    ],
    [
      'the Canadian status of a location',
      { more: parameter('layer:EC-MSC-SMC:1.1:Alert_Location_Status', 'ended') },
      'info[0]/parameter[0]/value',
    ],
    ['a headline in English', { headline: 'yellow warning - wind - ended' }, 'info[0]/headline'],
    ['a headline in French', { headline: 'avertissement jaune - orage - terminé' }, 'info[0]/headline'],
    ['a headline in German', { headline: 'Entwarnung: Stromabschaltung' }, 'info[0]/headline'],
    ['a headline in Japanese', { headline: '津波注意報解除' }, 'info[0]/headline'],
    ['a headline in Chinese', { headline: '蓬莱区气象台解除高温橙色预警信号' }, 'info[0]/headline'],
    ['a headline in Spanish', { headline: 'Aviso de huracán cancelado' }, 'info[0]/headline'],
    ['an all clear in the title only', { headline: 'Bushfire ALL CLEAR - Lake Argyle' }, 'info[0]/headline'],
    [
      'VTEC CAN',
      { more: parameter('VTEC', '/O.CAN.KSEW.FF.W.0001.000000T0000Z-260302T0000Z/') },
      'info[0]/parameter[0]/value',
    ],
    [
      'VTEC UPG: another warning took its place',
      { more: parameter('VTEC', '/O.UPG.KSEW.WS.A.0001.000000T0000Z-260302T0000Z/') },
      'info[0]/parameter[0]/value',
    ],
  ])('%s', async (_how, info, place) => {
    const alert = await one({ msgType: 'Update', infos: [capInfo(info)] });
    expect(alert).toMatchObject({ messageType: 'Update', endedAt: '2026-03-01T00:00:00.000Z' });
    expect(alert.places.endedAt).toBe(place);
    expect(alert.areas.map(({ state }) => state)).toEqual(['over']);
  });

  it.each([
    'Flights cancelled as the storm comes in',
    'Schools are cancelled, flood warning in force',
    'Not yet all over: warning extended',
    'The weekend ended wet',
    'Warning: the dam is weakened',
  ])('does not take "%s" for an end', async headline => {
    expect((await one({ infos: [capInfo({ headline })] })).endedAt).toBeNull();
  });

  it('does not take urgency Past for an end: every report of a quake has it', async () => {
    expect((await one({ infos: [capInfo({ event: 'Earthquake', urgency: 'Past' })] })).endedAt).toBeNull();
  });

  it('lets a warning that is left to expire run on to its end', async () => {
    const more = parameter('VTEC', '/O.EXP.KPBZ.SV.W.0294.000000T0000Z-260301T0010Z/');
    const alert = await one({
      msgType: 'Update',
      infos: [capInfo({ event: 'Severe Thunderstorm Warning', more })],
    });
    expect(alert.endedAt).toBe('2026-03-01T00:10:00.000Z');
  });

  it('ends one area and keeps another, in two languages without counting either twice', async () => {
    const alert = await one({
      msgType: 'Update',
      infos: [
        capInfo({ language: 'en-CA', severity: 'Severe', area: area('Calgary', '480110') }),
        capInfo({
          language: 'fr-CA',
          severity: 'Severe',
          headline: 'en vigueur',
          area: area('Calgary', '480110'),
        }),
        capInfo({ language: 'en-CA', severity: 'Minor', more: ended, area: area('Medicine Hat', '480210') }),
        capInfo({
          language: 'fr-CA',
          severity: 'Minor',
          more: ended,
          headline: 'terminé',
          area: area('Medicine Hat', '480210'),
        }),
      ],
    });
    expect(alert.endedAt).toBeNull();
    expect(alert.titles).toEqual({ 'en-ca': 'Flood warning for the river', 'fr-ca': 'en vigueur' });
    expect(alert.areas).toEqual([
      {
        name: 'Calgary',
        state: 'live',
        level: 'Orange',
        codes: ['CLC:480110'],
        startsAt: null,
        endsAt: '2026-03-02T00:00:00.000Z',
      },
      {
        name: 'Medicine Hat',
        state: 'over',
        level: 'Green',
        codes: ['CLC:480210'],
        startsAt: null,
        endsAt: '2026-03-01T00:00:00.000Z',
      },
    ]);
  });

  it('matches translations by what they say when languages come in another order', async () => {
    const alert = await one({
      msgType: 'Update',
      infos: [
        capInfo({ severity: 'Minor', more: ended, area: area('B', '2') }),
        capInfo({ severity: 'Severe', headline: 'live', area: area('A', '1') }),
        capInfo({ language: 'fr', severity: 'Severe', headline: 'en cours', area: area('A bis', '1') }),
        capInfo({
          language: 'fr',
          severity: 'Minor',
          headline: 'fini',
          more: ended,
          area: area('B bis', '2'),
        }),
      ],
    });
    expect(alert.titles).toEqual({ en: 'live', fr: 'en cours' });
    expect(alert.areas.map(({ name, state }) => [name, state])).toEqual([
      ['B', 'over'],
      ['A', 'live'],
    ]);
  });

  it('keeps what only one of the languages says', async () => {
    const alert = await one({
      infos: [
        capInfo({ severity: 'Minor', area: area('A', '1') }),
        capInfo({ language: 'fr', severity: 'Minor', area: area('A', '1') }),
        capInfo({ language: 'fr', severity: 'Extreme', headline: 'grave', area: area('C', '3') }),
      ],
    });
    expect(alert).toMatchObject({ level: 'Red', title: 'grave' });
    expect(alert.areas.map(({ name }) => name).sort()).toEqual(['A', 'C']);
  });

  it('knows an end that only one of the languages tells in words', async () => {
    const alert = await one({
      msgType: 'Update',
      infos: [
        capInfo({ language: 'de', headline: 'Entwarnung: Rauch' }),
        capInfo({ language: 'en', headline: 'Fumes' }),
      ],
    });
    expect(alert.endedAt).toBe('2026-03-01T00:00:00.000Z');
  });

  it('takes a Cancel with an info for an end, though its urgency stays Immediate', async () => {
    const alert = await one({
      msgType: 'Cancel',
      references: 'met@agency.example,A0,2026-02-28T00:00:00-00:00',
      infos: [capInfo({ urgency: 'Immediate' })],
    });
    expect(alert).toMatchObject({ messageType: 'Cancel', endedAt: '2026-03-01T00:00:00.000Z' });
    expect(alert.areas[0]?.state).toBe('over');
  });

  it('keeps at most 100 areas and 50 codes in each, and says so', async () => {
    const codes = (count: number) =>
      Array.from(
        { length: count },
        (_, n) => `<geocode><valueName>X</valueName><value>${n}</value></geocode>`,
      );
    const areas = Array.from(
      { length: 120 },
      (_, n) => `<area><areaDesc>a${n}</areaDesc>${codes(n === 0 ? 60 : 1).join('')}</area>`,
    );
    const alert = await one({ infos: [capInfo({ area: areas.join('') })] });
    expect(alert.areas).toHaveLength(100);
    expect(alert.areas[0]?.codes).toHaveLength(50);
    expect(alert.remarks).toEqual([
      '120 areas, of which the first 100 are kept',
      'more than 50 codes in 1 areas, of which the first are kept',
    ]);
  });
});

describe('chains of CAP messages', () => {
  const reference = 'met@agency.example,A1,2026-03-01T00:00:00+00:00';

  it('closes on a Cancel, whatever offset its reference is written in', async () => {
    const alerts = await alertsOf(
      capMessage(),
      capMessage({
        identifier: 'A2',
        sent: '2026-03-01T01:00:00+00:00',
        msgType: 'Cancel',
        references: 'met@agency.example,A1,2026-03-01T09:00:00+09:00',
        infos: [],
      }),
    );
    const { events, decisions } = foldAll(alerts, '2026-03-01T02:00:00.000Z');
    expect(decisions).toEqual(['opened', 'cancelled']);
    expect(events.map(({ state }) => state)).toEqual(['closed']);
  });

  it('takes an Alert with references for an Update', async () => {
    const [alert] = await alertsOf(capMessage({ identifier: 'A2', references: reference }));
    expect(alert).toMatchObject({ messageType: 'Update', references: ['met@agency.example:A1'] });
  });

  it('may speak of its own messages under another spelling of its name, and of nobody else', async () => {
    const [alert] = await alertsOf(
      capMessage({ identifier: 'A2', msgType: 'Update', references: 'MET,A1,2026-03-01T00:00:00+00:00' }),
    );
    expect(alert?.references).toEqual(['MET:A1', 'met@agency.example:A1']);
    expect(alert?.ownIds).toEqual([
      'met@agency.example:A2',
      'cap:met@agency.example,A2',
      'cap:MET,A1',
      'cap:met@agency.example,A1',
    ]);
  });

  it('does not take the word "Alert" for the number of an incident', async () => {
    const [alert] = await alertsOf(capMessage({ incidents: 'Alert rcz9ap 160068' }));
    expect(alert?.ownIds.filter(id => id.startsWith('incident:'))).toEqual([
      'incident:met@agency.example,rcz9ap',
      'incident:met@agency.example,160068',
    ]);
  });
});
