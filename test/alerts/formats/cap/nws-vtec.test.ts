import { describe, expect, it } from 'vitest';
import { emptyInfo } from '../../../../functions/alerts/formats/cap/cap-message.ts';
import {
  liveVtecs,
  vtecHazard,
  vtecKey,
  vtecsEnd,
  vtecsOf,
} from '../../../../functions/alerts/formats/cap/nws-vtec.ts';

const read = (value: string, name = 'VTEC') =>
  vtecsOf({ ...emptyInfo('info[0]/'), parameters: [{ name, value }] }).vtecs;

describe('VTEC', () => {
  it('reads what event a string is about', () => {
    expect(read('/O.CON.KSEW.FF.W.0001.000000T0000Z-251216T0500Z/')).toEqual([
      {
        product: 'O',
        action: 'CON',
        office: 'KSEW',
        phenomenon: 'FF',
        significance: 'W',
        number: '0001',
        beginsAt: undefined,
        endsAt: '2025-12-16T05:00:00.000Z',
      },
    ]);
  });

  it('passes over hydrologic strings and whatever is none', () => {
    const flood = `/O.EXT.KLKN.FA.W.0018.000000T0000Z-110712T0315Z/
/00000.0.SM.000000T0000Z.000000T0000Z.000000T0000Z.OO/`;
    expect(read(flood).map(vtec => vtec.number)).toEqual(['0018']);
    expect(read('nothing')).toEqual([]);
    expect(read('/O.CON.KSEW.FF.W.0001.999999T9999Z-251399T0500Z/')[0]).toMatchObject({
      beginsAt: undefined,
      endsAt: undefined,
    });
  });

  it('tells what goes on from what is over', () => {
    const vtecs = read(
      '/O.UPG.KBUF.WS.A.0005.000000T0000Z-260302T0000Z/ /O.NEW.KBUF.WS.W.0007.260301T0000Z-260302T0000Z/',
    );
    expect(vtecsEnd(vtecs)).toBe(false);
    expect(liveVtecs(vtecs).map(vtec => vtecKey(vtec, '2026-03-01T00:00:00.000Z', []))).toEqual([
      'KBUF.WS.W.0007.2026',
    ]);
    expect(vtecsEnd(read('/O.EXP.KBUF.WS.W.0007.000000T0000Z-260302T0000Z/'))).toBe(true);
    expect(vtecsEnd([])).toBe(false);
  });

  it.each([
    ['HF', 'VW'],
    ['HU', 'TC'],
    ['TS', 'TS'],
    ['FA', 'FL'],
    ['SQ', 'CW'],
  ])('knows phenomenon %s as %s', (phenomenon, hazard) => {
    expect(vtecHazard(read(`/O.NEW.KSEW.${phenomenon}.W.0001.260301T0000Z-260302T0000Z/`)[0]!)).toBe(hazard);
  });
});
