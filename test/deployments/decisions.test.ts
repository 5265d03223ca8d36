import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approve,
  approveIncrease,
  type Decided,
  deskDecision,
  goShort,
  hasLapsed,
  missionNews,
  prepare,
  recordRequest,
  reject,
  reportStage,
  standDown,
  teamsWithGaps,
  widen,
} from '../../functions/deployments/decisions.ts';
import {
  type Deployment,
  DeploymentState,
  type DeploymentTeam,
  MissionStage,
} from '../../functions/domain/deployment.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { aDeployment } from '../notices/samples.ts';
import { nobody } from './seats.ts';

const NOW = '2023-02-06T05:46:00.000Z';
const policy = { ...loadPolicy(), secondApprovalAboveSeats: { seats: 20, source: 'test' } };
const team = aDeployment().teams[0] as DeploymentTeam;
const ofSeats = (count: number) => [{ ...team, seats: [{ role: 'dog-handler', count, critical: true }] }];

const asked = {
  reference: 'NV/1',
  receivedAt: '2023-02-06T05:00:00.000Z',
  channel: 'embassy',
  conflictCaused: false,
};
const proposed = aDeployment({ state: 'Proposed', request: null, conflictCaused: null, approvals: [] });
const waiting = aDeployment({ state: 'Waits for approval', approvals: [] });

const UNDECIDED = ['Proposed', 'Prepared (no request)', 'Waits for approval', 'Waits for second approval'];
const ENDED = ['Standing down', 'Closed', 'Refused'];
const ON_MISSION = ['Confirmed', 'Assembling', 'Under way', 'Operating', 'Coming home'];

/** The state after a decision, or status and rule of its refusal. */
const outcome = (decided: Decided): string =>
  'refused' in decided ? `${decided.refused.status} ${decided.refused.rule}` : decided.deployment.state;
const after = (decided: Decided): Deployment => {
  if ('refused' in decided) throw new Error(decided.refused.text);
  return decided.deployment;
};

describe('the states in which a decision can be taken', () => {
  const increase = { eventIds: ['EV-2'], teams: [], goods: [], reasons: [], proposedAt: NOW, approvals: [] };
  const decisions: [string, (d: Deployment) => Decided, string[]][] = [
    ['record-request', d => recordRequest(d, asked, 'Ito', NOW), UNDECIDED],
    ['approve', d => approve({ ...d, approvals: [] }, policy, 'Ito', '', NOW), UNDECIDED],
    ['prepare', d => prepare(d, 'Ito', NOW), UNDECIDED],
    ['reject', d => reject(d, 'Ito', 'no'), UNDECIDED],
    [
      'stand-down',
      d => standDown(d, 'Ito', 'no', NOW),
      DeploymentState.options.filter(state => !ENDED.includes(state)),
    ],
    [
      'approve-increase',
      d => approveIncrease({ ...d, increase }, policy, 'Ito', NOW),
      DeploymentState.options.filter(state => !ENDED.includes(state)),
    ],
    ['report-stage', d => reportStage(d, 'assembled', NOW, 'Ito'), ON_MISSION],
  ];
  it.each(decisions)('%s', (_what, decide, states) => {
    const allowed = DeploymentState.options.filter(state => !('refused' in decide(aDeployment({ state }))));
    expect(allowed).toEqual(DeploymentState.options.filter(state => states.includes(state)));
  });
  it.each(decisions)('%s says 409 STATE in the others', (_what, decide, states) => {
    for (const state of DeploymentState.options.filter(each => !states.includes(each)))
      expect(outcome(decide(aDeployment({ state })))).toBe('409 STATE');
  });
});

describe('recordRequest', () => {
  it('runs the standard from the receipt of the request, and makes earlier approvals void', () => {
    const before = aDeployment({ state: 'Waits for second approval', request: null, conflictCaused: null });
    const { request, teams, state, approvals, conflictCaused } = after(
      recordRequest(before, asked, 'Ito', NOW),
    );
    expect({ state, approvals, conflictCaused }).toEqual({
      state: 'Waits for approval',
      approvals: [],
      conflictCaused: false,
    });
    expect(request).toEqual({
      reference: 'NV/1',
      receivedAt: asked.receivedAt,
      channel: 'embassy',
      recordedBy: 'Ito',
      recordedAt: NOW,
    });
    expect(teams.map(each => each.deadlineAt)).toEqual(['2023-02-07T05:00:00.000Z']);
  });
  it.each([
    ['now', NOW, 'Waits for approval'],
    ['by a clock that is ten minutes fast', '2023-02-06T05:56:00.000Z', 'Waits for approval'],
    ['from the future', '2023-02-06T05:56:00.001Z', '422 REQUEST-TIME'],
  ])('received %s', (_what, receivedAt, expected) =>
    expect(outcome(recordRequest(proposed, { ...asked, receivedAt }, 'Ito', NOW))).toBe(expected),
  );
  it('refuses what armed conflict caused, and says by which rule', () => {
    const decided = recordRequest(proposed, { ...asked, conflictCaused: true }, 'Ito', NOW);
    expect(outcome(decided)).toBe('Refused');
    expect('what' in decided && decided.what).toContain('GATE-CONFLICT');
  });
});

