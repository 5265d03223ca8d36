import type { Outbox } from '../post.ts';
import { createStream } from '../random.ts';
import type { System } from '../surface.ts';
import type { World } from './world.ts';

/** How willing simulated people are. */
export type Temperament = 'eager' | 'typical' | 'reluctant';
export const TEMPERAMENTS: readonly Temperament[] = ['eager', 'typical', 'reluctant'];

/**
 * Shares of those who say yes and no (the rest stay silent) and the median of their delay in minutes. Unconfirmed: made
 * so that `typical` loses about a third, as dispatchers report of on-call lists (an open question for real records).
 */
const MEMBERS: Record<Temperament, { yes: number; no: number; medianMinutes: number }> = {
  eager: { yes: 0.93, no: 0.05, medianMinutes: 7 },
  typical: { yes: 0.68, no: 0.22, medianMinutes: 14 },
  reluctant: { yes: 0.45, no: 0.35, medianMinutes: 22 },
};
const EMPLOYERS: Record<Temperament, { yes: number; no: number; medianMinutes: number }> = {
  eager: { yes: 0.98, no: 0.01, medianMinutes: 12 },
  typical: { yes: 0.94, no: 0.03, medianMinutes: 25 },
  reluctant: { yes: 0.84, no: 0.08, medianMinutes: 40 },
};

/** Of those who got an SMS, this share answers by SMS; the others tap the link. */
const BY_SMS = 0.4;

/** A message that asks names the answers that it takes, in every language. */
const ASKS = /\b[A-Z]\d-[A-Z0-9]{3} (YES|はい)/;
const LINK = /\/a\/([0-9a-z]{24})/;
const CODE = /\b([A-Z]\d-[A-Z0-9]{3})\b/;

/**
 * Everybody who gets a question: thinks for a while, and answers once by SMS or on the page, or never. Each
 * decision is drawn for the person and the offer, so that one more message changes nobody else's. `speed`: how much faster
 * than life they are (60: an hour in a minute).
 */
export function createPeople(
  world: World,
  temperament: Temperament,
  seed: string | number,
  isEmployer: (address: string) => boolean,
  speed = 1,
) {
  const decided = new Set<string>();

  const receive = (to: string, text: string, phone: string | null): void => {
    const token = LINK.exec(text)?.[1];
    if (!token || !ASKS.test(text) || decided.has(token)) return;
    decided.add(token);
    const code = CODE.exec(text)?.[1];
    const random = createStream(seed, 'person', to, code ?? '');
    const habits = (isEmployer(to) ? EMPLOYERS : MEMBERS)[temperament];
    const mood = random.next();
    if (mood >= habits.yes + habits.no) return;
    const answer = mood < habits.yes ? 'yes' : 'no';
    const delay = habits.medianMinutes * 60_000 * Math.exp(0.8 * gaussian(random.next(), random.next()));
    const bySms = phone !== null && code !== undefined && random.next() < BY_SMS;
    world.at(
      world.now() + Math.max(20_000, Math.round(delay)) / speed,
      async system => {
        if (bySms) await system.inboundSms(phone, `${code} ${answer.toUpperCase()}`);
        else await tap(system, token, answer);
      },
      `answers ${answer}`,
    );
  };

  /** Opens the page and taps the button, if it is there: who comes too late finds what a late person finds. */
  const tap = async (system: System, token: string, answer: 'yes' | 'no'): Promise<void> => {
    const page = await system.http({ method: 'GET', path: `/a/${token}` });
    if (!page.body.includes(`value="${answer}"`)) return;
    const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    await system.http({
      method: 'POST',
      path: `/a/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ answer, seen }).toString(),
    });
  };

  return {
    onSms: (sms: Outbox['sms'][number]) => receive(sms.to, sms.text, sms.to),
    onEmail: (email: Outbox['emails'][number]) => receive(email.to, `${email.subject}\n${email.text}`, null),
  };
}

/** A standard normal number from two uniform ones (Box and Muller). */
const gaussian = (a: number, b: number): number =>
  Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
