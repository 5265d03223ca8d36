import { describe, expect, it } from 'vitest';
import { teamLines, warningLines } from '../../console/plan.ts';
import { planExample } from '../../functions/desk/plan-example.ts';
import type { PlanView } from '../../functions/desk/plan-view.ts';

const now = Date.parse('2023-02-06T02:28:00Z');
const said = (en: string) => ({ en, ja: `${en} (ja)` });

describe('a plan ahead on the screen', () => {
  it('says of each team who would be there and when', () => {
    expect(teamLines(planExample, now)).toEqual([
      'Expert team: 1 of 2 seats would have somebody, the last of them at the assembly point 6 Feb 16:58 JST.',
    ]);
    const [team] = planExample.teams;
    const nobody: PlanView = { ...planExample, teams: [{ ...team!, picked: 0, arrivesAt: null }] };
    expect(teamLines(nobody, now)).toEqual(['Expert team: 0 of 2 seats would have somebody.']);
  });

  it('warns of all that an approver must know first', () => {
    expect(warningLines(planExample)).toEqual([
      'Coordinator, 1 seat: Only 1 person holds the role coordinator: on leave or on another duty.',
    ]);
    const { people, goods } = planExample;
    const worse: PlanView = {
      ...planExample,
      people: people && {
        ...people,
        empty: [],
        brokenRules: [{ teamType: 'expert', ruleId: 'SPEAKERS', people: 1, reason: said('nobody speaks') }],
        certificate: { ...people.certificate, trouble: 'cut short' },
      },
      goods: goods && {
        ...goods,
        short: [{ item: 'tent', missing: 60, reason: said('none are left') }],
        trouble: 'late',
      },
    };
    expect(warningLines(worse)).toEqual([
      'Expert team: nobody speaks',
      '60 tent: none are left',
      'Not all is proven best: cut short',
      'The way of the goods is not proven best: late',
    ]);
    expect(warningLines({ ...planExample, people: null, goods: null })).toEqual([]);
  });
});
