import type { PlanView } from './plan-view.ts';

/** A plan ahead as the description of the API shows it: one seat of two can be filled, and tents go by air. */
export const planExample: PlanView = {
  deploymentId: 'D-EQ-20230206-TUR',
  version: 3,
  at: '2023-02-06T02:28:00.000Z',
  teams: [
    {
      teamType: 'expert',
      required: 2,
      filled: 0,
      asked: 0,
      picked: 1,
      empty: 1,
      deadlineAt: null,
      arrivesAt: '2023-02-06T07:58:00.000Z',
    },
  ],
  people: {
    from: 'whole roster',
    because: 'somebody is asked for the first time',
    picks: [
      {
        seatId: 'expert/team-leader/01',
        expertId: 'E-0417',
        arrivesAt: '2023-02-06T07:58:00.000Z',
        reasons: [
          {
            en: 'Certified as team leader (instructor) until 1 Jan 2026.',
            ja: '団長として認定済み（指導者、2026年1月1日まで）。',
          },
        ],
      },
    ],
    empty: [
      {
        seatId: 'expert/coordinator/01',
        reason: {
          en: 'Only 1 person holds the role coordinator: on leave or on another duty.',
          ja: '調整員の資格保持者は1名のみで、対象外です（休暇または別の任務）。',
        },
        filters: { 'on leave or on another duty': 1 },
      },
    ],
    standby: [{ teamType: 'expert', role: 'team-leader', expertIds: ['E-0112', 'E-0733'] }],
    stages: [
      {
        goal: 'critical seats empty',
        teamType: null,
        value: 1,
        bound: 1,
        sentence: { en: 'Critical seats empty: 1, proven fewest.', ja: '重要な空席：1（最少と証明済み）。' },
      },
    ],
    brokenRules: [],
    marginals: { seats: [], rules: [], openings: [] },
    summary: [{ en: '1 seat stays empty.', ja: '1席が空席のままです。' }],
    certificate: {
      stages: [
        {
          goal: 'critical seats empty',
          teamType: null,
          value: 1,
          bound: 1,
          gap: 0,
          proof: { prices: { groups: {}, rules: {}, goals: {}, cases: [] } },
        },
      ],
      trouble: null,
    },
  },
  goods: {
    lines: [
      {
        item: 'tent',
        warehouseId: 'dubai',
        laneId: 'dxb-charter',
        mode: 'air charter',
        pallets: 10,
        quantity: 400,
        arrivesAt: '2023-02-07T04:00:00.000Z',
        cost: 1800,
        reason: { en: 'The earliest of 3 lanes.', ja: '3経路のうち最も早い。' },
      },
    ],
    short: [],
    cost: 5800,
    stages: [
      {
        goal: 'units not found',
        item: null,
        value: 0,
        bound: 0,
        gap: 0,
        proof: {
          prices: {
            items: [],
            onTime: [],
            shelves: [],
            goals: { unmet: 0, late: 0, loose: 0, cost: 0 },
          },
        },
      },
    ],
    trouble: null,
  },
  why: {
    expertId: 'E-0999',
    answers: [
      {
        teamType: 'expert',
        role: 'team-leader',
        reasons: [
          {
            en: 'E-0999 cannot be asked as team leader: held by D-EQ-20230204-SYR until 20 Feb 2023.',
            ja: 'E-0999は団長として依頼できません：D-EQ-20230204-SYRが2023年2月20日まで確保。',
          },
        ],
      },
    ],
  },
};
