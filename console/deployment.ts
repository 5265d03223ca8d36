/// <reference lib="dom" />
import { isFilled } from '../functions/deployments/seating.ts';
import { hasEnded, isUndecided } from '../functions/deployments/states.ts';
import type { DeploymentTeam, Seat } from '../functions/domain/deployment.ts';
import {
  answerByVoice,
  approval,
  goShort,
  increase,
  prepareOnly,
  recordRequest,
  rejection,
  replacement,
  seatWords,
  stageReport,
  standDown,
  widening,
} from './choices.ts';
import { type Decision, decide } from './decisions.ts';
import { age, card, el, icon, level, part, timeLeft } from './dom.ts';
import type { Person } from './session.ts';
import { MISSION_STAGES, nextStage, openGaps, peopleAsked, stageDueAt, titleOf } from './waiting.ts';
import { boardOf, goodsMissing, type Row, standardMet, statesOf, type Whole } from './whole.ts';
import { componentOf, count, deskTime, masked, roleName, seatName, teamName } from './words.ts';

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

let chosen: string | undefined;

/** Forgets which seat was chosen, when another page is shown. */
export const forgetSeat = (): void => {
  chosen = undefined;
};

/** Shows a deployment whole. `person` decides which buttons there are; `now` is the server's clock in epoch ms. */
export function showDeployment(main: HTMLElement, d: Whole, person: Person, now: () => number): void {
  const mayAct = person.roles.some(role => role === 'desk' || role === 'approver');
  const mayApprove = person.roles.includes('approver');
  const button = (label: string, decision: Decision | (() => void), kind = ''): HTMLElement =>
    el(
      'button',
      {
        type: 'button',
        class: kind,
        'data-key': label,
        click: () => (typeof decision === 'function' ? decision() : decide(decision, d)),
      },
      label,
    );

  part(main, 'head', [d.version, mayAct, mayApprove], () => [
    el('p', { class: 'hint' }, el('a', { href: '/#/situation' }, 'Situation'), ` / ${d.deploymentId}`),
    el('h1', { tabindex: -1 }, d.drill && el('span', { class: 'chip drill' }, 'DRILL'), titleOf(d)),
    el(
      'p',
      { class: 'row wrap quiet' },
      el('b', { class: 'state' }, d.state),
      level(d.disaster.level),
      el('span', {}, d.disaster.title),
      el(
        'span',
        {},
        d.request
          ? `Request ${d.request.reference}, ${deskTime(d.request.receivedAt, now())}`
          : 'No request recorded',
      ),
      d.conflictCaused !== null &&
        el('span', {}, d.conflictCaused ? 'Caused by conflict' : 'Not caused by conflict'),
      d.approvals.map((each, index) =>
        el(
          'span',
          {},
          `${d.approvals.length > 1 || d.state === 'Waits for second approval' ? ['First', 'Second', 'Further'][Math.min(index, 2)] : 'Approved'}${d.approvals.length > 1 || d.state === 'Waits for second approval' ? ' approval' : ''} ${each.by}, ${deskTime(each.at, now())}`,
        ),
      ),
      d.standDown && el('span', {}, `Stood down by ${d.standDown.by}: ${masked(d.standDown.reason)}`),
    ),
    mayAct ? actions() : el('p', { class: 'hint' }, 'You may read. Acting needs the role desk or approver.'),
  ]);

  function actions(): HTMLElement {
    const shown: (HTMLElement | string)[] = [];
    const gaveFirst = d.approvals.some(each => each.by === person.name);
    const { seats, standby } = peopleAsked(d.teams);
    if (isUndecided(d)) {
      shown.push(
        button(
          d.request ? 'Correct the request…' : 'Record the request…',
          () => recordRequest(d, now),
          d.request ? '' : 'primary',
        ),
      );
      if (!mayApprove)
        shown.push(
          el(
            'span',
            { class: 'hint' },
            `An approver decides whether ${count(seats + standby, 'person', 'people')} are asked.`,
          ),
        );
      else if (gaveFirst)
        shown.push(
          el('button', { disabled: true }, 'Approve…'),
          el('span', { class: 'hint' }, 'You gave the first approval. Another approver gives the second.'),
        );
      else if (!d.request)
        shown.push(
          el('button', { disabled: true }, 'Approve…'),
          el(
            'span',
            { class: 'hint' },
            'No request is recorded (rule GATE-REQUEST). Record it, or prepare only.',
          ),
        );
      else shown.push(button('Approve…', approval(now), 'primary'));
      if (!d.preparedAt && !d.request) shown.push(button('Prepare only…', prepareOnly()));
      if (mayApprove) shown.push(button('Reject…', rejection(), 'danger-line'));
    }
    if (d.increase && !hasEnded(d) && mayApprove)
      shown.push(button('Approve the further need…', increase(), 'primary'));
    if (!hasEnded(d)) shown.push(button('Stand down…', standDown(), 'danger-line'));
    return el('div', { class: 'row wrap actions' }, shown);
  }

  const filled = d.seats.filter(isFilled).length;
  part(main, 'strip', [d.teams, d.seats.map(seat => [seat.state, seat.arrivesAt]), d.state], () => [
    el(
      'div',
      { class: 'card strip' },
      d.teams.map(team => standard(team, d, now())),
      el(
        'div',
        {},
        el('p', { class: 'hint' }, 'Seats with both consents'),
        el(
          'p',
          { class: 'figure' },
          `${filled}`,
          el('small', {}, ` of ${d.seats.length} · ${d.seats.length - filled} to fill`),
        ),
        el('progress', {
          max: Math.max(1, d.seats.length),
          value: filled,
          'aria-label': 'Seats with both consents',
        }),
      ),
    ),
  ]);

  const gaps = openGaps(d);
  part(main, 'gaps', [gaps, d.widened, d.version, mayAct], () =>
    gaps.length === 0
      ? []
      : [
          el(
            'section',
            { class: 'card note bad', 'aria-label': 'Seats without a candidate' },
            el('h2', {}, `No candidate left for ${count(gaps.length, 'seat')}`),
            el(
              'ul',
              {},
              gaps.map(([seatId, reason]) =>
                el('li', {}, el('b', {}, seatWords(seatId)), `: ${masked(reason)}`),
              ),
            ),
            mayAct &&
              el(
                'div',
                { class: 'row wrap' },
                button('Go short…', goShort()),
                d.widened
                  ? el('span', { class: 'hint' }, 'The search is already widened.')
                  : button('Widen…', widening()),
                button('Stand down… ', standDown(), 'danger-line'),
              ),
          ),
        ],
  );

  part(
    main,
    'seats',
    [
      d.teams,
      d.seats,
      d.standby,
      chosen,
      mayAct,
      chosen && d.offers.filter(offer => offer.seatId === chosen),
    ],
    () => (d.seats.length === 0 ? [] : [board(d, redraw), seatPanel(d, mayAct, button, now())]),
  );
  function redraw(seatId: string): void {
    chosen = seatId;
    showDeployment(main, d, person, now);
  }

  const next = nextStage(d);
  const due = stageDueAt(d);
  part(main, 'mission', [d.stages, d.state, d.version, next, mayAct], () =>
    d.stages.length === 0 && !next
      ? []
      : [
          card(
            'Mission',
            null,
            el(
              'ol',
              { class: 'in stages' },
              MISSION_STAGES.map(stage => {
                const told = d.stages.find(each => each.stage === stage);
                return el(
                  'li',
                  told ? { class: 'done' } : {},
                  el('b', {}, stage),
                  told
                    ? ` ${deskTime(told.at, now())}, ${told.by}`
                    : stage === next
                      ? [' next', due ? ', asked about after ' : '', due ? deskTime(due, now()) : '']
                      : ' not yet',
                );
              }),
            ),
            mayAct &&
              next &&
              el('div', { class: 'in' }, button(`Report ${next}…`, stageReport(now), 'primary')),
          ),
        ],
  );

  part(main, 'goods', [d.goodsLines, d.goods], () => {
    const missing = goodsMissing(d);
    if (d.goods.length === 0 && d.goodsLines.length === 0) return [];
    const rows = d.goodsLines.map(line =>
      el(
        'tr',
        {},
        el('td', {}, line.quantity.toLocaleString('en')),
        el('td', {}, line.item),
        el('td', {}, line.warehouseId),
        el('td', {}, deskTime(line.arrivesAt, now())),
        el('td', {}, line.state),
        el('td', {}, el('small', {}, line.reason)),
      ),
    );
    return [
      card(
        'Goods',
        null,
        rows.length > 0 &&
          el(
            'div',
            { class: 'scroll' },
            el(
              'table',
              {},
              el(
                'thead',
                {},
                el(
                  'tr',
                  {},
                  ['Quantity', 'Item', 'Warehouse', 'Arrives', 'State', 'Why'].map(head =>
                    el('th', { scope: 'col' }, head),
                  ),
                ),
              ),
              el('tbody', {}, rows),
            ),
          ),
        missing.length > 0 &&
          el(
            'p',
            { class: 'in' },
            isUndecided(d)
              ? `Reserved when it is approved: ${missing.join(', ')}.`
              : `Not reserved: ${missing.join(', ')}.`,
          ),
      ),
    ];
  });

  part(main, 'timeline', d.timeline.length, () => {
    const lines = [...d.timeline].sort((a, b) => b.at.localeCompare(a.at));
    const line = (each: (typeof lines)[number]) =>
      el(
        'li',
        {},
        el('time', { datetime: each.at, title: each.at }, deskTime(each.at, now())),
        el('span', {}, masked(each.what), el('small', {}, ` ${each.who}`)),
      );
    return [
      card(
        'Timeline',
        el('span', {}, String(lines.length)),
        el('ol', { class: 'in timeline' }, lines.slice(0, 20).map(line)),
        lines.length > 20 &&
          el(
            'details',
            { class: 'in' },
            el('summary', { 'data-key': 'older' }, `${lines.length - 20} older`),
            el('ol', { class: 'timeline' }, lines.slice(20).map(line)),
          ),
      ),
    ];
  });
}