describe('approve', () => {
  const first = [{ by: 'Ito', at: NOW, note: '' }];
  const table: [string, Deployment, string, string][] = [
    ['without a request', proposed, 'Ito', '409 GATE-REQUEST'],
    [
      'without an answer to the conflict question',
      { ...waiting, conflictCaused: null },
      'Ito',
      '409 GATE-CONFLICT',
    ],
    ['after conflict was recorded', { ...waiting, conflictCaused: true }, 'Ito', '409 GATE-CONFLICT'],
    ['as many seats as one person may', { ...waiting, teams: ofSeats(20) }, 'Ito', 'Filling seats'],
    ['one seat more', { ...waiting, teams: ofSeats(21) }, 'Ito', 'Waits for second approval'],
    [
      'seats of two teams together',
      { ...waiting, teams: [...ofSeats(11), ...ofSeats(10)] },
      'Ito',
      'Waits for second approval',
    ],
    [
      'the same person again',
      { ...waiting, teams: ofSeats(21), approvals: first },
      'Ito',
      '403 SECOND-PERSON',
    ],
    ['a second person', { ...waiting, teams: ofSeats(21), approvals: first }, 'Sato', 'Filling seats'],
    ['goods alone', { ...waiting, teams: [] }, 'Ito', 'Filling seats'],
  ];
  it.each(table)('%s', (_what, d, by, expected) =>
    expect(outcome(approve(d, policy, by, '', NOW))).toBe(expected),
  );

  it('never lets seats be filled without request, answer and as many different people as the policy wants', () => {
    const people = fc.array(fc.constantFrom('Ito', 'Sato', 'Mori'), { minLength: 1, maxLength: 5 });
    const requests = fc.constantFrom(null, waiting.request);
    fc.assert(
      fc.property(
        people,
        requests,
        fc.constantFrom(null, true, false),
        fc.integer({ min: 1, max: 40 }),
        (names, request, conflictCaused, seats) => {
          let d: Deployment = { ...waiting, request, conflictCaused, teams: ofSeats(seats) };
          for (const by of names) {
            const decided = approve(d, policy, by, '', NOW);
            if ('deployment' in decided) d = decided.deployment;
          }
          const isFilling = d.state === 'Filling seats';
          const enough = new Set(names).size >= (seats > 20 ? 2 : 1);
          expect(isFilling).toBe(request !== null && conflictCaused === false && enough);
          expect(new Set(d.approvals.map(({ by }) => by)).size).toBe(d.approvals.length);
        },
      ),
    );
  });
});

describe('prepare', () => {
  const table: [string, Deployment, string][] = [
    ['without a request', proposed, 'Prepared (no request)'],
    ['twice', { ...proposed, preparedAt: NOW }, '409 STATE'],
    ['what conflict caused', { ...proposed, conflictCaused: true }, '409 GATE-CONFLICT'],
  ];
  it.each(table)('%s', (_what, d, expected) => expect(outcome(prepare(d, 'Ito', NOW))).toBe(expected));
});

describe('seats without a candidate', () => {
  const second: DeploymentTeam = { ...team, teamType: 'medical-1' };
  const gaps = { 'rescue/dog-handler/01': nobody, 'medical-1/doctor/02': nobody };
  const d = aDeployment({ teams: [team, second], gaps });

  it('go-short lets those teams go without them, and widen gives all of those seats another chance', () => {
    expect(after(goShort(d, 'Ito')).teams.map(each => each.goesShort)).toEqual([true, true]);
    expect(after(widen(d, 'Ito'))).toMatchObject({ widened: true, gaps: {} });
  });
  it('leaves a team alone that has gone or goes short already', () => {
    const partly = { ...d, teams: [{ ...team, confirmedAt: NOW }, second] };
    expect(teamsWithGaps(partly)).toEqual(['medical-1']);
    expect(after(goShort(partly, 'Ito')).teams.map(each => each.goesShort)).toEqual([false, true]);
    expect(after(widen(partly, 'Ito')).gaps).toEqual({ 'rescue/dog-handler/01': nobody });
    expect(outcome(goShort(after(goShort(d, 'Ito')), 'Ito'))).toBe('409 STATE');
  });
  it('is needed for both, and the search is widened once', () => {
    expect(outcome(goShort(aDeployment(), 'Ito'))).toBe('409 STATE');
    expect(outcome(widen(aDeployment(), 'Ito'))).toBe('409 STATE');
    expect(outcome(widen({ ...d, widened: true }, 'Ito'))).toBe('409 STATE');
  });
});

describe('reportStage', () => {
  it('takes the stages in their order, each once, to the end', () => {
    let d = aDeployment({ state: 'Confirmed' });
    const states: string[] = [];
    for (const stage of MissionStage.options) {
      for (const other of MissionStage.options.filter(each => each !== stage))
        expect(outcome(reportStage(d, other, NOW, 'Ito'))).toBe('409 STAGE-ORDER');
      d = after(reportStage(d, stage, NOW, 'Ito'));
      states.push(d.state);
    }
    expect(states).toEqual([
      'Assembling',
      'Under way',
      'Under way',
      'Operating',
      'Coming home',
      'Standing down',
    ]);
    expect(d.stages.map(({ stage }) => stage)).toEqual(MissionStage.options);
  });
});

