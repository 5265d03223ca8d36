import { describe, expect, it } from 'vitest';
import { NoticeKind, type Offer } from '../../functions/domain/deployment.ts';
import type { Language } from '../../functions/domain/primitives.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { countryName } from '../../functions/notices/country-names.ts';
import { segments } from '../../functions/notices/gsm.ts';
import {
  initialsOf,
  noticeFactsOf,
  type PolicyWords,
  shortNameOf,
} from '../../functions/notices/offer-facts.ts';
import { fill, renderEmail, renderSms, renderUnplaced } from '../../functions/notices/rendering.ts';
import { aDeployment, anOffer, consent, policy } from './samples.ts';

const EMPLOYER_KINDS: NoticeKind[] = [
  'employer request',
  'answer unclear',
  'deploy',
  'declined',
  'window ended',
  'stand down',
  'home',
];
const MEMBER_KINDS = NoticeKind.options.filter(kind => kind !== 'employer request');
const LANGUAGES: Language[] = ['en', 'ja'];
const OFFER_KINDS: Offer['kind'][] = ['seat', 'standby', 'availability'];

const facts = (
  change: {
    offer?: Partial<Offer>;
    deployment?: Parameters<typeof aDeployment>[0];
    policy?: PolicyWords;
    to?: 'member' | 'employer';
    personName?: string;
  } = {},
) =>
  noticeFactsOf({
    offer: anOffer(change.offer),
    deployment: aDeployment(change.deployment),
    policy: change.policy ?? policy,
    publicUrl: 'https://relief.example.org',
    to: change.to ?? 'member',
    personName: change.personName ?? 'Uehara T.',
  });

/** Every kind of message there is: kind, reader, kind of offer, answers. */
const everyMessage = [
  ...MEMBER_KINDS.map(kind => ({ kind, to: 'member' as const })),
  ...EMPLOYER_KINDS.map(kind => ({ kind, to: 'employer' as const })),
].flatMap(one =>
  OFFER_KINDS.flatMap(offerKind =>
    [null, consent('yes')].flatMap(member =>
      [null, consent('no')].map(employer => ({
        ...one,
        offer: { kind: offerKind, member, employer, state: 'Silent' as const },
      })),
    ),
  ),
);

describe('an SMS', () => {
  it('asks in two segments: what, where, when, until when, and how to answer', () => {
    const text = renderSms('offer', facts(), 'en');
    expect(text).toBe(
      'JDR relief desk: can you go to Türkiye (earthquake) as dog handler, rescue team? Be at Narita Airport 6 Feb 21:00 JST, home 15 Feb. ' +
        'Answer by 6 Feb 15:05 JST: K7-2QF YES or K7-2QF NO, or https://relief.example.org/a/aaaaaaaammmmmmmmmmmmmmmm',
    );
    expect(segments(text)).toMatchObject({ encoding: 'GSM-7', segments: 2 });
  });

  it('asks in Japanese', () => {
    expect(renderSms('offer', facts(), 'ja')).toBe(
      '国際緊急援助隊 派遣デスク：トルコ（地震）へ救助チームの救助犬ハンドラーとして行けますか。集合 成田空港 2月6日 21:00 JST、帰国 2月15日ごろ。' +
        '回答期限 2月6日 15:05 JST。「K7-2QF はい」か「K7-2QF いいえ」を返信、または https://relief.example.org/a/aaaaaaaammmmmmmmmmmmmmmm',
    );
  });

  it('gives the employer the own link, the name and the own deadline', () => {
    const text = renderSms(
      'employer request',
      facts({ to: 'employer', offer: { employerAnswerBy: '2023-02-06T09:00:00.000Z' } }),
      'en',
    );
    expect(text).toContain('Uehara T. said yes to go to Türkiye');
    expect(text).toContain('By 6 Feb 18:00 JST: K7-2QF YES');
    expect(text).toContain('/a/aaaaaaaaeeeeeeeeeeeeeeee');
    expect(text).not.toContain('mmmmmmmmmmmmmmmm');
  });

  it('says first that a drill is one', () => {
    const drill = { deployment: { drill: true } };
    expect(renderSms('offer', facts(drill), 'en')).toMatch(/^DRILL, nobody will travel\./);
    expect(renderSms('deploy', facts(drill), 'ja')).toMatch(/^【訓練】/);
    expect(renderEmail('offer', facts(drill), 'ja')).toMatchObject({
      subject: expect.stringMatching(/^DRILL: /),
      body: expect.stringMatching(/^【訓練】/),
    });
  });

  const real = loadPolicy();
  const seats = real.teams.flatMap(team => team.seats.map(({ role }) => ({ teamType: team.teamType, role })));
  const places = ['Marshall Islands', 'Côte d’Ivoire'];

  it.each(everyMessage.filter(({ offer }) => offer.member === null && offer.employer === null))(
    'in English is GSM and at most two segments, in Japanese at most four, for every role: $kind to $to, $offer.kind',
    message => {
      for (const seat of seats) {
        for (const countryName of places) {
          const shared = {
            to: message.to,
            policy: real,
            offer: { ...message.offer, ...seat },
            deployment: { disaster: { ...aDeployment().disaster, country: null, countryName } },
          };
          const text = renderSms(message.kind, facts(shared), 'en');
          expect(segments(text), text).toMatchObject({ encoding: 'GSM-7' });
          expect(segments(text).segments, text).toBeLessThanOrEqual(2);
          expect(segments(renderSms(message.kind, facts(shared), 'ja')).segments).toBeLessThanOrEqual(4);
        }
      }
    },
  );

  it('tells a person who said yes that it was the employer who ended it', () => {
    const offer = { member: consent('yes'), employer: consent('no') };
    expect(renderSms('stand down', facts({ offer }), 'en')).toContain('your employer cannot let you go');
    expect(
      renderSms('stand down', facts({ offer: { member: consent('yes'), state: 'Silent' } }), 'en'),
    ).toContain('did not agree in time');
    expect(
      renderSms('stand down', facts({ offer: { member: consent('yes'), employer: consent('yes') } }), 'en'),
    ).toContain('STAND DOWN');
  });

  it('that names no offer is answered with what is missing', () => {
    for (const language of LANGUAGES) {
      expect(renderUnplaced('askForCode', policy, language)).toContain('K7-2QF');
      expect(renderUnplaced('unknownCode', policy, language)).toContain('+12025550143');
    }
  });
});

