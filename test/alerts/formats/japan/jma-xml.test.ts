import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { jmaPoint } from '../../../../functions/alerts/formats/japan/jma-values.ts';
import { jmaXml } from '../../../../functions/alerts/formats/japan/jma-xml.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

type Report = {
  title?: string;
  headTitle?: string;
  status?: string;
  infoType?: string;
  eventId?: string;
  serial?: string;
  reported?: string;
  sent?: string;
  valid?: string;
  headline?: string;
  information?: string;
  body?: string;
};

const report = ({
  title = '震源・震度に関する情報',
  headTitle = title,
  status = '通常',
  infoType = '発表',
  eventId = '20240101161010',
  serial = '1',
  reported = '2024-01-01T16:15:00+09:00',
  sent = '2024-01-01T07:15:20Z',
  valid = '',
  headline = '１日１６時１０分ころ、地震がありました。',
  information = '',
  body = '',
}: Report = {}) => `<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>${title}</Title><DateTime>${sent}</DateTime>
<Status>${status}</Status><EditorialOffice>気象庁本庁</EditorialOffice><PublishingOffice>気象庁</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>${headTitle}</Title>
<ReportDateTime>${reported}</ReportDateTime><TargetDateTime>${reported}</TargetDateTime><EventID>${eventId}</EventID>
<InfoType>${infoType}</InfoType><Serial>${serial}</Serial>${valid && `<ValidDateTime>${valid}</ValidDateTime>`}
<Headline><Text>${headline}</Text>${information}</Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/seismology1/" xmlns:jmx_eb="http://xml.kishou.go.jp/jmaxml1/elementBasis1/">${body}</Body></Report>`;

const quake = ({ coordinate = '+37.5+137.3-10000/', magnitude = '7.6', condition = '' } = {}) =>
  `<Earthquake>${condition}<OriginTime>2024-01-01T16:10:00+09:00</OriginTime><Hypocenter><Area><Name>石川県能登地方</Name>
  <jmx_eb:Coordinate description="深さ　ごく浅い">${coordinate}</jmx_eb:Coordinate></Area></Hypocenter>
  <jmx_eb:Magnitude type="Mj" description="Ｍ不明">${magnitude}</jmx_eb:Magnitude></Earthquake>`;
const shaking = (intensity: string) =>
  `<Intensity><Observation><MaxInt>${intensity}</MaxInt></Observation></Intensity>`;

const one = async (body: string): Promise<Alert> => {
  const { accepted, ignored, rejected, problem } = await read(body);
  expect({ ignored, rejected, problem }).toEqual({ ignored: [], rejected: [], problem: null });
  return accepted[0]!;
};
const ignoredReason = async (body: string) => (await read(body)).ignored[0]?.reason;
const measure = (alert: Alert, name: string) => alert.measures.find(m => m.name === name)?.value;

describe('positions of JMA', () => {
  it.each([
    ['+35.1+137.3-40000/', 35.1, 137.3, -40000],
    ['+3624.38+13831.38+2568/', 36.406333, 138.523, 2568],
    ['+2910+12705/', 29.166667, 127.083333, undefined],
    ['+353015+1371530/', 35.504167, 137.258333, undefined],
    ['+14.4-093.0/', 14.4, -93, undefined],
    ['-06.1+.5-10000/', -6.1, 0.5, -10000],
    ['＋３５．１＋１３７．３', 35.1, 137.3, undefined],
  ])('reads %s', (text, latitude, longitude, heightMetres) => {
    expect(jmaPoint(text)).toEqual({ position: { latitude, longitude }, heightMetres });
  });

  it.each(['', 'NaN', '+3575+13731/', '+95.0+10.0/', '35.1,137.3', '+35.1'])('%s is no position', text => {
    expect(jmaPoint(text)).toBeUndefined();
  });

  it('means the same in degrees and in degrees and minutes', () => {
    const part = (degrees: number, width: number) =>
      `${degrees < 0 ? '-' : '+'}${String(Math.floor(Math.abs(degrees))).padStart(width, '0')}`;
    fc.assert(
      fc.property(
        fc.integer({ min: -89, max: 89 }),
        fc.integer({ min: 1, max: 179 }),
        fc.integer({ min: 0, max: 59 }),
        (latitude, longitude, minutes) => {
          const text = String(minutes).padStart(2, '0');
          const point = jmaPoint(`${part(latitude, 2)}${text}${part(longitude, 3)}${text}/`);
          const sign = latitude < 0 ? -1 : 1;
          expect(point?.position.latitude).toBeCloseTo(sign * (Math.abs(latitude) + minutes / 60), 5);
          expect(point?.position.longitude).toBeCloseTo(longitude + minutes / 60, 5);
        },
      ),
    );
  });
});

