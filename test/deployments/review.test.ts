import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasBothConsents,
  isPending,
  isToBeWidened,
  judge,
  nextDeadline,
  outcomeOf,
  readyStandby,
  type Verdict,
} from '../../functions/deployments/review.ts';
import type {
  Deployment,
  DeploymentTeam,
  FinalWord,
  Offer,
  Seat,
} from '../../functions/domain/deployment.ts';
import { aDeployment, anOffer, consent } from '../notices/samples.ts';
import { aSeat, nobody } from './seats.ts';

const ASKED = '2023-02-06T05:05:00.000Z';
const IN_TIME = '2023-02-06T06:04:59.999Z';
const AT_THE_END = '2023-02-06T06:05:00.000Z';
const EMPLOYER_END = '2023-02-06T08:00:00.000Z';

/** A question that has been sent, and whose newest answer nobody has looked at. */
const asked = (change: Partial<Offer> = {}) =>
  anOffer({ state: 'Sent', askedAt: ASKED, reviewed: false, ...change });
const yes = { state: 'Yes' as const, member: consent('yes'), employerAnswerBy: EMPLOYER_END };
const both = { ...yes, employer: consent('yes'), employerAnswerBy: null };
const told = (word: FinalWord) => ({ finalWord: { word, at: ASKED } });

type Short =
  | { word: FinalWord | null; state: Offer['state']; seat: Verdict['seat']; releases: boolean }
  | undefined;
const short = (verdict: Verdict | undefined): Short =>
  verdict && {
    word: verdict.offer.finalWord?.word ?? null,
    state: verdict.offer.state,
    seat: verdict.seat,
    releases: verdict.releases,
  };
const opens = (word: FinalWord | null, state: Offer['state']): Short => ({
  word,
  state,
  seat: 'opens',
  releases: true,
});
const stays = (seat: Verdict['seat'], state: Offer['state'], word: FinalWord | null = null): Short => ({
  word,
  state,
  seat,
  releases: false,
});