function standard(team: DeploymentTeam, d: Whole, now: number): HTMLElement {
  const met = standardMet(team, d.seats, now);
  const { seats, standby } = peopleAsked([team]);
  return el(
    'div',
    {},
    el('p', { class: 'hint' }, `${teamName(team.teamType)}: time left to be ready`),
    met || hasEnded(d)
      ? el('p', { class: 'figure' }, met ?? d.state)
      : team.deadlineAt
        ? el('p', { class: 'countdown' }, timeLeft(team.deadlineAt))
        : el('p', { class: 'figure' }, `${team.deadlineHours} h`, el('small', {}, ' from the request')),
    el(
      'p',
      { class: 'quiet' },
      team.deadlineAt
        ? `until ${deskTime(team.deadlineAt, now)} · ${team.deadlineAt.slice(11, 16)} UTC`
        : `${seats} seats, ${standby} stand-by`,
      team.goesShort && ' · goes short',
    ),
  );
}

function board(d: Whole, choose: (seatId: string) => void): HTMLElement {
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

function seatPanel(
  d: Whole,
  mayAct: boolean,
  button: (label: string, decision: Decision, kind?: string) => HTMLElement,
  now: number,
): HTMLElement | string {
  const seat = d.seats.find(each => each.seatId === chosen);
  if (!seat) return '';
  const offers = d.offers.filter(offer => offer.seatId === seat.seatId);
  const current = offers.find(offer => offer.offerId === seat.offerId && !offer.finalWord);
  return card(
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
            ? (d.gaps[seat.seatId] ?? 'Nobody eligible is left.')
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
      seat.reasons.length > 0 && el('p', { class: 'quiet' }, `Why: ${seat.reasons.map(masked).join('; ')}`),
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
}
