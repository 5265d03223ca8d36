import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSms, resolveOffer, type UnclearReason } from '../../functions/notices/sms-answer.ts';
import { NO_WORDS, OPT_OUT_WORDS, YES_WORDS } from '../../functions/notices/sms-words.ts';

describe('an SMS that answers', () => {
  const answers: [text: string, code: string | null, answer: 'yes' | 'no'][] = [
    ['K7-2QF YES', 'K7-2QF', 'yes'],
    ['K7-2QF NO', 'K7-2QF', 'no'],
    ['k7 2qf yes', 'K7-2QF', 'yes'],
    ['K72QF-YES', 'K7-2QF', 'yes'],
    ['K72QFNO', 'K7-2QF', 'no'],
    ['yes K7-2QF', 'K7-2QF', 'yes'],
    ['Yes, K7-2QF!', 'K7-2QF', 'yes'],
    ['K7 YES', 'K7', 'yes'],
    ['K7YES', 'K7', 'yes'],
    ['K7: no.', 'K7', 'no'],
    ['Y', null, 'yes'],
    ['n', null, 'no'],
    ['“K7‑2QF  yes”', 'K7-2QF', 'yes'],
    ["'K7 yes'", 'K7', 'yes'],
    ['K7-2QF\nYES\n', 'K7-2QF', 'yes'],
    ['K7-2QF yes K7', 'K7-2QF', 'yes'],
    ['Ｋ７－２ＱＦ　ＹＥＳ', 'K7-2QF', 'yes'],
    ['ｋ７ｰ２ｑｆ　はい', 'K7-2QF', 'yes'],
    ['K7ー2QF はい', 'K7-2QF', 'yes'],
    ['K7-2QFはい', 'K7-2QF', 'yes'],
    ['K7-2QFいいえ', 'K7-2QF', 'no'],
    ['K7 はい、行けます。', 'K7', 'yes'],
    ['K7 いいえ、行けません', 'K7', 'no'],
    ['K7 行けます！よろしくお願いします', 'K7', 'yes'],
    ['K7 行けません。申し訳ありません。', 'K7', 'no'],
    ['K7 可', 'K7', 'yes'],
    ['K7 不可', 'K7', 'no'],
    ['K7 不可能です', 'K7', 'no'],
    ['K7 ハイ', 'K7', 'yes'],
    ['K7 ﾊｲ', 'K7', 'yes'],
    ['K7 ○', 'K7', 'yes'],
    ['K7 ×', 'K7', 'no'],
    ['K7 参加できます', 'K7', 'yes'],
    ['K7 参加できません', 'K7', 'no'],
    ['K7 同意します', 'K7', 'yes'],
    ['K7 同意できません', 'K7', 'no'],
    ['すみません、K7 無理です', 'K7', 'no'],
    ['K7 OKです', 'K7', 'yes'],
    ['K7 yes 👍🏽', 'K7', 'yes'],
    ['K7 👍', 'K7', 'yes'],
    ['K7 👎', 'K7', 'no'],
    ['K7 yes 😀🙏', 'K7', 'yes'],
    ['K7 I can go', 'K7', 'yes'],
    ['K7 sorry, I cannot go', 'K7', 'no'],
    ["K7 I can't go", 'K7', 'no'],
    ['K7 I can’t', 'K7', 'no'],
    ['K7 will not go', 'K7', 'no'],
    ['K7 not available', 'K7', 'no'],
    ['K7 not going, thanks', 'K7', 'no'],
    ['K7 OK, thank you', 'K7', 'yes'],
    ['Hello, K7-2QF, yes please', 'K7-2QF', 'yes'],
    ['K7 we agree', 'K7', 'yes'],
  ];
  it.each(answers)('%j names %s and says %s', (text, code, answer) => {
    expect(readSms(text)).toEqual({ code, answer, rest: '' });
  });

  const unclear: [text: string, code: string | null, reason: UnclearReason][] = [
    ['I am, from 16 to 19 though', null, 'more than an answer'],
    ['yes but not before the 16th', null, 'yes and no'],
    ['K7 yes but only after the 16th', 'K7', 'more than an answer'],
    ['K7 yes from tomorrow', 'K7', 'more than an answer'],
    ['K7 no problem', 'K7', 'more than an answer'],
    ['K7 not sure', 'K7', 'yes and no'],
    ['K7 yes no', 'K7', 'yes and no'],
    ['K7 はい、でも16日からです', 'K7', 'more than an answer'],
    ['K7 行けないかもしれません', 'K7', 'more than an answer'],
    ['K7 はい いいえ', 'K7', 'yes and no'],
    ['K7 △', 'K7', 'question'],
    ['K7 行けますか？', 'K7', 'question'],
    ['K7 yes?', 'K7', 'question'],
    ['K7 了解しました', 'K7', 'more than an answer'],
    ['K7 大丈夫です', 'K7', 'more than an answer'],
    ['K7', 'K7', 'no answer word'],
    ['', null, 'no answer word'],
    ['   ', null, 'no answer word'],
    ['thanks', null, 'no answer word'],
    ['K7 I am sorry', 'K7', 'no answer word'],
    ['Can you call me', null, 'more than an answer'],
    ['STOP', null, 'opt-out word'],
    ['Stop all', null, 'opt-out word'],
    ['K7-2QF STOP', 'K7-2QF', 'opt-out word'],
    ['K7 yes STOP', 'K7', 'opt-out word'],
    ['K7 no end', 'K7', 'opt-out word'],
    ['配信停止', null, 'opt-out word'],
    ['ストップ', null, 'opt-out word'],
    ['K7 YES and M4 NO', null, 'several codes'],
    ['K7-2QF K7-3QF yes', null, 'several codes'],
    ['K7-2Q YES', 'K7', 'more than an answer'],
    ['eyes', null, 'more than an answer'],
    ['yesterday', null, 'more than an answer'],
    ['snow', null, 'more than an answer'],
    ['許可', null, 'more than an answer'],
  ];
  it.each(unclear)('%j names %s and is unclear: %s', (text, code, reason) => {
    expect(readSms(text)).toMatchObject({ code, answer: 'unclear', reason });
  });

  it('keeps what an unclear text says for the desk, without the code', () => {
    expect(readSms('k7-2qf yes but not before the 16th')).toMatchObject({
      rest: 'yes but not before the 16th',
    });
    expect(readSms('a'.repeat(2000))).toMatchObject({ rest: 'a'.repeat(500) });
  });

  const anything = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem(),
    fc.constantFrom('K7-2QF', 'K7', 'です', 'go'),
  );
  // Apologies hold the ending of a negation and are none.
  const isFree = (text: string) => !/申し訳|すみ/.test(text);

  it('is never a yes when it holds a no-word, wherever that stands', () => {
    fc.assert(
      fc.property(
        fc.array(anything),
        fc.constantFrom(...NO_WORDS),
        fc.array(anything),
        fc.constantFrom(...YES_WORDS),
        (before, no, after, yes) => {
          fc.pre(isFree([...before, ...after].join('')));
          for (const words of [
            [...before, no, ...after],
            [...before, yes, no, ...after],
            [...before, no, yes, ...after],
          ])
            expect(readSms(words.join(' ')).answer).not.toBe('yes');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is never an answer when it holds an opt-out word', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OPT_OUT_WORDS),
        fc.constantFrom(...YES_WORDS, ...NO_WORDS, 'K7-2QF'),
        (stop, word) => {
          expect(readSms(`${word} ${stop}`)).toMatchObject({ answer: 'unclear', reason: 'opt-out word' });
          expect(readSms(`${stop.toLowerCase()} ${word}`)).toMatchObject({
            answer: 'unclear',
            reason: 'opt-out word',
          });
        },
      ),
    );
  });

  it('never fails, whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void readSms(text)));
  });
});

