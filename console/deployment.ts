/// <reference lib="dom" />
import { isFilled } from '../functions/deployments/seating.ts';
import { hasEnded, isUndecided } from '../functions/deployments/states.ts';
import type { DeploymentTeam } from '../functions/domain/deployment.ts';
import { board, chooseSeat, chosenSeat, seatPanel } from './board.ts';
import {
  approval,
  goShort,
  increase,
  prepareOnly,
  rejection,
  stageReport,
  standDown,
  widening,
} from './choices.ts';
import { type Decision, decide } from './decisions.ts';
import { byId, card, el, level, part, timeLeft } from './dom.ts';
import { showPlan } from './plan.ts';
import { showRecord } from './record.ts';
import { recordRequest } from './request.ts';
import type { Person } from './session.ts';
import {
  gapLines,
  MISSION_STAGES,
  nextStage,
  openGaps,
  peopleAsked,
  stageDueAt,
  titleOf,
} from './waiting.ts';
import { standardMet, type Whole } from './whole.ts';
import { count, deskTime, inWords, masked, teamName } from './words.ts';

/** What was read last: a button that was drawn earlier opens its decision on this. */
let newest: Whole | undefined;

/** Shows a deployment whole. `person` decides which buttons there are; `now` is the server's clock in epoch ms. */
export function showDeployment(main: HTMLElement, d: Whole, person: Person, now: () => number): void {
  newest = d;
  const mayAct = person.roles.some(role => role === 'desk' || role === 'approver');
  const mayApprove = person.roles.includes('approver');
  const button = (label: string, decision: Decision | (() => void), kind = ''): HTMLElement =>
    el(
      'button',
      {
        type: 'button',
        class: kind,
        'data-key': label,
        click: () => (typeof decision === 'function' ? decision() : decide(decision, newest ?? d)),
      },
      label,
    );

  part(
    main,
    'head',
    [
      d.state,
      d.teams,
      d.request,
      d.conflictCaused,
      d.approvals,
      d.standDown,
      d.increase,
      d.preparedAt,
      person,
    ],
    () => [
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
      mayAct
        ? actions()
        : el('p', { class: 'hint' }, 'You may read. Acting needs the role desk or approver.'),
    ],
  );

  function actions(): HTMLElement {
    const shown: (HTMLElement | string)[] = [];
    const gaveFirst = d.approvals.some(each => each.by === person.name);
    const { seats, standby } = peopleAsked(d.teams);
    if (isUndecided(d)) {
      shown.push(
        button(
          d.request ? 'Correct the request…' : 'Record the request…',
          () => recordRequest(newest ?? d, now),
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

  const chosen = chosenSeat();
  const filled = d.seats.filter(isFilled).length;
  part(main, 'strip', [d.teams, d.seats.map(seat => [seat.state, seat.arrivesAt]), d.state], () => [
    el(
      'div',
      { class: 'card strip' },
      d.teams.map(team => standard(team, d, now())),
      d.seats.length > 0 &&
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

  showPlan(main, d, now);

  const broken = hasEnded(d) ? [] : d.brokenRules;
  part(main, 'rules', broken, () =>
    broken.length === 0
      ? []
      : [
          el(
            'section',
            { class: 'card note', 'aria-label': 'Rules about teams that are not met' },
            el('h2', {}, `${count(broken.length, 'rule')} about teams not met`),
            el(
              'ul',
              {},
              broken.map(({ teamType, reason }) =>
                el('li', {}, el('b', {}, teamName(teamType)), `: ${masked(inWords(reason))}`),
              ),
            ),
          ),
        ],
  );

  const gaps = openGaps(d);
  part(main, 'gaps', [gaps, d.widened, mayAct], () =>
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
              gapLines(gaps).map(({ seats, reason }) =>
                el('li', {}, el('b', {}, seats), `: ${masked(reason)}`),
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
    chooseSeat(seatId);
    showDeployment(main, d, person, now);
    byId('seat-panel')?.scrollIntoView({ block: 'nearest' });
  }

  const next = nextStage(d);
  const due = stageDueAt(d);
  part(main, 'mission', [d.stages, d.state, next, due, mayAct], () =>
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

  showRecord(main, d, now);
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
