import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice, Offer } from '../../functions/domain/deployment.ts';
import { DeploymentState, FinalWord, NoticeState, OfferState } from '../../functions/domain/deployment.ts';
import { dueNotices, type OfferSituation, type Reach } from '../../functions/notices/due-notices.ts';
import { aDeployment, anOffer, consent, NOW } from './samples.ts';

const member: Reach = {
  language: 'en',
  phone: { number: '+447700900001', state: 'confirmed' },
  email: {
    address: 'aoi.mori@roster.example',
    state: 'confirmed',
    topicArn: 'arn:aws:sns:x:1:relief-person-E-0001',
  },
};
const employer: Reach = {
  language: 'ja',
  phone: { number: '+442079460001', state: 'confirmed' },
  email: null,
};
const situation = (offer: Partial<Offer> = {}, change: Partial<OfferSituation> = {}): OfferSituation => ({
  offer: anOffer(offer),
  deployment: aDeployment(),
  notices: [],
  member,
  employer,
  ...change,
});
const ids = (of: OfferSituation) => dueNotices(of).map(({ noticeId }) => noticeId);
const recorded = (noticeId: string, state: Notice['state'], change: Partial<Notice> = {}): Notice => ({
  deploymentId: 'D-0041',
  noticeId,
  offerId: 'O-1',
  kind: noticeId.split('/')[1] as Notice['kind'],
  to: 'member',
  channel: noticeId.endsWith('sms') ? 'sms' : 'email',
  language: 'en',
  state,
  segments: 1,
  messageId: null,
  failure: null,
  createdAt: '2023-02-06T04:00:00.000Z',
  sentAt: null,
  ...change,
});
const word = (of: FinalWord) => ({ finalWord: { word: of, at: NOW }, askedAt: NOW });
const yes = { member: consent('yes'), state: 'Yes' as const, askedAt: NOW };
const confirmedTeams = aDeployment().teams.map(team => ({ ...team, confirmedAt: NOW }));

