import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, applyAnswer } from '../../functions/deployments/answers.ts';
import type { Deployment, Offer } from '../../functions/domain/deployment.ts';
import { aDeployment, anOffer, consent } from '../notices/samples.ts';

/** The window of the sample offer ends at 06:05. */
const IN_TIME = '2023-02-06T06:04:59.999Z';
const AT_THE_END = '2023-02-06T06:05:00.000Z';
const LATE = '2023-02-06T07:00:00.000Z';
const EMPLOYER_WINDOW = 180;

const asked = (change: Partial<Offer> = {}) =>
  anOffer({ state: 'Sent', askedAt: '2023-02-06T05:05:00.000Z', ...change });
const given = (answer: Answer['answer'], change: Partial<Answer> = {}): Answer => ({
  from: 'member',
  answer,
  via: 'page',
  by: 'E-0001',
  ...change,
});
const told = (word: NonNullable<Offer['finalWord']>['word']) => ({
  finalWord: { word, at: '2023-02-06T06:00:00.000Z' },
});
const apply = (offer: Offer, answer: Answer, now: string, deployment: Deployment = aDeployment()) =>
  applyAnswer(offer, deployment, answer, now, EMPLOYER_WINDOW);
const confirmed = aDeployment({
  teams: aDeployment().teams.map(team => ({ ...team, confirmedAt: '2023-02-06T06:30:00.000Z' })),
});
const agreed = { state: 'Yes' as const, member: consent('yes') };

