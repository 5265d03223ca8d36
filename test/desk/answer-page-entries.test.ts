import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Offer } from '../../functions/domain/deployment.ts';
import { type Desk, type Mission, openDesk } from '../support/mission.ts';
import { aRoster } from '../support/roster.ts';

const DAY = 24 * 60;
let desk: Desk;
let mission: Mission;
beforeAll(async () => {
  desk = await openDesk({ people: aRoster({ L: 3, A: 6, C: 3 }) });
  mission = await desk.open();
  await mission.approve();
});
afterAll(() => desk.close());

const tokenOf = (offer: Offer, whose: 'member' | 'employer' = 'member') =>
  offer.link + (whose === 'member' ? offer.memberKey : offer.employerKey);
const get = (token: string, query = '', headers: Record<string, string> = {}) =>
  desk.system.http({ method: 'GET', path: `/a/${token}${query}`, headers });
const post = async (token: string, fields: Record<string, string>, query = '') => {
  const reply = await desk.system.http({
    method: 'POST',
    path: `/a/${token}${query}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  await desk.settle();
  return reply;
};
/** Everything recorded of the deployment that reading a page must leave alone. */
const record = async () => {
  const { deployment, seats, offers, notices, timeline } = await mission.whole();
  return { deployment, seats, offers: offers.map(({ state: _state, ...offer }) => offer), notices, timeline };
};

describe('GET /a/{token}', () => {
  it('answers nothing, however often and by whomever the page is read', async () => {
    const offer = await mission.offerTo('A1');
    const before = await record();
    for (const whose of ['member', 'employer'] as const)
      for (const query of ['', '?lang=ja', '?answer=yes', '?said=thanks&answer=no'])
        expect((await get(tokenOf(offer, whose), query)).statusCode).toBe(200);
    await desk.settle();
    expect(await record()).toEqual(before);
    expect((await mission.offerTo('A1')).state).toBe('Opened');
  });

  it('is no opening when it is the employer who reads', async () => {
    const { state, ...offer } = await mission.offerTo('A2');
    expect((await get(tokenOf({ state, ...offer }, 'employer'))).statusCode).toBe(200);
    expect((await mission.offerTo('A2')).state).toBe(state);
  });

  it('is kept by no browser, shown by no search engine, and told to nobody', async () => {
    const { headers, body } = await get(tokenOf(await mission.offerTo('A2')));
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'] ?? '';
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/<script|https?:\/\//);
  });

  it('holds no address, no number and no key of anybody', async () => {
    const offer = await mission.offerTo('A2');
    for (const whose of ['member', 'employer'] as const) {
      const { body } = await get(tokenOf(offer, whose));
      for (const secret of [offer.link, offer.memberKey, offer.employerKey, desk.phoneOf('A2')])
        expect(body).not.toContain(secret);
    }
  });

  it('forgives a link that was copied by hand', async () => {
    const token = tokenOf(await mission.offerTo('A2'));
    expect((await get(token.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I'))).statusCode).toBe(200);
  });
});

describe('a token that opens nothing', () => {
  it.each<[string, (token: string) => string]>([
    ['another key', token => token.slice(0, 8) + '0'.repeat(16)],
    ['another link', token => '0'.repeat(8) + token.slice(8)],
    ['too short', token => token.slice(1)],
    ['of other letters', () => 'u'.repeat(24)],
    ['a link without its key', token => token.slice(0, 8)],
  ])('is met with one page, for reading and answering: %s', async (_what, change) => {
    const token = change(tokenOf(await mission.offerTo('A3')));
    const before = await record();
    const unknown = await get('z'.repeat(24));
    expect(unknown.statusCode).toBe(404);
    expect(await get(token)).toEqual(unknown);
    expect(await post(token, { answer: 'yes' })).toEqual(unknown);
    expect(await record()).toEqual(before);
  });

  it('is met in the language of the browser', async () => {
    const japanese = await get('z'.repeat(24), '', { 'accept-language': 'ja,en;q=0.5' });
    expect(japanese.body).toContain('lang="ja"');
    expect((await get('z'.repeat(24))).body).toContain('lang="en"');
  });
});

describe('POST /a/{token}', () => {
  it('records a yes, then asks the employer, whose page takes the second consent', async () => {
    const offer = await mission.offerTo('A1');
    const reply = await post(tokenOf(offer), {
      answer: 'yes',
      note: 'from platform 3',
      seen: offer.assembleBy,
    });
    expect([reply.statusCode, reply.headers.location, reply.body]).toEqual([303, `/a/${tokenOf(offer)}`, '']);
    expect(reply.headers['cache-control']).toBe('no-store');
    const asked = await mission.offerTo('A1');
    expect(asked).toMatchObject({
      state: 'Yes',
      member: { answer: 'yes', via: 'page', by: 'A1' },
      employer: null,
    });
    expect(asked.notes.map(({ text }) => text)).toEqual(['from platform 3']);
    expect(asked.employerAskedAt).not.toBeNull();
    const page = await get(tokenOf(offer, 'employer'));
    expect(page.body).toMatch(/name="answer" value="yes"/);
    expect((await post(tokenOf(offer, 'employer'), { answer: 'yes' })).statusCode).toBe(303);
    expect((await mission.offerTo('A1')).employer).toMatchObject({ answer: 'yes', by: 'EMP-A1' });
    expect((await mission.seats()).find(({ expertId }) => expertId === 'A1')?.state).toMatch(
      /Both|Confirmed/,
    );
  });

  it('tells in its address what was said and in which language, and no other token', async () => {
    const offer = await mission.offerTo('A1');
    const { headers } = await post(tokenOf(offer), { answer: 'problem', note: 'my knee' }, '?lang=ja&x=1');
    expect(headers.location).toBe(`/a/${tokenOf(offer)}?said=told&lang=ja`);
    expect(headers.location).not.toContain(offer.employerKey);
    const after = await mission.offerTo('A1');
    expect(after.notes.at(-1)?.text).toBe('my knee');
    expect(after.member?.answer).toBe('yes');
    const { timeline } = await mission.whole();
    expect(
      timeline.filter(({ kind, entryId }) => kind === 'desk' && entryId.includes(offer.offerId)),
    ).toHaveLength(1);
  });

  it('keeps a note that comes without an answer, and answers nothing by it', async () => {
    const offer = await mission.offerTo('A2');
    const { headers } = await post(tokenOf(offer), { answer: 'note', note: 'I could go from noon' });
    expect(headers.location).toBe(`/a/${tokenOf(offer)}?said=noted`);
    const after = await mission.offerTo('A2');
    expect([after.member, after.notes.map(({ text }) => text)]).toEqual([null, ['I could go from noon']]);
  });

  it.each([
    ['a note that is too long', { answer: 'yes', note: 'x'.repeat(501) }, 'x'.repeat(501)],
    ['no choice', { note: 'words without a choice' }, 'words without a choice'],
    ['a choice that is none', { answer: 'maybe', note: 'words & <b>more</b>' }, 'words &amp; &lt;b&gt;more'],
  ])('refuses %s and keeps the text on the page', async (_what, fields, text) => {
    const offer = await mission.offerTo('A3');
    const before = await record();
    const reply = await post(tokenOf(offer), fields as unknown as Record<string, string>);
    expect(reply.statusCode).toBe(422);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body).toContain(text);
    expect(await record()).toEqual(before);
  });

  it('refuses an answer to terms that the desk has changed since', async () => {
    const offer = await mission.offerTo('A3');
    const reply = await post(tokenOf(offer), {
      answer: 'yes',
      seen: '2026-03-01T00:00:00.000Z',
      note: 'kept',
    });
    expect([reply.statusCode, (await mission.offerTo('A3')).member]).toEqual([409, null]);
    expect(reply.body).toContain('kept');
  });

  it('refuses a body that no form of the page can have', async () => {
    const reply = await post(tokenOf(await mission.offerTo('A3')), {
      answer: 'yes',
      note: 'x'.repeat(20_000),
    });
    expect([reply.statusCode, (await mission.offerTo('A3')).member]).toEqual([413, null]);
  });

  it('records a no, and takes it back no more once the seat is somebody else’s', async () => {
    const offer = await mission.offerTo('A4');
    await post(tokenOf(offer), { answer: 'no' });
    expect((await mission.offers('A4')).find(o => o.offerId === offer.offerId)).toMatchObject({
      state: 'No',
      member: { answer: 'no' },
      finalWord: { word: 'declined' },
    });
    expect((await desk.holds()).A4).toBeUndefined();
  });

  it('opens nothing two weeks after the last word, as if it had never been', async () => {
    const [offer] = await mission.offers('A4');
    expect((await get(tokenOf(offer!))).statusCode).toBe(200);
    expect((await mission.act('stand-down', { reason: 'the state has help enough' })).status).toBe(200);
    await desk.advance(15 * DAY);
    expect(await get(tokenOf(offer!))).toEqual(await get('z'.repeat(24)));
    expect(await get(tokenOf(offer!, 'employer'))).toEqual(await get('z'.repeat(24)));
    const before = await record();
    expect(await post(tokenOf(offer!), { answer: 'note', note: 'Hello?' })).toEqual(
      await get('z'.repeat(24)),
    );
    expect(await record()).toEqual(before);
  });

  it('leaves no number, address or token in what is logged', async () => {
    const { logs } = await desk.evidence();
    const text = logs.join('\n');
    for (const { link, memberKey, employerKey } of await mission.offers())
      for (const secret of [link, memberKey, employerKey]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/\+44\d{6,}/);
  });
});