describe('JMA earthquakes', () => {
  it('reads place, depth, magnitude and intensity', async () => {
    const alert = await one(report({ body: quake() + shaking('7') }));
    expect(alert).toMatchObject({
      source: 'JMA',
      sourceId: 'EQ-20240101161010',
      hazard: 'EQ',
      status: 'Actual',
      position: { latitude: 37.5, longitude: 137.3 },
      occurredAt: '2024-01-01T07:10:00.000Z',
      sentAt: '2024-01-01T07:15:00.000Z',
      countries: ['JPN'],
      level: 'Unknown',
      levelRule: 'jma-no-loss-estimate',
      sourceLevel: { scale: 'JMA seismic intensity', value: '7' },
    });
    expect(alert.measures).toEqual([
      { name: 'magnitude', value: 7.6, unit: 'M' },
      { name: 'depthKm', value: 10, unit: 'km' },
      { name: 'maximumJmaIntensity', value: 7, unit: 'JMA' },
    ]);
    expect(alert.titles.ja).toContain('地震がありました');
  });

  it.each([
    ['5-', 4.5],
    ['5+', 5],
    ['6-', 5.5],
    ['6+', 6],
  ])('intensity %s is %d', async (step, value) => {
    const alert = await one(report({ body: quake({ magnitude: '5.4' }) + shaking(step) }));
    expect(measure(alert, 'maximumJmaIntensity')).toBe(value);
    expect([alert.level, alert.sourceLevel?.value]).toEqual(['Green', step]);
  });

  it('keeps a quake of unknown magnitude and place, and says so', async () => {
    const alert = await one(report({ body: quake({ coordinate: '', magnitude: 'NaN' }) + shaking('4') }));
    expect([alert.position, measure(alert, 'magnitude'), alert.level]).toEqual([null, undefined, 'Unknown']);
    expect(alert.remarks.join()).toMatch(/no hypocentre.*no magnitude: M不明/);
  });

  it('never takes an assumed hypocentre for a real one', async () => {
    const condition = '<Condition>仮定震源要素</Condition>';
    const body = quake({ condition, magnitude: '1.0' });
    const alert = await one(report({ title: '緊急地震速報（地震動予報）', body }));
    expect([alert.position, alert.measures, alert.level]).toEqual([null, [], 'Unknown']);
  });

  it('an early warning foretells an intensity and has no level until its last report', async () => {
    const body = `${quake({ magnitude: '4.3' })}<Intensity><Forecast><ForecastInt><From>6-</From><To>over</To></ForecastInt></Forecast></Intensity>`;
    const first = await one(report({ title: '緊急地震速報（警報）', body }));
    expect([first.level, first.levelRule]).toEqual(['Unknown', 'jma-early-warning']);
    expect(measure(first, 'maximumJmaIntensity')).toBeUndefined();
    expect(measure(first, 'forecastJmaIntensity')).toBe(5.5);
    const last = `${body}<NextAdvisory>この情報をもって、緊急地震速報：最終報とします。</NextAdvisory>`;
    expect((await one(report({ title: '緊急地震速報（予報）', body: last }))).level).toBe('Green');
  });

  it('a distant quake is not in Japan', async () => {
    const body = quake({ coordinate: '+14.4-093.0/', magnitude: '7.4' });
    const alert = await one(report({ headTitle: '遠地地震に関する情報', body }));
    expect(alert.countries).not.toContain('JPN');
    expect(measure(alert, 'depthKm')).toBeUndefined();
  });

  it('an eruption abroad, told as a distant quake, is an eruption', async () => {
    const body = `${quake({ coordinate: '-20.5-175.4/', magnitude: 'NaN' })}<Comments><FreeFormComment>大規模な噴火が発生しました。</FreeFormComment></Comments>`;
    const alert = await one(report({ headTitle: '遠地地震に関する情報', body }));
    expect([alert.hazard, alert.sourceId]).toEqual(['VO', 'VO-20240101161010']);
  });

  it('flash, hypocentre and full report are one event that gains a place, and a withdrawal ends it', async () => {
    const flash = await one(report({ title: '震度速報', serial: '', body: shaking('6+') }));
    const full = await one(
      report({ reported: '2024-01-01T16:17:00+09:00', serial: '2', body: quake() + shaking('7') }),
    );
    const withdrawn = await one(
      report({ reported: '2024-01-01T16:20:00+09:00', serial: '3', infoType: '取消' }),
    );
    expect(flash.position).toBeNull();
    expect(full.revision > flash.revision).toBe(true);
    expect(withdrawn).toMatchObject({ messageType: 'Cancel', references: ['JMA:EQ-20240101161010'] });
    for (const order of [
      [flash, full],
      [full, flash],
    ]) {
      const { events } = foldAll(order);
      expect(events.map(event => [event.state, event.position?.latitude])).toEqual([['open', 37.5]]);
    }
    expect(foldAll([flash, full, withdrawn]).events.map(event => event.state)).toEqual(['closed']);
  });

  it('orders reports of one minute by serial, ten after nine', async () => {
    const [nine, ten] = await Promise.all(['9', '10'].map(serial => one(report({ serial, body: quake() }))));
    expect(ten!.revision > nine!.revision).toBe(true);
  });

  it('a withdrawn update of the hypocentre leaves the quake', async () => {
    const reason = await ignoredReason(
      report({ title: '顕著な地震の震源要素更新のお知らせ', infoType: '取消' }),
    );
    expect(reason).toMatch(/update is withdrawn, not the quake/);
  });

  it.each([
    ['訓練', 'Exercise'],
    ['通常', 'Actual'],
  ])('status %s is %s', async (status, expected) => {
    expect((await one(report({ status, body: quake() }))).status).toBe(expected);
  });

  it('a drill that is sent as usual is a drill', async () => {
    const alert = await one(report({ headline: '＊＊＊これは訓練です＊＊＊', body: quake() }));
    expect(alert.status).toBe('Exercise');
  });

  it.each([
    [report({ status: '試験', body: quake() }), /a test/],
    [report({ title: '緊急地震速報テスト' }), /a test/],
    [report({ title: '府県天気予報' }), /府県天気予報: neither a warning nor a quake/],
    [report({ title: '地震・津波に関するお知らせ' }), /a notice/],
  ])('ignores what warns of nothing', async (body, reason) => {
    expect(await ignoredReason(body)).toMatch(reason);
  });

  it.each([
    [report({ status: '本番' }), /"本番" is none that JMA has/],
    [report({ eventId: '', body: quake() }), /EventID: none/],
    [report({ reported: '昨日', sent: '' }), /ReportDateTime: no time/],
  ])('rejects what is broken, with its reason', async (body, reason) => {
    expect((await read(body)).rejected[0]?.reason).toMatch(reason);
  });

  it('reads several reports in one wrapper, each by itself', async () => {
    const inner = (body: string) => body.replace(/<\?xml.*?\?>/, '');
    const reading = await read(
      `<reports>${inner(report({ body: quake() }))}${inner(report({ status: '?' }))}${inner(report({ eventId: '20240101161500', body: quake() }))}</reports>`,
    );
    expect([reading.format, reading.accepted.map(alert => alert.rawPlace)]).toEqual([
      'jma-xml',
      ['Report[0]', 'Report[2]'],
    ]);
    expect(reading.rejected.map(({ item }) => item)).toEqual(['Report[1] 20240101161010']);
  });
});