describe('notices that an offer calls for', () => {
  const table: [name: string, OfferSituation, string[]][] = [
    ['a new offer goes over every channel', situation(), ['O-1/offer/sms', 'O-1/offer/email']],
    [
      'so does a stand-by offer',
      situation({ kind: 'standby' }),
      ['O-1/standby offer/sms', 'O-1/standby offer/email'],
    ],
    [
      'an availability question needs no request',
      situation(
        { kind: 'availability' },
        { deployment: aDeployment({ request: null, state: 'Prepared (no request)' }) },
      ),
      ['O-1/availability/sms', 'O-1/availability/email'],
    ],
    [
      'no seat is offered without a request',
      situation({}, { deployment: aDeployment({ request: null }) }),
      [],
    ],
    [
      'but in a drill',
      situation({}, { deployment: aDeployment({ request: null, drill: true }) }),
      ['O-1/offer/sms', 'O-1/offer/email'],
    ],
    ['nobody is asked whose window ended', situation({ state: 'Silent' }), []],
    ['nobody is asked after a withdrawal', situation({ state: 'Withdrawn' }), []],
    [
      'nobody is asked in a deployment that ends',
      situation({}, { deployment: aDeployment({ standDown: { at: NOW, by: 'desk', reason: 'x' } }) }),
      [],
    ],
    [
      'a yes is confirmed over one channel and the employer asked',
      situation(yes),
      ['O-1/answer recorded/sms', 'O-1/employer request/employer/sms'],
    ],
    [
      'a standing consent asks nobody',
      situation({ ...yes, employer: { ...consent('yes'), via: 'standing consent' } }),
      ['O-1/answer recorded/sms'],
    ],
    [
      'an availability yes asks no employer',
      situation({ ...yes, kind: 'availability' }),
      ['O-1/answer recorded/sms'],
    ],
    [
      'an employer who is not on file is not asked',
      situation(yes, { employer: null }),
      ['O-1/answer recorded/sms'],
    ],
    [
      'an unclear answer is asked again',
      situation({ member: consent('unclear'), state: 'Unclear' }),
      ['O-1/answer unclear/sms'],
    ],
    [
      "so is an employer's",
      situation({ ...yes, employer: consent('unclear') }),
      ['O-1/answer recorded/sms', 'O-1/answer unclear/employer/sms'],
    ],
    ['a no waits for the review', situation({ member: consent('no'), state: 'No' }), []],
    [
      'and is then confirmed',
      situation({ member: consent('no'), state: 'No', ...word('declined') }),
      ['O-1/declined/sms'],
    ],
    [
      'the end of the window',
      situation({ state: 'Silent', ...word('window ended') }),
      ['O-1/window ended/sms'],
    ],
    [
      'the deploy notice goes over every channel and to the employer',
      situation({ ...yes, employer: consent('yes'), ...word('deploy') }),
      ['O-1/deploy/sms', 'O-1/deploy/email', 'O-1/deploy/employer/sms'],
    ],
    [
      'a stand-down too, and to an employer who was asked',
      situation({ ...yes, employerAskedAt: NOW, ...word('stand down') }),
      ['O-1/stand down/sms', 'O-1/stand down/email', 'O-1/stand down/employer/sms'],
    ],
    [
      'but not to one who never heard of it',
      situation({ ...yes, ...word('stand down') }),
      ['O-1/stand down/sms', 'O-1/stand down/email'],
    ],
    [
      'nor to one who said no',
      situation({ ...yes, employer: consent('no'), employerAskedAt: NOW, ...word('stand down') }),
      ['O-1/stand down/sms', 'O-1/stand down/email'],
    ],
    [
      'nobody is stood down who was never asked',
      situation({ finalWord: { word: 'stand down', at: NOW } }),
      [],
    ],
    [
      'home',
      situation({ ...yes, employer: consent('yes'), employerAskedAt: NOW, ...word('home') }),
      ['O-1/home/sms', 'O-1/home/employer/sms'],
    ],
    [
      'stand-by before the team is confirmed',
      situation({ ...yes, kind: 'standby', employer: consent('yes') }),
      ['O-1/answer recorded/sms'],
    ],
    [
      'stand-by after it',
      situation(
        { ...yes, kind: 'standby', employer: consent('yes') },
        { deployment: aDeployment({ teams: confirmedTeams }) },
      ),
      ['O-1/standby/sms'],
    ],
  ];
  it.each(table)('%s', (_, of, due) => expect(ids(of)).toEqual(due));

  it.each([
    ['without the member', situation({ employer: consent('yes'), ...word('deploy') })],
    [
      'with a no of the member',
      situation({ member: consent('no'), employer: consent('yes'), ...word('deploy') }),
    ],
    ['without the employer', situation({ ...yes, ...word('deploy') })],
    ['with a no of the employer', situation({ ...yes, employer: consent('no'), ...word('deploy') })],
    [
      'without the approval of the desk',
      situation(
        { ...yes, employer: consent('yes'), ...word('deploy') },
        { deployment: aDeployment({ approvals: [] }) },
      ),
    ],
  ])('nobody is told to go %s', (_, of) => expect(dueNotices(of)).toEqual([]));

  it('carries address, language and first record, and never the address of another', () => {
    const [sms, request] = dueNotices(
      situation(yes, { notices: [recorded('O-1/answer recorded/sms', 'Failed for now')] }),
    );
    expect(sms).toMatchObject({
      to: 'member',
      language: 'en',
      address: '+447700900001',
      createdAt: '2023-02-06T04:00:00.000Z',
    });
    expect(request).toMatchObject({
      to: 'employer',
      language: 'ja',
      address: '+442079460001',
      createdAt: null,
    });
  });
});

