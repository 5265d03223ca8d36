import { type AlertStatus, AlertStatus as Statuses } from '../../../domain/alert.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { ItemIgnored, ItemRejected } from '../format.ts';
import type { CapInfo, CapMessage } from './cap-message.ts';

/** Event codes of the Emergency Alert System that are no emergency, though published as Actual and even as Extreme. */
const idleCodes = tableOf({
  ADR: 'an administrative message',
  DMO: 'a practice warning',
  NAT: 'a national audible test',
  NIC: 'a message of the information centre',
  NMN: 'a network notification',
  NPT: 'a national test',
  NST: 'a national silent test',
  RMT: 'a monthly test',
  RWT: 'a weekly test',
});

/** Titles that begin with, or are marked as, a test or an exercise, in the languages of the feeds read so far. */
const title =
  /^[^\p{L}\p{N}]*(tests?|testing|exercise|drill|simulacro|simulation|simulado|ejercicio|prueba|exercice|essai|esercitazione|exerc[ií]cio|übung|probe|övning|test(warnung|alarm|meldung|nachricht|bericht|melding|varsel)|训练|训练|訓練|演習|試験|演练|测试|測試|演習訓練|учения|тест)(?![\p{L}\p{N}])|^[^\p{L}\p{N}]*(訓練|演習|試験|演练|测试|測試)|[[(【（]\s*(test|exercise|drill|simulacro|訓練|演習|試験|演练|测试|測試)\s*[\])】）]|\b(test|drill|exercise) (message|alert|only)\b|\brequired (weekly|monthly) test\b|\bpractice\/?demo|probe(warnung|alarm)|bundesweiter warntag/iu;

/** In capitals among small letters ("Tsunami Warning TEST"), where "test" alone could be a test site. */
const capitals = (text: string) => /\b(TEST|EXERCISE|DRILL)\b/.test(text) && /[a-z]{3}/.test(text);

/** The same said in a sentence; "this is NOT a test" says the opposite. */
const sentence =
  /\bth(is|e following)( \w+){0,2} (is|was) (only |just )?(an? )?((earthquake|tsunami|national|system|communications?) )?(test|drill|exercise)\b|\bthis is not an? (real|actual) (alert|warning|emergency|event)|\b(for|purposes? of) (test(ing)?|exercise|training)( and evaluation)? (purposes?|only)|\besto es (s[oó]lo |[uú]nicamente )?una? (prueba|simulacro|ejercicio)\b|\bceci (est|n['’]est qu['’]) ?une? (test|exercice|essai)\b|\bdies ist (nur )?(eine? )?(test|probe|übung|probewarnung|probealarm)|\bquest[ao] è (solo )?un['’a]? ?(test|esercitazione|prova)\b|\bist[oa] é (apenas )?um (teste|exerc[ií]cio|simulado)\b|これは(訓練|試験|演習)|这是(一次|一个)?(演练|测试|演习)|這是(一次|一個)?(演練|測試|演習)/iu;

/** Words of which each of the patterns above needs one: a quick look that spares nearly all texts the slow ones. */
const hint =
  /test|drill|exerc|training|not\s+an?\s+(real|actual)|prueba|prova|simula|ejercicio|essai|esercitazione|übung|probe|övning|practice|warntag|訓練|训练|試験|演習|演练|测试|演习|演練|測試|учения|тест/iu;

/** No sender hides the word behind this many characters. */
const longestLook = 2000;

const saysDrill = (text: string): boolean => {
  const begin = text.length > longestLook ? text.slice(0, longestLook) : text;
  return hint.test(begin) && sentence.test(begin.replace(/\s+/g, ' '));
};

const titleSaysDrill = (text: string): boolean =>
  hint.test(text) && (title.test(text) || capitals(text) || saysDrill(text));

const isDrill = (info: CapInfo): boolean =>
  titleSaysDrill(info.event) || titleSaysDrill(info.headline) || saysDrill(info.description);

/** Senders of the test lines of alert systems ("testSender@Pelmorex-test"). */
const testSender = /(^|[^a-z])tests?([^a-z]|sender|$)/i;

/**
 * The status to act on. What is marked Actual but calls itself a test or an exercise is an Exercise; what is for machines or
 * drafts is ignored. `envelope` is the status of an EDXL envelope around the message, empty when there is none.
 */
export const statusOf = (message: CapMessage, envelope: string): AlertStatus => {
  const text = message.status;
  const status = Statuses.safeParse(text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase());
  if (!status.success) throw new ItemRejected(`status "${plainText(text)}" is none that CAP has`);
  for (const said of [status.data, envelope])
    if (/^(test|system|draft)$/i.test(said))
      throw new ItemIgnored(`status ${plainText(said)}: not for any recipient to act on`);
  for (const info of message.infos)
    for (const { value } of info.eventCodes) {
      const code = value.toUpperCase();
      const idle = idleCodes.get(code);
      if (idle !== undefined)
        throw new ItemIgnored(`event code ${code}: ${idle}, though marked ${plainText(text)}`);
    }
  if (status.data === 'Exercise' || /^exercise$/i.test(envelope)) return 'Exercise';
  if (message.infos.some(isDrill) || saysDrill(message.note)) {
    message.remarks.push('marked Actual, but it calls itself a test or an exercise');
    return 'Exercise';
  }
  if (testSender.test(message.sender)) {
    message.remarks.push('marked Actual, but its sender is a test line');
    return 'Exercise';
  }
  return 'Actual';
};