describe('approveIncrease', () => {
  const more = { ...team, seats: [{ role: 'dog-handler', count: 2, critical: true }] };
  const increase = {
    eventIds: ['EV-2'],
    teams: [more],
    goods: [],
    reasons: [{ ruleId: 'R-9', text: 'more' }],
    proposedAt: NOW,
    approvals: [],
  };
  const table: [string, Partial<Deployment>, string][] = [
    ['while seats are filled', {}, 'Filling seats'],
    ['when the team is full', { state: 'Full' }, 'Filling seats'],
    ['when the team is confirmed', { state: 'Confirmed' }, 'Filling seats'],
    ['when the team is under way', { state: 'Under way' }, 'Under way'],
    ['when nothing waits', { increase: null }, '409 STATE'],
    ['after a stand-down', { standDown: { at: NOW, by: 'Ito', reason: 'no' } }, '409 STATE'],
    ['without a request', { request: null }, '409 GATE-REQUEST'],
    ['after conflict was recorded', { conflictCaused: true }, '409 GATE-CONFLICT'],
  ];
  it.each(table)('%s', (_what, change, expected) =>
    expect(outcome(approveIncrease(aDeployment({ increase, ...change }), policy, 'Ito', NOW))).toBe(expected),
  );
  it('opens the team for the further seats and marks its approval as one of further need', () => {
    const grown = after(
      approveIncrease(
        aDeployment({ increase, teams: [{ ...team, filledAt: NOW, confirmedAt: NOW }] }),
        policy,
        'Ito',
        NOW,
      ),
    );
    expect(grown).toMatchObject({
      increase: null,
      teams: [{ required: 6, filledAt: null, confirmedAt: null }],
    });
    expect(grown.approvals.at(-1)).toEqual({ by: 'Ito', at: NOW, note: 'further need' });
    expect(grown.reasons).toEqual(increase.reasons);
  });
  it('needs a second person for many further seats, as the first approval does', () => {
    const many = {
      ...increase,
      teams: [{ ...team, seats: [{ role: 'dog-handler', count: 21, critical: true }] }],
    };
    const first = after(approveIncrease(aDeployment({ increase: many }), policy, 'Ito', NOW));
    expect(first).toMatchObject({
      increase: { approvals: [{ by: 'Ito' }] },
      teams: [{ required: team.required }],
    });
    expect(outcome(approveIncrease(first, policy, 'Ito', NOW))).toBe('403 SECOND-PERSON');
    expect(after(approveIncrease(first, policy, 'Sato', NOW)).increase).toBeNull();
  });
});

describe('going short and widening', () => {
  const gaps = { 'rescue/dog-handler/01': nobody };
  it.each(['Standing down', 'Closed', 'Refused'] as const)('are refused once it is "%s"', state => {
    expect(outcome(goShort(aDeployment({ state, gaps }), 'Ito'))).toBe('409 STATE');
    expect(outcome(widen(aDeployment({ state, gaps }), 'Ito'))).toBe('409 STATE');
  });
});

describe('what a workflow reads of the decisions', () => {
  const stood = { standDown: { at: NOW, by: 'Ito', reason: 'no' } };
  const prepared = { ...proposed, state: 'Prepared (no request)' as const, preparedAt: NOW };
  const desk: [string, Deployment, string | undefined][] = [
    ['nothing yet', proposed, undefined],
    ['first of two approvals', aDeployment({ state: 'Waits for second approval' }), undefined],
    ['approved', aDeployment(), 'approve'],
    ['prepare only', prepared, 'prepare'],
    ['prepared, and people are sounded out', { ...prepared, soundedOutAt: NOW }, undefined],
    ['rejected', aDeployment({ state: 'Refused' }), 'stand down'],
    ['stood down after approval', aDeployment(stood), 'stand down'],
  ];
  it.each(desk)('desk: %s', (_what, d, expected) => expect(deskDecision(d)).toBe(expected));

  const mission: [string, Deployment, boolean, string | undefined][] = [
    ['under way', aDeployment({ stage: 'arrived' }), false, undefined],
    ['a seat has fallen open', aDeployment({ stage: 'assembled' }), true, 'more people'],
    ['home', aDeployment({ stage: 'home' }), true, 'home'],
    ['stood down', aDeployment({ stage: 'home', ...stood }), true, 'stand down'],
  ];
  it.each(mission)('mission: %s', (_what, d, open, expected) => expect(missionNews(d, open)).toBe(expected));

  it('lapses a proposal after seven days, and nothing that was decided', () => {
    const weekLater = '2023-02-13T01:40:00.000Z';
    expect(hasLapsed(proposed, '2023-02-13T01:39:59.999Z')).toBe(false);
    expect(hasLapsed(proposed, weekLater)).toBe(true);
    expect(hasLapsed(aDeployment(), weekLater)).toBe(false);
  });
});
