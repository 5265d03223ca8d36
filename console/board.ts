/// <reference lib="dom" />
import type { Seat } from '../functions/domain/deployment.ts';
import type { Wording } from '../functions/domain/primitives.ts';
import { answerByVoice, replacement, seatWords } from './choices.ts';
import type { Decision } from './decisions.ts';
import { age, card, el, icon } from './dom.ts';
import { boardOf, type Row, statesOf, type Whole } from './whole.ts';
import { componentOf, deskTime, inWords, masked, roleName, seatName, teamName } from './words.ts';

const DRAWN: Record<Seat['state'], [className: string, symbol: string]> = {
  Open: ['open', ''],
  'Held, not asked': ['held', 'dot'],
  Asked: ['asked', 'clock'],
  'Employer to agree': ['half', 'building'],
  'Both consents': ['full', 'tick'],
  Confirmed: ['full confirmed', 'tick'],
  'Unclear answer': ['warn', 'question'],
  'Not reached': ['warn', 'struck'],
  'No candidate': ['gap', 'gap'],
};

const drawn = (state: Seat['state']): [string, Node | null] => {
  const [className, symbol] = DRAWN[state];
  return [`seat ${className}`, symbol ? icon(symbol) : null];
};

const NOBODY: Wording = { en: 'Nobody eligible is left.', ja: '資格を満たす人は残っていません。' };

let chosen: string | undefined;

/** The seat that is chosen on this page. */
export const chosenSeat = (): string | undefined => chosen;

/** Chooses a seat; none when another page is shown. */
export const chooseSeat = (seatId?: string): void => {
  chosen = seatId;
};

/** The seats of every team by role; arrows move between tiles, Enter chooses one. */
export function board(d: Whole, choose: (seatId: string) => void): HTMLElement {
  const first = chosen ?? d.seats[0]?.seatId;
  const tile = (seat: Seat, row: Row) => {
    const [className, symbol] = drawn(seat.state);
    const name = seatName(seat, row.seats.length);
    return el(
      'button',
      {
        type: 'button',
        class: className,
        title: name,
        'aria-label': name,
        'aria-pressed': String(seat.seatId === chosen),
        tabindex: seat.seatId === first ? 0 : -1,
        'data-key': seat.seatId,
        click: () => choose(seat.seatId),
      },
      symbol,
      seat.timesAsked > 1 && el('sup', { 'aria-hidden': 'true' }, String(seat.timesAsked)),
    );
  };
  const rowOf = (row: Row) =>
    el(
      'div',
      { class: `board-row${row.needsWork ? ' work' : ''}`, role: 'group', 'aria-label': roleName(row.role) },
      el(
        'span',
        {},
        roleName(row.role),
        row.critical && el('span', { title: 'critical' }, ' ★'),
        el('small', {}, ` ${componentOf(row.role)}`),
      ),
      el(
        'span',
        { class: 'tiles' },
        row.seats.map(seat => tile(seat, row)),
      ),
      el(
        'span',
        { class: 'end' },
        el('b', {}, String(row.filled)),
        ` of ${row.seats.length}`,
        el(
          'small',
          {},
          ` · reserve ${d.standby.find(list => list.teamType === row.teamType && list.role === row.role)?.expertIds.length ?? 0}`,
        ),
      ),
    );
  const legend = statesOf(d.seats).map(([state, number]) => {
    const [className, symbol] = drawn(state);
    return el(
      'li',
      {},
      el('span', { class: className, 'aria-hidden': 'true' }, symbol),
      `${state} `,
      el('b', {}, String(number)),
    );
  });
  const section = card(
    'Seats',
    el('span', {}, '★ critical · small figure: times asked'),
    el('ul', { class: 'in legend' }, legend),
    d.teams.flatMap(team => [
      el('h3', { class: 'band' }, teamName(team.teamType)),
      ...boardOf(team, d.seats).map(rowOf),
    ]),
  );
  section.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const tiles = [...section.querySelectorAll<HTMLElement>('button.seat')];
    const at = tiles.indexOf(document.activeElement as HTMLElement);
    const to = step && at >= 0 ? tiles[at + step] : undefined;
    if (!to) return;
    event.preventDefault();
    tiles[at]!.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  return section;
}

/** Who was asked for the chosen seat, and what the desk can do about it. */
export function seatPanel(
  d: Whole,
  mayAct: boolean,
  button: (label: string, decision: Decision, kind?: string) => HTMLElement,
  now: number,
): HTMLElement | string {
  const seat = d.seats.find(each => each.seatId === chosen);
  if (!seat) return '';
  const offers = d.offers.filter(offer => offer.seatId === seat.seatId);
  const current = offers.find(offer => offer.offerId === seat.offerId && !offer.finalWord);
  const panel = card(
    seatWords(seat.seatId),
    el('span', {}, seat.state),
    el(
      'div',
      { class: 'in' },
      offers.length === 0 &&
        el(
          'p',
          { class: 'quiet' },
          seat.state === 'No candidate'
            ? inWords(d.gaps[seat.seatId] ?? NOBODY)
            : 'Nobody has been asked for this seat.',
        ),
      el(
        'ul',
        { class: 'plain' },
        offers.map(offer =>
          el(
            'li',
            {},
            el('b', {}, offer.expertId),
            ` ${offer.state}`,
            offer.askedAt && [', asked ', age(offer.askedAt), ' ago'],
            offer.member && `, member ${offer.member.answer}`,
            offer.employer && `, employer ${offer.employer.answer}`,
            !offer.finalWord &&
              offer.member?.answer !== 'yes' &&
              offer.askedAt && [' · answer by ', deskTime(offer.answerBy, now)],
            offer.notes.map(note => el('p', { class: 'quiet' }, `“${masked(note.text)}”`)),
          ),
        ),
      ),
      seat.reasons.length > 0 &&
        el('p', { class: 'quiet' }, `Why: ${seat.reasons.map(reason => masked(inWords(reason))).join('; ')}`),
      mayAct &&
        current &&
        el(
          'div',
          { class: 'row wrap' },
          button('Record an answer…', answerByVoice(current.offerId, current.expertId)),
          button('Replace…', replacement(seat.seatId, current.expertId), 'danger-line'),
        ),
    ),
  );
  panel.id = 'seat-panel';
  return panel;
}
