import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Offer } from '../../functions/domain/deployment.ts';
import type { Language } from '../../functions/domain/primitives.ts';
import { readAnswerForm } from '../../functions/notices/answer-form.ts';
import { renderAnswerPage, renderUnknownPage } from '../../functions/notices/answer-page.ts';
import { type AnswerPage, pageStateOf } from '../../functions/notices/page-state.ts';
import { aDeployment, anOffer, consent, NOW, policy } from './samples.ts';

const LANGUAGES: Language[] = ['en', 'ja'];
const STATES: AnswerPage['state'][] = [
  'open',
  'accepted',
  'go',
  'declined',
  'employer declined',
  'employer silent',
  'changed',
  'too late',
  'filled',
  'stood down',
  'home',
];
const page = (change: Partial<AnswerPage> = {}) =>
  renderAnswerPage({
    audience: 'member',
    state: 'open',
    offer: anOffer(),
    deployment: aDeployment(),
    policy,
    language: 'en',
    person: 'U. T.',
    now: NOW,
    ...change,
  }).html;
const earlier = { assembleBy: '2023-02-06T10:30:00.000Z', homeAt: '2023-02-15T10:00:00.000Z' };

/** Every page there can be. */
const everyPage: Partial<AnswerPage>[] = LANGUAGES.flatMap(language =>
  (['member', 'employer'] as const).flatMap(audience =>
    STATES.flatMap(state =>
      (['seat', 'standby', 'availability'] as const).flatMap(kind =>
        [false, true].map(drill => ({
          language,
          audience,
          state,
          earlier,
          offer: anOffer({ kind, member: consent('yes') }),
          deployment: aDeployment({ drill }),
          message: 'note too long' as const,
          typed: '漢'.repeat(501),
        })),
      ),
    ),
  ),
);