describe('judge', () => {
  const table: [string, Offer, string, Short][] = [
    ['no answer yet', asked({ reviewed: true }), IN_TIME, undefined],
    ['nothing sent yet, long after', asked({ reviewed: true, askedAt: null }), EMPLOYER_END, undefined],
    ['no answer as the window ends', asked({ reviewed: true }), AT_THE_END, opens('window ended', 'Silent')],
    ['a no', asked({ state: 'No', member: consent('no') }), IN_TIME, opens('declined', 'No')],
    [
      'a no after the window',
      asked({ state: 'No', member: consent('no') }),
      AT_THE_END,
      opens('declined', 'No'),
    ],
    ['nobody could be reached', asked({ state: 'Withdrawn' }), IN_TIME, opens('window ended', 'Withdrawn')],
    ['a yes', asked(yes), IN_TIME, stays('Employer to agree', 'Yes')],
    ['a yes, seen before', asked({ ...yes, reviewed: true }), AT_THE_END, undefined],
    [
      'a yes, and a silent employer',
      asked({ ...yes, reviewed: true }),
      EMPLOYER_END,
      opens('stand down', 'Silent'),
    ],
    [
      'a yes, and an employer who refuses',
      asked({ ...yes, employer: consent('no') }),
      IN_TIME,
      opens('stand down', 'No'),
    ],
    ['both consents', asked(both), IN_TIME, stays('Both consents', 'Yes')],
    ['both consents, long after the window', asked(both), EMPLOYER_END, stays('Both consents', 'Yes')],
    ['both consents, seen before', asked({ ...both, reviewed: true }), EMPLOYER_END, undefined],
    [
      'an employer who agrees before the member',
      asked({ employer: consent('yes') }),
      IN_TIME,
      stays(null, 'Sent'),
    ],
    [
      'an employer who agrees, a silent member',
      asked({ employer: consent('yes') }),
      AT_THE_END,
      opens('window ended', 'Silent'),
    ],
    [
      'an unclear answer',
      asked({ state: 'Unclear', member: consent('unclear') }),
      IN_TIME,
      stays('Unclear answer', 'Unclear'),
    ],
    [
      'an unclear answer as the window ends',
      asked({ state: 'Unclear', member: consent('unclear') }),
      AT_THE_END,
      opens('window ended', 'Silent'),
    ],
    [
      'an answer after the final word',
      asked({ ...both, ...told('deploy') }),
      IN_TIME,
      stays(null, 'Yes', 'deploy'),
    ],
    [
      'an answer to a sounding',
      asked({ kind: 'availability', seatId: null, ...yes }),
      IN_TIME,
      stays(null, 'Yes'),
    ],
    [
      'silence on a sounding',
      asked({ kind: 'availability', seatId: null, reviewed: true }),
      AT_THE_END,
      undefined,
    ],
    [
      'a late yes that still has its seat',
      asked({ ...yes, kind: 'standby' }),
      AT_THE_END,
      opens(null, 'Yes'),
    ],
    [
      'a stand-by yes without a seat',
      asked({ ...both, kind: 'standby', seatId: null }),
      IN_TIME,
      stays('Both consents', 'Yes'),
    ],
  ];
  it.each(table)('%s', (_what, offer, now, expected) => expect(short(judge(offer, now))).toEqual(expected));

  it('takes the seat from a stand-by person', () =>
    expect(judge(asked({ ...yes, kind: 'standby' }), AT_THE_END)?.offer.seatId).toBeNull());

  it('writes the last word at the moment of the judgement, and has it sent', () =>
    expect(judge(asked({ noticesDue: false }), AT_THE_END)?.offer).toMatchObject({
      finalWord: { word: 'window ended', at: AT_THE_END },
      noticesDue: true,
    }));

  const offers = fc
    .record({
      kind: fc.constantFrom('seat' as const, 'standby' as const, 'availability' as const),
      state: fc.constantFrom('Queued' as const, 'Sent' as const, 'Withdrawn' as const),
      member: fc.constantFrom(null, consent('yes'), consent('no'), consent('unclear')),
      employer: fc.constantFrom(null, consent('yes'), consent('no')),
      employerAnswerBy: fc.constantFrom(null, EMPLOYER_END),
      askedAt: fc.constantFrom(null, ASKED),
      reviewed: fc.boolean(),
      seatId: fc.constantFrom(null, 'rescue/dog-handler/3'),
      finalWord: fc.constantFrom(null, told('deploy').finalWord, told('declined').finalWord),
    })
    .map(change => anOffer(change));
  const times = fc.constantFrom(IN_TIME, AT_THE_END, EMPLOYER_END);

  it('changes nothing when it is repeated', () => {
    fc.assert(
      fc.property(offers, times, (offer, now) => {
        const verdict = judge(offer, now);
        if (verdict) expect(judge(verdict.offer, now)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('never changes a final word, never tells to go, and leaves nothing unreviewed', () => {
    fc.assert(
      fc.property(offers, times, (offer, now) => {
        const after = judge(offer, now)?.offer ?? offer;
        expect(after.reviewed).toBe(true);
        if (offer.finalWord) expect(after.finalWord).toEqual(offer.finalWord);
        else expect(after.finalWord?.word).not.toBe('deploy');
      }),
      { numRuns: 500 },
    );
  });

  it('releases a person whose seat it opens, and fills a seat on both consents alone', () => {
    fc.assert(
      fc.property(offers, times, (offer, now) => {
        const verdict = judge(offer, now);
        if (!verdict) return;
        expect(verdict.releases).toBe(verdict.seat === 'opens');
        if (verdict.seat === 'Both consents') expect(hasBothConsents(verdict.offer)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const team = aDeployment().teams[0] as DeploymentTeam;
const deployment = (change: Partial<Deployment> = {}, teamChange: Partial<DeploymentTeam> = {}) =>
  aDeployment({ teams: [{ ...team, required: 2, ...teamChange }], ...change });
const seats = (...states: Seat['state'][]): Seat[] =>
  states.map((state, index) =>
    aSeat({
      number: index + 1,
      seatId: `rescue/dog-handler/0${index + 1}`,
      state,
      offerId: state === 'Open' ? null : 'O-1',
    }),
  );
const CONFIRMED = { confirmedAt: ASKED };
const STAND_DOWN = { standDown: { at: ASKED, by: 'desk', reason: 'called off' } };

describe('outcomeOf', () => {
  const table: [string, Deployment, Seat[], boolean, string][] = [
    ['a stand-down before anything else', deployment(STAND_DOWN), seats('Open', 'Asked'), true, 'stand down'],
    ['an open seat', deployment(), seats('Open', 'Both consents'), true, 'plan'],
    [
      'a person meant for a seat and not asked',
      deployment(),
      [{ ...seats('Held, not asked', 'Asked')[0]!, offerId: null }],
      false,
      'plan',
    ],
    ['seats that are not written yet', deployment(), seats('Both consents'), true, 'plan'],
    [
      'an open seat of a confirmed team',
      deployment({}, CONFIRMED),
      seats('Open', 'Confirmed'),
      false,
      'plan',
    ],
    [
      'a widened search for a seat that nobody has looked at since',
      deployment({ widened: true }),
      seats('No candidate', 'Asked'),
      false,
      'plan',
    ],
    ['a full team', deployment(), seats('Both consents', 'Both consents'), true, 'confirm'],
    [
      'a team that goes short',
      deployment({}, { goesShort: true }),
      seats('Both consents', 'No candidate'),
      false,
      'confirm',
    ],
    ['goods alone', deployment({ teams: [] }), [], false, 'confirm'],
    ['goods alone, confirmed', deployment({ teams: [], state: 'Confirmed' }), [], false, 'under way'],
    [
      'goods alone, confirmed, a message due',
      deployment({ teams: [], state: 'Confirmed' }),
      [],
      true,
      'send',
    ],
    ['somebody asked', deployment(), seats('Asked', 'Both consents'), false, 'send'],
    ['an employer asked', deployment(), seats('Employer to agree', 'Both consents'), false, 'send'],
    ['an unclear answer', deployment(), seats('Unclear answer', 'Both consents'), false, 'send'],
    [
      'somebody asked, another seat without candidate',
      deployment(),
      seats('Asked', 'No candidate'),
      false,
      'send',
    ],
    ['no candidate', deployment(), seats('Both consents', 'No candidate'), false, 'gaps'],
    ['no candidate, and a message due', deployment(), seats('Both consents', 'No candidate'), true, 'send'],
    [
      'no candidate after the widened search',
      deployment({ widened: true, gaps: { 'rescue/dog-handler/02': nobody } }),
      seats('Both consents', 'No candidate'),
      false,
      'gaps',
    ],
    ['a confirmed team', deployment({}, CONFIRMED), seats('Confirmed', 'Confirmed'), false, 'under way'],
    [
      'a confirmed team that went short',
      deployment({}, CONFIRMED),
      seats('Confirmed', 'No candidate'),
      false,
      'under way',
    ],
    [
      'a confirmed team, a message due',
      deployment({}, CONFIRMED),
      seats('Confirmed', 'Confirmed'),
      true,
      'send',
    ],
  ];
  it.each(table)('%s', (_what, d, all, isDue, outcome) => expect(outcomeOf(d, all, isDue)).toBe(outcome));

  it('always names a step, and confirms nobody while a seat is open', () => {
    const state = fc.constantFrom<Seat['state']>(
      'Open',
      'Held, not asked',
      'Asked',
      'Employer to agree',
      'Both consents',
      'Confirmed',
      'Unclear answer',
      'No candidate',
    );
    fc.assert(
      fc.property(
        fc.array(state, { maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (states, isDue, goesShort) => {
          const d = deployment({}, { required: states.length, goesShort });
          const outcome = outcomeOf(d, seats(...states), isDue);
          expect(['plan', 'confirm', 'send', 'gaps', 'under way']).toContain(outcome);
          if (outcome === 'confirm')
            for (const each of states)
              expect(
                goesShort ? ['Both consents', 'Confirmed', 'No candidate'] : ['Both consents', 'Confirmed'],
              ).toContain(each);
        },
      ),
    );
  });
});

describe('isToBeWidened', () => {
  const seat = aSeat({ state: 'No candidate' });
  const table: [string, Deployment, Seat, boolean][] = [
    ['widened, not planned since', deployment({ widened: true }), seat, true],
    ['not widened', deployment(), seat, false],
    [
      'planned since, and still nobody',
      deployment({ widened: true, gaps: { [seat.seatId]: nobody } }),
      seat,
      false,
    ],
    ['somebody asked', deployment({ widened: true }), { ...seat, state: 'Asked' }, false],
    ['the team goes short', deployment({ widened: true }, { goesShort: true }), seat, false],
    ['the team is confirmed', deployment({ widened: true }, CONFIRMED), seat, false],
  ];
  it.each(table)('%s', (_what, d, each, expected) => expect(isToBeWidened(d, each)).toBe(expected));
});

describe('readyStandby', () => {
  it('names those with both consents and no seat, the first to say yes first', () => {
    const standby = (offerId: string, minute: string, change: Partial<Offer> = {}) =>
      asked({
        offerId,
        kind: 'standby',
        seatId: null,
        ...both,
        member: { ...consent('yes'), at: `2023-02-06T05:${minute}:00.000Z` },
        ...change,
      });
    const ready = readyStandby([
      standby('O-3', '20'),
      standby('O-2', '10'),
      standby('O-1', '20'),
      standby('a seat', '01', { kind: 'seat', seatId: 'rescue/dog-handler/01' }),
      standby('employer open', '02', { employer: null }),
      standby('was told', '03', told('stand down')),
      standby('not yet moved', '04', { seatId: 'rescue/dog-handler/01' }),
    ]);
    expect(ready.map(({ offerId }) => offerId)).toEqual(['O-2', 'O-1', 'O-3']);
  });
});

describe('nextDeadline', () => {
  const later = { answerBy: '2023-02-06T07:00:00.000Z' };
  const table: [string, Offer[], string | undefined][] = [
    ['nobody asked', [], undefined],
    ['a question not sent', [asked({ askedAt: null })], undefined],
    ['the sooner of two windows', [asked(later), asked()], AT_THE_END],
    ["the employer's window after a yes", [asked(yes)], EMPLOYER_END],
    ['both consents wait for nothing', [asked(both), asked(later)], later.answerBy],
    ['the final word ends the wait', [asked(told('declined'))], undefined],
    ['a sounding is not waited for', [asked({ kind: 'availability' })], undefined],
  ];
  it.each(table)('%s', (_what, offers, expected) => {
    expect(nextDeadline(offers)).toBe(expected);
    expect(offers.some(offer => isPending(offer) && offer.askedAt)).toBe(expected !== undefined);
  });
});