describe('every message', () => {
  const cases = everyMessage.flatMap(message => LANGUAGES.map(language => ({ ...message, language })));

  it('is filled in whole, names the offer, and has no personal data of anybody else', () => {
    for (const { kind, to, offer, language } of cases) {
      const all = facts({ to, offer });
      const sms = renderSms(kind, all, language);
      const { subject, body } = renderEmail(kind, all, language);
      const text = `${sms}\n${subject}\n${body}`;
      expect(text).not.toMatch(/[{}]|undefined|null/);
      expect(sms).toMatch(/K7-2QF|\/a\/aaaaaaaa/);
      expect(body).toContain('K7-2QF');
      expect(text).not.toContain(to === 'member' ? 'eeeeeeeeeeeeeeee' : 'mmmmmmmmmmmmmmmm');
      if (to === 'member') expect(text).not.toContain('Uehara');
      expect(text).not.toMatch(/relief\.example\.org(?!\/a\/)/);
    }
  });

  it('has a subject of fewer than 100 printable ASCII characters that begins with a letter, with the code', () => {
    const long = {
      ...aDeployment().disaster,
      countryName: 'The Very Long Named Union of the Farthest Islands and Reefs of the Sea',
    };
    for (const { kind, to, offer, language } of cases) {
      for (const personName of ['Uehara T.', '上原 太.']) {
        const all = facts({ to, offer, personName, deployment: { disaster: long, drill: true } });
        const { subject } = renderEmail(kind, all, language);
        expect(subject).toMatch(/^[A-Za-z][ -~]{10,98}$/);
        expect(subject).toContain('[K7-2QF]');
        expect(subject).not.toMatch(/: {2}|^ /);
      }
    }
    expect(renderEmail('offer', facts(), 'ja').subject).toBe(
      'Can you go? Turkiye, Dog handler. Answer by 6 Feb 15:05 JST [K7-2QF]',
    );
  });

  it('of a kind that no employer gets is a mistake of the caller', () => {
    expect(() => renderSms('offer', facts({ to: 'employer' }), 'en')).toThrow(RangeError);
  });
});

describe('wording', () => {
  it('with a placeholder that has no value is a mistake', () => {
    expect(() => fill('{nothing}', {})).toThrow('{nothing}');
  });

  it.each([
    ['PHL', 'Philippines', 'the Philippines', 'フィリピン'],
    ['TUR', 'Türkiye', 'Türkiye', 'トルコ'],
    ['MHL', 'Marshall Islands', 'the Marshall Islands', 'マーシャル諸島'],
    ['MMR', 'Myanmar', 'Myanmar', 'ミャンマー'],
    ['XXX', 'Nowhere', 'Nowhere', 'Nowhere'],
    [null, 'Somewhere', 'Somewhere', 'Somewhere'],
  ])('%s', (code, name, english, japanese) => {
    expect(countryName(code, name, 'en')).toBe(english);
    expect(countryName(code, name, 'ja')).toBe(japanese);
  });

  it('shortens names', () => {
    expect(shortNameOf({ family: 'Uehara', given: 'Toru' })).toBe('Uehara T.');
    expect(initialsOf({ family: '上原', given: '透' })).toBe('上. 透.');
  });
});