const textOf = (html: string) =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the answer page', () => {
  it('asks who, what, where, when, and until when, in the order to be read', () => {
    const text = textOf(page());
    const parts = [
      'JDR relief desk',
      'Offer K7-2QF · U. T.',
      'Can you go to Türkiye with the rescue team?',
      'Answer by Mon 6 Feb 15:05 Tokyo time (06:05 UTC)',
      'Disaster Earthquake, 6 Feb',
      'Your role Dog handler',
      'Be at Narita Airport, 6 Feb 21:00',
      'Home about 15 Feb (9 days)',
      'Bring passport, dog health papers, kit A',
      'Yes, I can go',
      'No, I cannot go',
      'You are not told to go until your employer has agreed',
      'I want to add something',
      'K7 YES or K7 NO',
      'Opening this page answers nothing',
    ];
    const places = parts.map(part => [part, text.indexOf(part)] as const);
    for (const [part, at] of places) expect(at, part).toBeGreaterThanOrEqual(0);
    expect(places.map(([, at]) => at)).toEqual(places.map(([, at]) => at).toSorted((a, b) => a - b));
  });

  it('asks in Japanese', () => {
    const text = textOf(page({ language: 'ja' }));
    for (const part of [
      '救助チームでトルコへ行けますか',
      '2月6日（月） 15:05',
      '日本時間',
      '成田空港',
      '2月15日ごろ（9日間）',
      'はい、行けます',
    ])
      expect(text.replaceAll(' ', '')).toContain(part.replaceAll(' ', ''));
  });

  it('is at most 15 KB in every state and language, and the plain question under 6', () => {
    for (const one of everyPage) expect(Buffer.byteLength(page(one))).toBeLessThanOrEqual(15_000);
    for (const language of LANGUAGES) expect(Buffer.byteLength(page({ language }))).toBeLessThan(7_500);
  });

  it('holds no token, no script, and nothing that is loaded from anywhere', () => {
    for (const one of everyPage) {
      const html = page(one);
      expect(html).not.toMatch(/aaaaaaaa|mmmmmmmm|eeeeeeee/);
      expect(html).not.toMatch(/<script|<img|<link|\bsrc=|\bstyle=|\bon\w+=|url\(|@import/i);
      const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
      for (const href of links) expect(href).toMatch(/^(\?lang=(en|ja)|tel:\+\d+)$/);
      expect(links).toContain(one.language === 'en' ? '?lang=ja' : '?lang=en');
    }
  });

  it('answers by POST to its own address only', () => {
    for (const one of everyPage) {
      const html = page(one);
      const forms = [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)];
      for (const [, attributes, inside] of forms) {
        expect(attributes).toBe(' method="post"');
        expect(inside).toContain('<button');
      }
      expect(html.match(/<button/g)?.length ?? 0).toBe(
        forms.reduce((sum, [, , inside]) => sum + (inside!.match(/<button/g)?.length ?? 0), 0),
      );
    }
  });

  it('allows its style sheet by hash and nothing else', () => {
    const { html, contentSecurityPolicy } = renderUnknownPage({ policy, language: 'en' });
    const style = /<style>(.*)<\/style>/s.exec(html)![1]!;
    const digest = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  });

  it('escapes whatever was written by others', () => {
    const nasty = '<script>alert("1")</script>&\'{code}*b*';
    const html = page({
      person: nasty,
      typed: `</textarea>${nasty}`,
      employerName: nasty,
      state: 'accepted',
      offer: anOffer({ member: consent('yes') }),
      deployment: aDeployment({
        disaster: { ...aDeployment().disaster, title: nasty, countryName: nasty, country: null },
      }),
      policy: { ...policy, desk: { ...policy.desk, phone: nasty, name: { en: nasty, ja: nasty } } },
    });
    expect(html).not.toMatch(/<script|"1"/);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;{code}*b*');
    fc.assert(
      fc.property(fc.string(), text => {
        const written = page({
          typed: text,
          person: text,
          deployment: aDeployment({ disaster: { ...aDeployment().disaster, title: text } }),
        });
        const marks = (html: string) => html.match(/[<>"]/g)?.length;
        expect(marks(written)).toBe(marks(page({ typed: 'x', person: 'x' })));
      }),
    );
  });

  it('shows a drill as one, in every state', () => {
    for (const language of LANGUAGES)
      for (const state of STATES) {
        const deployment = aDeployment({ drill: true });
        expect(page({ state, language, deployment })).toContain('<div class="dr">');
        expect(page({ state, language })).not.toContain('<div class="dr">');
      }
  });

  it('shows the old terms struck and the new ones bold', () => {
    const html = page({ state: 'changed', earlier });
    expect(html).toContain('<s>Narita Airport, 6 Feb 19:30</s><br><b>Narita Airport, 6 Feb 21:00</b>');
    expect(html).toContain('15 Feb, as before');
  });

  const buttons = (html: string) =>
    [...html.matchAll(/name="answer" value="(\w+)"/g)].map(([, value]) => value);
  const yes = anOffer({ member: consent('yes') });
  const actions: [name: string, Partial<AnswerPage>, string[]][] = [
    ['open', {}, ['yes', 'no', 'note']],
    [
      'accepted: how the employer stands, and a change',
      { state: 'accepted', offer: yes },
      ['note', 'no', 'note'],
    ],
    [
      'accepted and agreed',
      { state: 'accepted', offer: { ...yes, employer: consent('yes') } },
      ['no', 'note'],
    ],
    ['accepted stand-by', { state: 'accepted', offer: { ...yes, kind: 'standby' } }, ['no', 'note']],
    ['go', { state: 'go' }, ['coming', 'problem', 'note']],
    ['declined: a reason, and back', { state: 'declined' }, ['note', 'yes', 'note']],
    [
      'declined and settled',
      { state: 'declined', now: '2023-02-06T07:00:00.000Z' },
      ['note', 'standby', 'note'],
    ],
    ['changed', { state: 'changed', earlier }, ['yes', 'no', 'note']],
    ['too late joins stand-by', { state: 'too late' }, ['standby', 'no', 'note']],
    ['filled', { state: 'filled' }, []],
    ['stood down', { state: 'stood down' }, ['read', 'note']],
    ['home', { state: 'home' }, []],
    ["the employer's question", { audience: 'employer', offer: yes }, ['yes', 'no', 'note']],
    ["the employer's yes", { audience: 'employer', state: 'accepted' }, ['no', 'note']],
    ["the employer's no", { audience: 'employer', state: 'declined' }, ['note']],
  ];
  it.each(actions)('offers in the state %s', (_, change, values) =>
    expect(buttons(page(change))).toEqual(values),
  );

  it('asks the employer by name, without what only the member sees', () => {
    const text = textOf(
      page({
        audience: 'employer',
        person: 'Uehara T.',
        offer: { ...yes, employerAnswerBy: '2023-02-06T09:00:00.000Z' },
      }),
    );
    expect(text).toContain('May Uehara T. go with JDR, 6 Feb to 15 Feb?');
    expect(text).toContain('Mon 6 Feb 18:00 Tokyo time');
    expect(text).not.toContain('dog health papers');
  });

  it('says the same of an unknown link and of an expired one', () => {
    const text = textOf(renderUnknownPage({ policy, language: 'ja' }).html);
    expect(text).toContain('このリンクは使えません');
    expect(text).not.toContain('K7');
  });

  it('says that an earlier answer was unclear where it can be given again', () => {
    expect(page({ offer: anOffer({ member: consent('unclear') }) })).toContain('neither a yes nor a no');
    expect(page()).not.toContain('neither a yes nor a no');
  });

  it('keeps a note that was too long, opened, with the message on top', () => {
    const html = page({ message: 'note too long', typed: 'my <note>' });
    expect(html).toMatch(/<main><div class="x w" role="alert"><p>Not sent/);
    expect(html).toMatch(/<details open>.*my &lt;note&gt;<\/textarea>/s);
  });
});