describe('JMA tsunamis', () => {
  const coast = (name: string, code: string, last = '00', height = '') =>
    `<Item><Area><Name>${name}</Name><Code>${name.length}00</Code></Area><Category><Kind><Name>?</Name><Code>${code}</Code></Kind>
    <LastKind><Name>?</Name><Code>${last}</Code></LastKind></Category><MaxHeight>
    <jmx_eb:TsunamiHeight type="津波の高さ" unit="m">${height || 'NaN'}</jmx_eb:TsunamiHeight></MaxHeight></Item>`;
  const tsunami = (coasts: string, more: Report = {}) =>
    report({
      title: '津波警報・注意報・予報a',
      serial: '',
      ...more,
      body: `<Tsunami><Forecast>${coasts}</Forecast></Tsunami>${quake()}`,
    });

  it.each([
    ['52', 'Red', 'jma-major-tsunami-warning'],
    ['53', 'Red', 'jma-major-tsunami-warning'],
    ['51', 'Orange', 'jma-tsunami-warning'],
    ['62', 'Green', 'jma-tsunami-advisory'],
    ['71', 'Green', 'jma-tsunami-forecast'],
  ])('kind %s is %s', async (code, level, levelRule) => {
    const alert = await one(tsunami(coast('能登', code)));
    expect(alert).toMatchObject({ hazard: 'TS', level, levelRule, endedAt: null });
    expect(alert.areas.map(area => [area.name, area.state, area.level])).toEqual([['能登', 'live', level]]);
  });

  it('is lifted coast by coast, and over when no coast is warned', async () => {
    const partly = await one(tsunami(coast('能登', '51', '52', '3') + coast('佐渡', '72', '62', '9')));
    expect([partly.level, partly.endedAt, partly.areas.map(area => area.state)]).toEqual([
      'Orange',
      null,
      ['live', 'over'],
    ]);
    expect(measure(partly, 'tsunamiHeightM')).toBe(3);
    for (const [code, last] of [
      ['72', '62'],
      ['72', '72'],
      ['60', '62'],
      ['50', '51'],
      ['71', '62'],
    ] as const) {
      const over = await one(tsunami(coast('能登', code, last), { valid: '2024-01-02T01:00:00+09:00' }));
      expect([code, over.endedAt, over.levelRule]).toEqual([code, over.sentAt, 'jma-tsunami-lifted']);
    }
  });

  it('a forecast of no harm runs out by its own time', async () => {
    const alert = await one(tsunami(coast('能登', '71'), { valid: '2024-01-02T01:00:00+09:00' }));
    expect([alert.endedAt, alert.expiresAt]).toEqual([null, '2024-01-01T16:00:00.000Z']);
  });

  it('is the child of its quake, not the quake', async () => {
    const shaken = await one(report({ body: quake() }));
    const wave = await one(tsunami(coast('能登', '52')));
    expect(shaken.strongIds.filter(id => wave.strongIds.includes(id))).toEqual([]);
    for (const order of [
      [shaken, wave],
      [wave, shaken],
    ]) {
      const { events } = foldAll(order);
      const parent = events.find(event => event.hazard === 'EQ');
      expect(events).toHaveLength(2);
      expect(events.find(event => event.hazard === 'TS')?.parentEventId).toBe(parent?.eventId);
    }
  });

  it('observations do not take the place of warnings, and their withdrawal ends none', async () => {
    const body =
      '<Tsunami><Observation><Item><Area><Name>岩手県</Name></Area></Item></Observation></Tsunami>';
    expect(await ignoredReason(report({ title: '沖合の津波観測に関する情報', body }))).toMatch(
      /observations only/,
    );
    expect(await ignoredReason(report({ title: '津波情報a', infoType: '取消' }))).toMatch(/not the warning/);
    const warning = await one(tsunami('', { infoType: '取消' }));
    expect(warning.references).toEqual(['JMA:TS-20240101161010']);
  });
});

