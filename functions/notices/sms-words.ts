/*
 * The words that an answering SMS may consist of, in every supported language at once: a person may answer
 * in another language than the question's. Written as `fold` in sms-answer.ts leaves a text: upper case,
 * half width, hiragana. Longer phrases win over their parts.
 */
const words = (text: string): string[] => text.split(/\s*[|\n]\s*/).filter(word => word !== '');

/** Words that say yes. */
export const YES_WORDS = words(`
  YES | Y | YEP | YEAH | YUP | OK | OKAY | SURE | ACCEPT | ACCEPTED | AGREE | AGREED | APPROVED
  I CAN | WE CAN | CAN GO | WILL GO | MAY GO | CAN COME | WILL COME | ABLE TO GO | AVAILABLE | CONSENT
  はい | 行けます | いけます | 行ける | 行きます | いきます | 可 | 可能 | できます | 出来ます
  おーけー | おっけー | 参加します | 参加できます | 参加可能 | 派遣可能 | 承諾 | 承諾します | 同意
  同意します | ○ | ◯ | 〇 | ⭕ | 👍 | 👌 | ✅ | 🙆 | 🙆‍♀ | 🙆‍♂
`);

/** Words that say no, and those that turn a yes into one. */
export const NO_WORDS = words(`
  NOT AVAILABLE | NOT AGREE | DON'T AGREE | NOT CONSENT | NOT ABLE TO GO | NOT ACCEPT | CANNOT ACCEPT
  NO | N | NOPE | NAH | NOT | CANNOT | CANT | CAN'T | WONT | WON'T | DONT | DON'T | DISAGREE | ISN'T
  AREN'T | NEVER | UNABLE | UNAVAILABLE | DECLINE | DECLINED | REFUSE | REFUSED | REJECT | いいえ
  いえ | 行けません | いけません | 行けない | いけない | 行きません | いきません | 不可 | 不可能
  無理 | むり | できません | 出来ません | できない | 出来ない | だめ | 駄目 | 辞退 | 辞退します
  不参加 | 参加できません | 参加しません | 参加不可 | 派遣不可 | 同意しません | 同意できません
  不同意 | ません | ない | × | ✕ | ✖ | ❌ | 👎 | 🚫 | 🙅 | 🙅‍♀ | 🙅‍♂ | ばつ
`);

/** Courtesies and small words that change nothing about an answer. */
export const FILLER_WORDS = words(`
  I | WE | HE | SHE | THEY | AM | IS | ARE | WILL | CAN | MAY | DO | GO | GOING | COME | TO | PLEASE
  THANKS | THANK YOU | SORRY | HELLO | HI | DEAR | SIR | MADAM | DESK | JDR | です | でございます
  お願いします | よろしくお願いします | よろしくお願いいたします | よろしく | すみません
  申し訳ありません | 申し訳ございません | 残念ですが | 残念ながら | ありがとうございます | 今回は
  私は
`);

/** Words that the network takes for an opt-out (STOP and its kin): never an answer to an offer. */
export const OPT_OUT_WORDS = words(`
  STOP | STOPALL | STOP ALL | CANCEL | END | QUIT | REMOVE | TD | ARRET | UNSUBSCRIBE | REVOKE
  OPTOUT | OPT OUT | 停止 | 配信停止 | 解除 | 配信解除 | すとっぷ
`);

/** Signs of doubt: with one of them no answer is taken as certain. */
export const DOUBT_SIGNS = words(`
  ? | △ | ▲ | 🤔 | 🤷 | 😕 | ❓ | ❔
`);