describe('an answer of a member', () => {
  /** Offer, answer, time, then: outcome, the offer's state after it, whether the review has something to do, and whether the desk is told. */
  const table: [
    string,
    Offer,
    Answer['answer'],
    string,
    string,
    Offer['state'],
    boolean,
    boolean,
    Deployment?,
  ][] = [
    ['a yes in time', asked(), 'yes', IN_TIME, 'recorded', 'Yes', true, false],
    ['a yes as the window ends', asked(), 'yes', AT_THE_END, 'stands by', 'Yes', true, false],
    [
      'a yes after the window was closed',
      asked({ state: 'Silent', ...told('window ended') }),
      'yes',
      LATE,
      'stands by',
      'Yes',
      true,
      false,
    ],
    [
      'a yes after an own no',
      asked({ state: 'No', member: consent('no') }),
      'yes',
      IN_TIME,
      'recorded',
      'Yes',
      true,
      false,
    ],
    [
      'a yes after a no that had its final word',
      asked({ state: 'No', member: consent('no'), ...told('declined') }),
      'yes',
      IN_TIME,
      'stands by',
      'Yes',
      true,
      false,
    ],
    [
      'a late yes to a team that is confirmed',
      asked(),
      'yes',
      LATE,
      'too late',
      'Sent',
      false,
      false,
      confirmed,
    ],
    [
      'a late yes to a team that is no more',
      asked({ teamType: 'medical-1' }),
      'yes',
      LATE,
      'too late',
      'Sent',
      false,
      false,
    ],
    [
      'a yes after the stand-down word',
      asked(told('stand down')),
      'yes',
      LATE,
      'too late',
      'Sent',
      false,
      false,
    ],
    [
      'a late yes to a sounding',
      asked({ kind: 'availability' }),
      'yes',
      LATE,
      'too late',
      'Sent',
      false,
      false,
    ],
    ['a second yes', asked(agreed), 'yes', IN_TIME, 'recorded', 'Yes', false, false],
    ['a no in time', asked(), 'no', IN_TIME, 'recorded', 'No', true, false],
    [
      'a no that comes late but before the window is closed',
      asked(),
      'no',
      LATE,
      'recorded',
      'No',
      true,
      false,
    ],
    ['a no after the own yes', asked(agreed), 'no', IN_TIME, 'recorded', 'No', true, false],
    [
      'a no after the window was closed',
      asked({ state: 'Silent', ...told('window ended') }),
      'no',
      LATE,
      'recorded',
      'Silent',
      false,
      false,
    ],
    ['an unclear answer in time', asked(), 'unclear', IN_TIME, 'recorded', 'Unclear', true, true],
    ['an unclear answer after the window', asked(), 'unclear', LATE, 'too late', 'Sent', false, true],
    [
      'an unclear answer after the own yes',
      asked(agreed),
      'unclear',
      IN_TIME,
      'recorded',
      'Yes',
      false,
      true,
    ],
    [
      'a yes after the deploy notice',
      asked({ ...agreed, ...told('deploy') }),
      'yes',
      LATE,
      'recorded',
      'Yes',
      false,
      false,
    ],
    [
      'a no after the deploy notice',
      asked({ ...agreed, ...told('deploy') }),
      'no',
      LATE,
      'recorded',
      'Yes',
      false,
      true,
    ],
    [
      'an unclear answer after the deploy notice',
      asked({ ...agreed, ...told('deploy') }),
      'unclear',
      LATE,
      'recorded',
      'Yes',
      false,
      true,
    ],
  ];
  it.each(table)('%s', (_what, offer, answer, now, outcome, state, toReview, tellsDesk, deployment) => {
    const effect = apply(offer, given(answer), now, deployment);
    expect({
      outcome: effect.outcome,
      state: effect.offer.state,
      toReview: !effect.offer.reviewed,
      tellsDesk: 'tellDesk' in effect,
    }).toEqual({ outcome, state, toReview, tellsDesk });
    expect(effect.offer.answers).toBe(offer.answers + (toReview ? 1 : 0));
    // What the review need not look at has changed nothing.
    if (!toReview) expect(effect.offer).toEqual(offer);
  });

  it('holds the seat on a yes in time and gives the employer a window from then', () => {
    const { offer } = apply(asked(), given('yes'), IN_TIME);
    expect(offer).toMatchObject({
      kind: 'seat',
      seatId: 'rescue/dog-handler/3',
      member: { answer: 'yes', at: IN_TIME, via: 'page', by: 'E-0001' },
      employer: null,
      employerAnswerBy: '2023-02-06T09:04:59.999Z',
    });
  });

  it('brings the employer along where consent stands on record', () => {
    const { offer } = apply(asked({ standingConsent: true }), given('yes'), IN_TIME);
    expect(offer.employer).toEqual({ answer: 'yes', at: IN_TIME, via: 'standing consent', by: 'EMP-001' });
    expect(offer.employerAnswerBy).toBeNull();
  });

  it('keeps an employer who agreed first', () => {
    const employer = consent('yes');
    const { offer } = apply(asked({ employer }), given('yes'), IN_TIME);
    expect(offer).toMatchObject({ employer, employerAnswerBy: null });
  });

  it('leaves the seat of a late yes to the review that has yet to see it, and keeps no seat once that has', () => {
    expect(apply(asked(), given('yes'), LATE).offer).toMatchObject({
      kind: 'standby',
      seatId: 'rescue/dog-handler/3',
    });
    expect(apply(asked(told('window ended')), given('yes'), LATE).offer).toMatchObject({
      kind: 'standby',
      seatId: null,
      finalWord: null,
    });
  });
});