describe('the offer that an SMS names', () => {
  const offers = [{ code: 'K7-2QF' }, { code: 'M4-3BB' }, { code: 'M4-9CC' }];

  it.each([
    ['K7-2QF yes', { offer: offers[0], how: 'full code' }],
    ['K7 yes', { offer: offers[0], how: 'short code' }],
    ['M4-9CC yes', { offer: offers[2], how: 'full code' }],
    ['M4 yes', { none: 'ambiguous code' }],
    ['K7-2QG yes', { none: 'unknown code' }],
    ['P9 yes', { none: 'unknown code' }],
    ['yes', { none: 'no code' }],
    ['K7 yes M4 no', { none: 'no code' }],
  ])('%j', (text, found) => expect(resolveOffer(readSms(text), offers)).toEqual(found));

  it('is never guessed, even when there is only one', () => {
    expect(resolveOffer(readSms('yes'), [offers[0]!])).toEqual({ none: 'no code' });
  });

  it('does not exist for somebody who was asked nothing', () => {
    expect(resolveOffer(readSms('K7 yes'), [])).toEqual({ none: 'no offers' });
  });

  it('is ambiguous when an employer has two offers with one code', () => {
    expect(resolveOffer(readSms('K7-2QF yes'), [offers[0]!, { code: 'K7-2QF' }])).toEqual({
      none: 'ambiguous code',
    });
  });
});