describe('the state of a page', () => {
  const after = '2023-02-06T06:05:00.000Z';
  const end = (word: NonNullable<Offer['finalWord']>['word']) => ({ finalWord: { word, at: NOW } });
  const standDown = {
    state: 'Standing down' as const,
    standDown: { at: NOW, by: 'desk', reason: 'withdrawn' },
  };
  const running = aDeployment();

  it.each<[string, Partial<Offer>, Partial<Parameters<typeof pageStateOf>[0]>, string]>([
    ['asked', {}, {}, 'open'],
    ['answered unclearly', { member: consent('unclear') }, {}, 'open'],
    ['silent', {}, { now: after }, 'too late'],
    ['closed by the review', end('window ended'), {}, 'too late'],
    ['said yes', { member: consent('yes') }, {}, 'accepted'],
    ['said yes, window over', { member: consent('yes') }, { now: after }, 'accepted'],
    ['said no', { member: consent('no') }, {}, 'declined'],
    ['said no, reviewed', { member: consent('no'), ...end('declined') }, {}, 'declined'],
    [
      'employer said no',
      { member: consent('yes'), employer: consent('no'), ...end('stand down') },
      {},
      'employer declined',
    ],
    [
      'employer silent',
      { member: consent('yes'), state: 'Silent', ...end('stand down') },
      {},
      'employer silent',
    ],
    ['confirmed', { member: consent('yes'), ...end('deploy') }, {}, 'go'],
    ['surplus', { member: consent('yes'), ...end('stand down') }, {}, 'filled'],
    ['withdrawn', { state: 'Withdrawn' }, {}, 'filled'],
    [
      'replaced after the deploy notice',
      { member: consent('yes'), ...end('stand down') },
      { toldToGo: true },
      'stood down',
    ],
    ['mission ended', { member: consent('yes') }, { deployment: { ...running, ...standDown } }, 'stood down'],
    ['home', { member: consent('yes'), ...end('home') }, {}, 'home'],
    ['changed', {}, { earlier }, 'changed'],
    ['changed back', {}, { earlier: { assembleBy: anOffer().assembleBy, homeAt: anOffer().homeAt } }, 'open'],
    ['two weeks later', end('declined'), { now: '2023-02-20T05:46:00.000Z' }, 'unknown'],
    ['two weeks after the deploy notice', end('deploy'), { now: '2023-02-20T05:46:00.000Z' }, 'go'],
    ['two weeks after the return', end('deploy'), { now: '2023-03-01T10:00:00.000Z' }, 'unknown'],
  ])('%s: member', (_, offer, change, state) => {
    expect(
      pageStateOf({ audience: 'member', offer: anOffer(offer), deployment: running, now: NOW, ...change }),
    ).toBe(state);
  });

  it.each<[string, Partial<Offer>, Partial<Parameters<typeof pageStateOf>[0]>, string]>([
    ['not said yes', {}, {}, 'filled'],
    ['asked', { member: consent('yes'), employerAnswerBy: after }, {}, 'open'],
    ['silent', { member: consent('yes'), employerAnswerBy: after }, { now: after }, 'too late'],
    ['agreed', { member: consent('yes'), employer: consent('yes') }, {}, 'accepted'],
    ['said no', { member: consent('yes'), employer: consent('no'), ...end('stand down') }, {}, 'declined'],
    ['surplus', { member: consent('yes'), employer: consent('yes'), ...end('stand down') }, {}, 'filled'],
    ['member withdrew', { member: consent('no'), employer: consent('yes') }, {}, 'filled'],
    ['goes', { member: consent('yes'), employer: consent('yes'), ...end('deploy') }, {}, 'go'],
    ['home', { member: consent('yes'), employer: consent('yes'), ...end('home') }, {}, 'home'],
    ['mission ended', { member: consent('yes') }, { deployment: { ...running, ...standDown } }, 'stood down'],
  ])('%s: employer', (_, offer, change, state) => {
    expect(
      pageStateOf({ audience: 'employer', offer: anOffer(offer), deployment: running, now: NOW, ...change }),
    ).toBe(state);
  });
});

