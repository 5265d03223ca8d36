import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { cmaJson } from '../../../../functions/alerts/formats/national/cma-json.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

const warning = (title: string, issuetime = '2026/07/07 17:46', alertid?: string) => ({
  alertid: alertid ?? `330200416000_${issuetime.replace(/\D/g, '')}00`,
  issuetime,
  title,
  url: '/publish/alarm/x.html',
  pic: 'https://image.nmc.cn/assets/img/alarm/p0001002.png',
});
const answer = (...list: unknown[]) => ({
  msg: 'success',
  code: 0,
  data: { page: { pageNo: 1, pageSize: 500, count: list.length, list }, provinceAlarms: [] },
});
const one = async (...said: Parameters<typeof warning>): Promise<Alert> => {
  const { accepted, rejected } = await read(answer(warning(...said)));
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('CMA warnings', () => {
  it('reads Chinese time, place, hazard and colour', async () => {
    expect(await one('浙江省宁波市气象台发布暴雨橙色预警信号')).toMatchObject({
      source: 'CMA',
      sourceId: '330200-暴雨-20260707',
      hazard: 'ST',
      level: 'Green',
      sentAt: '2026-07-07T09:46:00.000Z',
      countries: ['CHN'],
      position: null,
      endedAt: null,
      sourceLevel: { scale: 'CMA warning colour', value: 'orange' },
      titles: { zh: '浙江省宁波市气象台发布暴雨橙色预警信号', en: 'orange warning: heavy rain, China' },
      areas: [{ name: '浙江省宁波市', state: 'live', codes: ['GB2260:330200'] }],
    });
  });

  it.each([
    ['台风', '红', 'TC', 'Unknown'],
    ['台风', '蓝', 'TC', 'Green'],
    ['暴雨', '红', 'ST', 'Unknown'],
    ['大雾', '红', 'OT', 'Green'],
    ['高温', '红', 'HT', 'Green'],
    ['道路结冰', '黄', 'CW', 'Green'],
    ['山洪灾害', '橙', 'FF', 'Green'],
    ['地质灾害气象风险', '红', 'LS', 'Unknown'],
    ['雷雨大风', '黄', 'ST', 'Green'],
    ['大风', '蓝', 'VW', 'Green'],
    ['森林火险', '橙', 'WF', 'Green'],
    ['干旱', '橙', 'DR', 'Green'],
    ['寒潮', '蓝', 'CW', 'Green'],
  ])('%s%s色 is %s, %s', async (word, colour, hazard, level) => {
    const alert = await one(`广东省气象台发布${word}${colour}色预警`);
    expect([alert.hazard, alert.level]).toEqual([hazard, level]);
  });

  it('is revised and lifted by reports with other ids, also on the next day, and not months later', async () => {
    const alerts = await Promise.all([
      one('宁波市气象台发布暴雨黄色预警信号', '2026/07/07 22:00'),
      one('宁波市气象台变更发布暴雨红色预警信号', '2026/07/07 23:30'),
      one('宁波市气象台解除暴雨红色预警信号', '2026/07/08 04:00'),
      one('宁波市气象台发布暴雨黄色预警信号', '2026/08/20 04:00'),
      one('宁波市气象台发布高温黄色预警信号', '2026/07/08 04:00'),
    ]);
    expect(alerts[2]?.endedAt).toBe('2026-07-07T20:00:00.000Z');
    expect(alerts[2]?.areas[0]?.state).toBe('over');
    for (const order of [alerts, [...alerts].reverse()]) {
      const { events } = foldAll(order, '2026-08-20T06:00:00.000Z');
      expect(events.map(e => [e.hazard, e.occurredAt.slice(5, 10), e.state]).sort()).toEqual([
        ['HT', '07-07', 'open'],
        ['ST', '07-07', 'closed'],
        ['ST', '08-19', 'open'],
      ]);
    }
  });

  it('reads every list of the answer, a bare list and a single warning', async () => {
    const said = warning('北京市气象台发布大雾红色预警信号');
    const places = async (body: object) => (await read(body)).accepted.map(alert => alert.rawPlace);
    const both = answer(said);
    both.data.provinceAlarms.push(warning('山西省气象台发布大雾黄色预警') as never);
    expect(await places(both)).toEqual(['data/page/list[0]', 'data/provinceAlarms[0]']);
    expect(await places([said])).toEqual(['$[0]']);
    expect(await places(said)).toEqual(['$']);
    const empty = await read(answer());
    expect([empty.format, empty.accepted]).toEqual(['cma-json', []]);
  });

  it('names what is broken and goes on', async () => {
    const good = warning('北京市气象台发布大雾红色预警信号');
    const reading = await read(
      answer(
        { ...good, alertid: null },
        { ...good, issuetime: '2026/13/45 17:46' },
        { ...good, title: '天气很好' },
        'x',
        { ...good, title: '北京市气象台发布测试大雾红色预警信号' },
        good,
      ),
    );
    expect(reading.rejected.map(({ reason }) => reason)).toEqual([
      'alertid: none',
      'issuetime: "2026/13/45 17:46" is no time',
      'title: "天气很好" names no colour of warning',
      'not an object',
    ]);
    expect([reading.ignored.length, reading.accepted.length]).toEqual([1, 1]);
  });

  it('never throws, whatever stands in the list', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (item, title) => {
        const document = { kind: 'json' as const, value: answer(item, warning(title)) };
        cmaJson.recognises(document);
        expect(cmaJson.read(document)).toHaveLength(2);
      }),
    );
  });
});

const file = '../shared/captures/national-json/cma-warnings.json';
describe.skipIf(!existsSync(file))('the captured CMA list', () => {
  it('is read whole, every field standing where it says', () => {
    const document = readDocument(readFileSync(file));
    const items = cmaJson.read(document);
    expect(items.map(item => item.outcome)).toEqual(Array(7).fill('accepted'));
    for (const item of items)
      if (item.outcome === 'accepted')
        for (const place of Object.values(item.draft.places))
          expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
  });
});