describe('JMA volcanoes', () => {
  const volcano = (kind: string, condition = '') =>
    `<VolcanoInfo type="噴火警報・予報（対象火山）"><Item><Kind><Name>${kind}</Name><Condition>${condition}</Condition></Kind>
    <Areas><Area><Name>桜島</Name><Code>506</Code><Coordinate>+3134.83+13039.40+1117/</Coordinate></Area></Areas></Item></VolcanoInfo>
    <VolcanoInfo type="噴火警報・予報（対象市町村等）"><Item><Kind><Name>噴火警報</Name></Kind><Areas><Area><Name>鹿児島市</Name>
    <Code>4620100</Code></Area></Areas></Item></VolcanoInfo>`;
  const warning = (kind: string, more: Report = {}) =>
    report({ title: '噴火警報・予報', eventId: '506', serial: '', body: volcano(kind), ...more });

  it.each([
    ['レベル５（避難）', 'Orange', false],
    ['レベル４（高齢者等避難）', 'Orange', false],
    ['レベル３（入山規制）', 'Green', false],
    ['レベル１（活火山であることに留意）', 'Green', true],
    ['噴火警報（居住地域）', 'Orange', false],
    ['火口周辺警報', 'Green', false],
    ['噴火予報', 'Green', true],
  ])('%s is %s, over: %s', async (kind, level, over) => {
    const alert = await one(warning(kind));
    expect(alert).toMatchObject({ hazard: 'VO', sourceId: 'VO-506', level });
    expect([alert.endedAt !== null, alert.areas[0]?.state]).toEqual([over, over ? 'over' : 'live']);
    expect(alert.position).toEqual({ latitude: 31.5805, longitude: 130.656667 });
    expect(alert.strongIds).toContain('volcano:jma-506');
  });

  it('an eruption that is seen does not lower the warning, and says nothing a day later', async () => {
    const raised = await one(warning('レベル５（避難）'));
    const seen = await one(
      report({
        title: '噴火に関する火山観測報',
        eventId: '20240101161000_506',
        reported: '2024-01-01T16:20:00+09:00',
        body: volcano('噴火'),
      }),
    );
    const { events } = foldAll([raised, seen], '2024-01-01T08:00:00.000Z');
    expect(events.map(event => [event.level, event.state])).toEqual([['Orange', 'open']]);
    expect(seen.expiresAt).toBe('2024-01-02T07:20:00.000Z');
  });

  it.each(['降灰予報（定時）', '火山の状況に関する解説情報', '推定噴煙流向報'])(
    '%s is ignored',
    async title => {
      expect(await ignoredReason(report({ title, eventId: '506' }))).toMatch(title.replace(/[（(].*/, ''));
    },
  );
});

describe('JMA typhoons', () => {
  const analysis = (type: string, coordinate: string, remark = '', name = 'TALIM') => `<MeteorologicalInfo>
    <DateTime type="${type}">2017-09-16T17:00:00+09:00</DateTime><Item>
    <Kind><Property><TyphoonNamePart><Name>${name}</Name><Number>${name && '1718'}</Number><Remark>${remark}</Remark></TyphoonNamePart></Property></Kind>
    <Kind><Property><CenterPart><jmx_eb:Coordinate>${coordinate}</jmx_eb:Coordinate>
    <jmx_eb:Pressure type="中心気圧" unit="hPa">965</jmx_eb:Pressure></CenterPart></Property></Kind>
    <Kind><Property><WindPart><jmx_eb:WindSpeed type="最大風速" unit="ノット">70</jmx_eb:WindSpeed>
    <jmx_eb:WindSpeed type="最大風速" unit="m/s">35</jmx_eb:WindSpeed></WindPart></Property></Kind></Item></MeteorologicalInfo>`;
  const typhoon = (parts: string) =>
    report({
      title: '台風解析・予報情報（５日予報）（Ｈ３０）',
      eventId: 'TC1725',
      reported: '2017-09-16T17:40:00+09:00',
      sent: '2017-09-16T08:40:19Z',
      body: `<MeteorologicalInfos>${parts}</MeteorologicalInfos>`,
    });

  it('reads the analysis and never a forecast position', async () => {
    const parts = analysis('予報　２４時間後', '+40.0+140.0/') + analysis('実況', '+29.2+127.1/');
    const alert = await one(typhoon(parts));
    expect(alert).toMatchObject({
      hazard: 'TC',
      sourceId: 'TC1725',
      position: { latitude: 29.2, longitude: 127.1 },
      observedUntilAt: '2017-09-16T08:00:00.000Z',
      endedAt: null,
      footprint: null,
      level: 'Unknown',
    });
    expect([measure(alert, 'windKmh'), measure(alert, 'pressureHpa')]).toEqual([126, 965]);
    expect(alert.strongIds).toContain('storm:talim-2017');
    expect(await ignoredReason(typhoon(analysis('予報　１２時間後', '+30.0+130.0/')))).toMatch(/no analysis/);
  });

  it('ends when JMA says that it has become something else', async () => {
    const alert = await one(typhoon(analysis('実況', '+47.0+143.0/', '台風消滅（温帯低気圧化）')));
    expect(alert.endedAt).toBe('2017-09-16T08:00:00.000Z');
  });

  it('a depression has no name yet', async () => {
    const alert = await one(typhoon(analysis('実況', '+20.0+130.0/', '', '')));
    expect(alert.strongIds.filter(id => id.startsWith('storm:'))).toEqual([]);
  });
});

describe('JMA weather warnings', () => {
  const kinds = (...names: string[]) =>
    `<Information type="気象警報・注意報（府県予報区等）"><Item>${names.map(name => `<Kind><Name>${name}</Name></Kind>`).join('')}
    <Areas><Area><Name>石川県</Name><Code>170000</Code></Area></Areas></Item></Information>`;
  const warning = (information: string, more: Report = {}) =>
    report({ title: '気象特別警報・警報・注意報', eventId: '', serial: '', information, ...more });

  it.each([
    [['大雨特別警報', '雷注意報'], 'ST', 'Orange'],
    [['レベル５大雨特別警報'], 'ST', 'Orange'],
    [['雷注意報', '洪水警報'], 'FL', 'Green'],
    [['暴風雪警報'], 'CW', 'Green'],
    [['高潮危険警報'], 'SS', 'Green'],
  ])('%j is %s, %s', async (names, hazard, level) => {
    const alert = await one(warning(kinds(...names)));
    expect(alert).toMatchObject({ hazard, level, endedAt: null, countries: ['JPN'] });
    expect(alert.areas[0]).toMatchObject({ name: '石川県', state: 'live', codes: ['JMA:170000'] });
  });

  it('advisories alone concern nobody, but end the warning that they replace', async () => {
    expect(await ignoredReason(warning(kinds('雷注意報')))).toMatch(/advisories only/);
    const body =
      '<Warning><Item><Kind><Name>大雨注意報</Name><Status>警報から注意報</Status></Kind></Item></Warning>';
    const before = await one(warning(kinds('大雨警報')));
    const after = await one(warning(kinds('大雨注意報'), { body, reported: '2024-01-02T03:00:00+09:00' }));
    expect(after.endedAt).toBe('2024-01-01T18:00:00.000Z');
    expect(foldAll([before, after]).events.map(event => event.state)).toEqual(['closed']);
  });

  it('what is in force on following days is one event; another month is another', async () => {
    const days = await Promise.all(
      ['01-01', '01-02', '01-03', '02-20'].map(day =>
        one(warning(kinds('大雨警報'), { reported: `2024-${day}T16:15:00+09:00` })),
      ),
    );
    expect(foldAll(days).events).toHaveLength(2);
  });

  it.each([
    ['土砂災害警戒情報', '警戒', 'LS'],
    ['指定河川洪水予報', '氾濫危険情報', 'FL'],
    ['竜巻注意情報', '竜巻注意情報', 'TO'],
  ])('%s is read too', async (title, kind, hazard) => {
    const alert = await one(warning(kinds(kind), { title, valid: '2024-01-01T17:20:00+09:00' }));
    expect([alert.hazard, alert.level, alert.expiresAt]).toEqual([
      hazard,
      'Green',
      '2024-01-01T08:20:00.000Z',
    ]);
  });

  it('a report without kinds is named', async () => {
    expect(await ignoredReason(warning(''))).toMatch(/気象特別警報・警報・注意報: names no kind/);
  });
});

const folder = '../shared/captures/jma-xml';
describe.skipIf(!existsSync(folder))('captured JMA reports', () => {
  const files = existsSync(folder) ? readdirSync(folder) : [];

  it.each(files)('%s: every field stands where it says', file => {
    const document = readDocument(readFileSync(join(folder, file)));
    for (const item of jmaXml.read(document)) {
      if (item.outcome !== 'accepted') throw new Error(item.reason);
      for (const place of Object.values(item.draft.places))
        expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
    }
  });

  it('makes of them the events that they tell of', async () => {
    const readings = await Promise.all(files.map(file => read(readFileSync(join(folder, file)))));
    const { events } = foldAll(
      readings.flatMap(reading => reading.accepted),
      '2020-05-22T06:00:00.000Z',
    );
    const told = events.map(e => [e.hazard, e.occurredAt.slice(0, 10), e.level, e.exercise]).sort();
    expect(told.filter(([, day]) => String(day) < '2021')).toEqual([
      ['EQ', '2008-06-13', 'Unknown', false],
      ['TC', '2017-09-16', 'Unknown', false],
      ['TS', '2011-03-11', 'Red', false],
      ['TS', '2016-08-31', 'Red', true],
      ['VO', '2020-05-22', 'Green', false],
    ]);
  });
});
