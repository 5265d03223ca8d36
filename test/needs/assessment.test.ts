import { describe, expect, it } from 'vitest';
import type { DisasterEvent } from '../../functions/domain/event.ts';
import { assessNeed } from '../../functions/needs/assessment.ts';
import { profileOf } from '../../functions/needs/country-profile.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { anEvent } from './events.ts';

const policy = loadPolicy();
const hoursAfter = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
const assess = (changes: Partial<DisasterEvent>, hours = 2, drill = false) => {
  const event = anEvent(changes);
  return assessNeed({ event, policy, profileOf, now: hoursAfter(event.occurredAt, hours), drill });
};
const teamsOf = (...given: Parameters<typeof assess>) => assess(...given).teams.map(team => team.teamType);
const magnitude = (value: number) => [{ name: 'magnitude', value, unit: 'M' }];

describe('what an event calls for', () => {
  it('sends rescue, a Type 2 medical team, shelter and water to the M 7.1 of Tibet, two days and a half later still', () => {
    const need = assess({}, 64);
    expect(need.country).toMatchObject({ country: 'CHN', name: 'China' });
    expect(need.teams.map(team => [team.teamType, team.ruleId, team.deadlineHours])).toEqual([
      ['rescue', 'EQ-RED-RESCUE', 24],
      ['medical-2', 'EQ-RED-MEDICAL', 48],
    ]);
    expect(need.goods.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['tent', 500],
      ['plastic-sheet', 1000],
      ['sleeping-pad', 2000],
      ['blanket', 5000],
      ['jerry-can', 1500],
      ['water-purifier', 20],
    ]);
    expect(need.reasons[0]).toEqual({
      ruleId: 'EQ-RED-RESCUE',
      text: expect.stringMatching(/propose a rescue team\. \(Red, M 7\.1, began 2 d 16 h ago\)$/),
    });
  });

  it('sends an expert team and goods to Phanfone, a week after it formed and a day after it was last seen', () => {
    const need = assessNeed({
      event: anEvent({
        hazard: 'TC',
        level: 'Orange',
        countries: ['PHL'],
        occurredAt: '2019-12-21T18:00:00.000Z',
        measures: [{ name: 'population', value: 4_476_940, unit: 'Pop74' }],
        alerts: [
          {
            alertId: 'GDACS:TC1000651:31',
            source: 'GDACS',
            sourceId: 'TC1000651',
            revision: '31',
            status: 'Actual',
            level: 'Orange',
            sentAt: '2019-12-28T18:00:00.000Z',
            messageType: 'Alert',
            receivedAt: '2019-12-28T18:00:00.000Z',
            contentDigest: '0',
            rawDigest: '0',
            rawPlace: 'item[0]',
            channelId: null,
          },
        ],
      }),
      policy,
      profileOf,
      now: '2019-12-30T01:35:11.000Z',
    });
    expect(need.teams.map(team => team.teamType)).toEqual(['expert']);
    expect(need.goods.map(({ item }) => item)).toEqual([
      'tent',
      'plastic-sheet',
      'sleeping-pad',
      'blanket',
      'jerry-can',
      'water-purifier',
    ]);
    expect(need.reasons).toContainEqual({
      ruleId: 'TC-VULNERABLE-MEDICAL',
      text: 'Only for least developed or small island countries: Philippines is none.',
    });
  });

  const table: [string, Partial<DisasterEvent>, number, string[]][] = [
    ['a Red earthquake after the hours of rescue', {}, 100, ['medical-2']],
    ['an Orange earthquake of M 6.5', { level: 'Orange', measures: magnitude(6.5) }, 2, ['expert']],
    ['an Orange earthquake of M 7.2', { level: 'Orange', measures: magnitude(7.2) }, 2, ['rescue', 'expert']],
    ['an Orange earthquake of unknown size', { level: 'Orange', measures: [] }, 2, ['expert']],
    [
      'an Orange M 7.5 with hardly anybody near it',
      {
        level: 'Orange',
        measures: [...magnitude(7.5), { name: 'population', value: 900, unit: 'Population in 100km' }],
      },
      2,
      ['expert'],
    ],
    [
      'two sources that differ: the stronger one',
      { level: 'Orange', measures: [...magnitude(6.9), ...magnitude(7.1)] },
      2,
      ['rescue', 'expert'],
    ],
    ['a Red earthquake of unknown size', { measures: [] }, 2, ['rescue', 'medical-2']],
    [
      'an Orange cyclone over a small island state',
      { hazard: 'TC', level: 'Orange', countries: ['VUT'] },
      2,
      ['medical-1', 'expert'],
    ],
    ['a Red cyclone', { hazard: 'TC', countries: ['PHL'] }, 2, ['medical-1', 'expert']],
    ['an Orange flood', { hazard: 'FL', level: 'Orange' }, 2, ['expert']],
    ['a Red flood', { hazard: 'FL' }, 2, ['medical-1', 'expert']],
    ['a Red tsunami', { hazard: 'TS' }, 2, ['rescue', 'medical-2']],
    ['an Orange volcano', { hazard: 'VO', level: 'Orange' }, 2, ['expert']],
    ['an Orange epidemic', { hazard: 'EP', level: 'Orange' }, 2, ['infectious-disease']],
    ['a Red epidemic', { hazard: 'EP' }, 2, ['medical-1', 'infectious-disease']],
    ['an Orange drought', { hazard: 'DR', level: 'Orange' }, 2, []],
    ['a young Red drought', { hazard: 'DR' }, 240, ['expert']],
    [
      'a Red drought of six months that is still seen today',
      { hazard: 'DR', endedAt: hoursAfter(anEvent().occurredAt, 4400) },
      4400,
      [],
    ],
    ['a hazard that no rule is for', { hazard: 'IN' }, 2, []],
  ];
  it.each(table)('%s', (_, changes, hours, teams) => {
    expect(teamsOf(changes, hours)).toEqual(teams);
  });

  it('never sends a rescue team to what comes slowly', () => {
    for (const hazard of ['DR', 'EP', 'FL', 'TC', 'VO', 'WF', 'CW'] as const) {
      expect(teamsOf({ hazard }, 0)).not.toContain('rescue');
    }
  });

  it('counts a storm from its end where a source gives one', () => {
    const storm = { hazard: 'TC', endedAt: hoursAfter(anEvent().occurredAt, 200) } as const;
    expect(teamsOf(storm, 319)).toEqual(['medical-1', 'expert']);
    expect(teamsOf(storm, 321)).toEqual(['medical-1']);
    expect(teamsOf({ hazard: 'TC' }, 321)).toEqual([]);
  });

  it('counts an end in the future as now', () => {
    const changes = { hazard: 'TC', endedAt: '2025-02-01T00:00:00.000Z' } as const;
    expect(teamsOf(changes, 300)).toEqual(['medical-1', 'expert']);
  });

  it('says of a rule that is over how old the event is', () => {
    expect(assess({}, 100).reasons).toContainEqual({
      ruleId: 'EQ-RED-RESCUE',
      text: 'Too late: began 4 d 4 h ago, and the rule ends after 3 d.',
    });
  });
});