describe('a posted form', () => {
  const body = (fields: [string, string][]) => new URLSearchParams(fields).toString();

  it.each<[string, [string, string][], unknown]>([
    ['an answer', [['answer', 'yes']], { answer: 'yes' }],
    [
      'with what was seen',
      [
        ['seen', NOW],
        ['answer', 'no'],
      ],
      { answer: 'no', seen: NOW },
    ],
    [
      'with a note',
      [
        ['answer', 'note'],
        ['note', ' hello '],
      ],
      { answer: 'note', note: 'hello' },
    ],
    [
      'a choice and words',
      [
        ['note', 'Employer: yes'],
        ['note', 'Mr Sato'],
        ['answer', 'note'],
      ],
      { answer: 'note', note: 'Employer: yes: Mr Sato' },
    ],
    [
      '500 characters with line ends',
      [
        ['answer', 'note'],
        ['note', `${'a'.repeat(250)}\r\n${'b'.repeat(249)}`],
      ],
      { answer: 'note', note: `${'a'.repeat(250)}\n${'b'.repeat(249)}` },
    ],
    ['nothing', [], { error: 'nothing chosen', typed: '' }],
    ['an empty answer', [['answer', '']], { error: 'nothing chosen', typed: '' }],
    [
      'an answer that is none',
      [
        ['answer', 'maybe'],
        ['note', 'x'],
      ],
      { error: 'unknown answer', typed: 'x' },
    ],
    [
      'an empty note',
      [
        ['answer', 'note'],
        ['note', '  '],
      ],
      { error: 'note is empty', typed: '' },
    ],
    [
      'a note too long',
      [
        ['answer', 'yes'],
        ['note', 'a'.repeat(501)],
      ],
      { error: 'note too long', typed: 'a'.repeat(501) },
    ],
  ])('%s', (_, fields, form) => expect(readAnswerForm(body(fields))).toEqual(form));

  it('reads back what the buttons of the page post', () => {
    const html = page();
    const seen = /name="seen" value="([^"]+)"/.exec(html)![1]!;
    expect(
      readAnswerForm(
        body([
          ['seen', seen],
          ['answer', 'yes'],
        ]),
      ),
    ).toEqual({ answer: 'yes', seen: anOffer().assembleBy });
  });
});