describe('what is already recorded', () => {
  const offer = (state: Notice['state']) => situation({}, { notices: [recorded('O-1/offer/sms', state)] });

  it.each([
    ['Sending', ['O-1/offer/sms', 'O-1/offer/email']],
    ['Failed for now', ['O-1/offer/sms', 'O-1/offer/email']],
    ['Sent', ['O-1/offer/email']],
    ['Delivered', ['O-1/offer/email']],
    ['Failed for good', ['O-1/offer/email']],
  ] as const)('%s', (state, due) => expect(ids(offer(state))).toEqual(due));

  it('moves a small notice to the next channel when one failed for good', () => {
    const of = (state: Notice['state']) =>
      situation(yes, { employer: null, notices: [recorded('O-1/answer recorded/sms', state)] });
    expect(ids(of('Failed for good'))).toEqual(['O-1/answer recorded/email']);
    expect(ids(of('Failed for now'))).toEqual(['O-1/answer recorded/sms']);
    expect(ids(of('Sent'))).toEqual([]);
  });

  it('is looked up for this offer only', () => {
    const notices = [recorded('O-1/offer/sms', 'Sent', { offerId: 'O-2' })];
    expect(ids(situation({}, { notices }))).toEqual(['O-1/offer/sms', 'O-1/offer/email']);
  });

  it('goes over no channel that is not confirmed', () => {
    const reach: Reach = {
      language: 'en',
      phone: { number: '+447700900001', state: 'lost' },
      email: { address: 'a@roster.example', state: 'confirmed', topicArn: null },
    };
    expect(dueNotices(situation({}, { member: reach }))).toEqual([]);
  });
});

describe('for every state', () => {
  const answer = fc
    .constantFrom('yes', 'no', 'unclear', null)
    .map(value => (value === null ? null : consent(value)));
  const anySituation = fc
    .record({
      kind: fc.constantFrom<Offer['kind']>('seat', 'standby', 'availability'),
      state: fc.constantFrom(...OfferState.options),
      member: answer,
      employer: answer,
      askedAt: fc.constantFrom(null, NOW),
      employerAskedAt: fc.constantFrom(null, NOW),
      finalWord: fc
        .option(fc.constantFrom(...FinalWord.options))
        .map(value => value && { word: value, at: NOW }),
      deploymentState: fc.constantFrom(...DeploymentState.options),
      approved: fc.boolean(),
      requested: fc.boolean(),
    })
    .map(({ deploymentState, approved, requested, ...offer }) =>
      situation(offer, {
        deployment: aDeployment({
          state: deploymentState,
          ...(approved ? {} : { approvals: [] }),
          ...(requested ? {} : { request: null }),
        }),
      }),
    );

  it('nothing is due once everything due is recorded as sent, and nothing twice', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...NoticeState.options), (of, state) => {
        const due = dueNotices(of);
        expect(new Set(due.map(({ noticeId }) => noticeId)).size).toBe(due.length);
        const notices = due.map(notice => recorded(notice.noticeId, state, { ...notice, createdAt: NOW }));
        const again = dueNotices({ ...of, notices });
        if (state === 'Sent' || state === 'Delivered') expect(again).toEqual([]);
        if (state === 'Sending' || state === 'Failed for now')
          expect(again.map(({ noticeId }) => noticeId)).toEqual(due.map(({ noticeId }) => noticeId));
        // Failing for good on every channel ends, at last, too.
        let round = { ...of, notices: [] as Notice[] };
        for (let count = 0; count < 3; count += 1) {
          const failed = dueNotices(round).map(notice =>
            recorded(notice.noticeId, 'Failed for good', { ...notice, createdAt: NOW }),
          );
          round = { ...round, notices: [...round.notices, ...failed] };
        }
        expect(dueNotices(round)).toEqual([]);
      }),
    );
  });

  it('a deploy notice stands on both consents and an approval', () => {
    fc.assert(
      fc.property(anySituation, of => {
        const offer: Offer = { ...of.offer, finalWord: { word: 'deploy', at: NOW } };
        const mayGo = offer.member?.answer === 'yes' && offer.employer?.answer === 'yes';
        const told = dueNotices({ ...of, offer }).some(({ kind }) => kind === 'deploy');
        expect(told).toBe(mayGo && of.deployment.approvals.length > 0);
      }),
    );
  });

  it('nobody who was asked is without a last word', () => {
    fc.assert(
      fc.property(anySituation, of => {
        fc.pre(
          of.offer.finalWord !== null && of.offer.finalWord.word !== 'deploy' && of.offer.askedAt !== null,
        );
        expect(
          dueNotices(of)
            .filter(({ to }) => to === 'member')
            .map(({ kind }) => kind),
        ).toContain(of.offer.finalWord!.word);
      }),
    );
  });
});