describe('what keeps an event from proposing anything', () => {
  const table: [string, Partial<DisasterEvent>, string][] = [
    ['OWN-COUNTRY', { countries: ['JPN'] }, 'In JPN'],
    ['EXERCISE', { exercise: true }, 'Exercise'],
    ['MERGED', { mergedInto: 'EV-0' }, 'EV-0'],
    ['CLOSED', { state: 'closed' }, 'closed'],
    ['LEVEL-GREEN', { level: 'Green' }, 'Green'],
    ['LEVEL-UNKNOWN', { level: 'Unknown' }, 'a person'],
  ];
  it.each(table)('%s', (ruleId, changes, word) => {
    const need = assess(changes);
    expect(need).toMatchObject({ teams: [], goods: [], reasons: [{ ruleId }] });
    expect(need.reasons[0]!.text).toContain(word);
  });

  it('lets an exercise through in a drill', () => {
    expect(teamsOf({ exercise: true }, 2, true)).toEqual(['rescue', 'medical-2']);
  });

  it('takes the first country abroad when the own one is hit as well, and names the others', () => {
    const need = assess({ countries: ['JPN', 'PHL', 'VNM'] });
    expect(need.country?.country).toBe('PHL');
    expect(need.reasons.at(-1)).toMatchObject({
      ruleId: 'FIRST-COUNTRY',
      text: expect.stringContaining('VNM'),
    });
  });

  it('proposes also when no feed has named a country', () => {
    expect(assess({ countries: [] })).toMatchObject({ country: null, teams: [{ teamType: 'rescue' }, {}] });
  });
});