describe('an answer of an employer', () => {
  const table: [string, Offer, Answer['answer'], string, string | null, boolean, boolean][] = [
    ['a yes', asked(agreed), 'yes', 'recorded', 'yes', true, false],
    ['a no', asked(agreed), 'no', 'recorded', 'no', true, false],
    [
      'a no that takes back a yes',
      asked({ ...agreed, employer: consent('yes') }),
      'no',
      'recorded',
      'no',
      true,
      false,
    ],
    ['a yes before the member answers', asked(), 'yes', 'recorded', 'yes', true, false],
    ['neither yes nor no', asked(agreed), 'unclear', 'recorded', null, false, true],
    [
      'a yes after the deploy notice',
      asked({ ...agreed, employer: consent('yes'), ...told('deploy') }),
      'yes',
      'recorded',
      'yes',
      false,
      false,
    ],
    [
      'a no after the deploy notice',
      asked({ ...agreed, employer: consent('yes'), ...told('deploy') }),
      'no',
      'recorded',
      'yes',
      false,
      true,
    ],
    [
      'a yes after the final word',
      asked({ ...agreed, ...told('stand down') }),
      'yes',
      'too late',
      null,
      false,
      false,
    ],
    [
      'a no after the final word',
      asked({ ...agreed, ...told('window ended') }),
      'no',
      'too late',
      null,
      false,
      false,
    ],
  ];
  it.each(table)('%s', (_what, offer, answer, outcome, employer, toReview, tellsDesk) => {
    const effect = apply(offer, given(answer, { from: 'employer', by: 'EMP-001' }), LATE);
    expect(effect.outcome).toBe(outcome);
    expect(effect.offer.employer?.answer ?? null).toBe(employer);
    expect(effect.offer.reviewed).toBe(!toReview);
    expect('tellDesk' in effect).toBe(tellsDesk);
    expect(effect.offer.member).toEqual(offer.member);
  });
});

describe('any answer', () => {
  const offers = fc.record({
    kind: fc.constantFrom('seat' as const, 'standby' as const, 'availability' as const),
    member: fc.constantFrom(null, consent('yes'), consent('no'), consent('unclear')),
    employer: fc.constantFrom(null, consent('yes'), consent('no')),
    finalWord: fc.constantFrom(
      null,
      ...(['deploy', 'declined', 'window ended', 'stand down', 'home'] as const).map(
        word => told(word).finalWord,
      ),
    ),
    standingConsent: fc.boolean(),
  });
  const answers = fc.record({
    from: fc.constantFrom('member' as const, 'employer' as const),
    answer: fc.constantFrom('yes' as const, 'no' as const, 'unclear' as const),
    via: fc.constantFrom('page' as const, 'sms' as const, 'desk' as const),
    by: fc.constant('somebody'),
  });
  const times = fc.constantFrom(IN_TIME, AT_THE_END, LATE);

  it('to a deployment that is over changes nothing but the notes', () => {
    const over = [
      ...(['Standing down', 'Closed', 'Refused'] as const).map(state => aDeployment({ state })),
      aDeployment({ standDown: { at: IN_TIME, by: 'desk', reason: 'flight cancelled' } }),
    ];
    fc.assert(
      fc.property(offers, answers, times, fc.constantFrom(...over), (change, answer, now, deployment) => {
        const offer = asked(change);
        const effect = apply(offer, { ...answer, note: 'so sorry' }, now, deployment);
        expect(effect).toEqual({
          outcome: 'over',
          offer: { ...offer, notes: [{ at: now, text: 'so sorry' }] },
        });
      }),
    );
  });

  it('after the deploy notice withdraws nobody', () => {
    fc.assert(
      fc.property(offers, answers, times, (change, answer, now) => {
        const offer = asked({ ...change, ...told('deploy') });
        const effect = apply(offer, answer, now);
        expect(effect.offer).toEqual(offer);
        expect('tellDesk' in effect).toBe(answer.answer !== 'yes');
      }),
    );
  });

  it('that comes too late for its window never takes a seat', () => {
    fc.assert(
      fc.property(offers, change => {
        const offer = asked({ ...change, kind: 'seat', member: null, finalWord: null });
        expect(apply(offer, given('yes'), AT_THE_END).offer.kind).toBe('standby');
      }),
    );
  });

  it('keeps what names the offer, and cuts a note to 500 characters', () => {
    fc.assert(
      fc.property(
        offers,
        answers,
        times,
        fc.string({ minLength: 1, maxLength: 900 }),
        (change, answer, now, note) => {
          const offer = asked(change);
          const { offer: after } = apply(offer, { ...answer, note }, now);
          const { offerId, code, link, memberKey, employerKey, expertId } = offer;
          expect(after).toMatchObject({ offerId, code, link, memberKey, employerKey, expertId });
          expect(after.notes).toEqual([{ at: now, text: note.slice(0, 500) }]);
        },
      ),
    );
  });
});
