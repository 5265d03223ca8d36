/// <reference lib="dom" />
import { hasEnded } from '../functions/deployments/states.ts';
import type { PlanView } from '../functions/desk/plan-view.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import { seatWords } from './choices.ts';
import { card, el, part } from './dom.ts';
import { ask } from './session.ts';
import { gapLines } from './waiting.ts';
import { count, deskTime, inWords, masked, teamName } from './words.ts';

/** What was looked at last, or why it could not be. */
let looked: { deploymentId: string; plan: PlanView } | { deploymentId: string; failed: string } | undefined;

/** Each team of a plan ahead in one line. */
export const teamLines = (plan: PlanView, now: number): string[] =>
  plan.teams.map(({ teamType, required, filled, asked, picked, arrivesAt }) => {
    const seats = `${filled + asked + picked} of ${count(required, 'seat')} would have somebody`;
    const last = arrivesAt && `, the last of them at the assembly point ${deskTime(arrivesAt, now)}`;
    return `${teamName(teamType)}: ${seats}${last ?? ''}.`;
  });

/** What a desk must know before it approves: empty seats, rules not met, goods not found, a proof that is missing. */
export function warningLines({ people, goods }: PlanView): string[] {
  const gaps = (people?.empty ?? []).map(({ seatId, reason }): [string, string] => [seatId, inWords(reason)]);
  return [
    ...gapLines(gaps).map(({ seats, reason }) => `${seats}: ${reason}`),
    ...(people?.brokenRules ?? []).map(({ teamType, reason }) => `${teamName(teamType)}: ${inWords(reason)}`),
    ...(goods?.short ?? []).map(({ item, missing, reason }) => `${missing} ${item}: ${inWords(reason)}`),
    ...(people?.certificate.trouble ? [`Not all is proven best: ${people.certificate.trouble}`] : []),
    ...(goods?.trouble ? [`The way of the goods is not proven best: ${goods.trouble}`] : []),
  ];
}

const list = (lines: string[]): HTMLElement =>
  el(
    'ul',
    {},
    lines.map(line => el('li', {}, masked(line))),
  );

const folded = (heading: string, lines: string[]): HTMLElement | false =>
  lines.length > 0 && el('details', {}, el('summary', { 'data-key': heading }, heading), list(lines));

function shown(plan: PlanView, d: Deployment, now: number): (HTMLElement | false)[] {
  const { people, goods } = plan;
  const warnings = warningLines(plan);
  return [
    plan.version !== d.version &&
      el('p', { class: 'hint' }, 'The deployment has changed since: look again before you decide.'),
    list(teamLines(plan, now)),
    warnings.length > 0 && el('div', { class: 'note bad' }, list(warnings)),
    folded(
      `${count(people?.picks.length ?? 0, 'person', 'people')} would be asked`,
      (people?.picks ?? []).map(
        ({ seatId, expertId, arrivesAt, reasons }) =>
          `${seatWords(seatId)}: ${expertId}, there ${deskTime(arrivesAt, now)}. ${reasons.map(inWords).join(' ')}`,
      ),
    ),
    folded(
      `${count(goods?.lines.length ?? 0, 'consignment')} would be reserved`,
      (goods?.lines ?? []).map(
        ({ quantity, item, warehouseId, arrivesAt, reason }) =>
          `${quantity.toLocaleString('en')} ${item} of ${warehouseId}, there ${deskTime(arrivesAt, now)}. ${inWords(reason)}`,
      ),
    ),
    folded(
      'What is proven',
      (people?.stages ?? []).map(({ sentence }) => inWords(sentence)),
    ),
  ];
}

/** The plan that would be made now, once somebody asks for it: people and goods together, nobody held. */
export function showPlan(main: HTMLElement, d: Deployment, now: () => number): void {
  const own = looked?.deploymentId === d.deploymentId ? looked : undefined;
  const model = hasEnded(d) || d.standDown ? null : [own, d.version];
  part(main, 'plan', model, () => {
    if (model === null) return [];
    const look = async (): Promise<void> => {
      const { deploymentId } = d;
      const answer = await ask<PlanView>(`/api/deployments/${encodeURIComponent(deploymentId)}/plan`);
      looked =
        'value' in answer
          ? { deploymentId, plan: answer.value }
          : {
              deploymentId,
              failed: 'refused' in answer ? answer.refused.detail : 'The desk cannot be reached.',
            };
      showPlan(main, d, now);
    };
    const button = el(
      'button',
      { type: 'button', 'data-key': 'look', click: () => void look() },
      own ? 'Look again' : 'Look at the plan',
    );
    const aside = own && 'plan' in own ? el('span', {}, `as of ${deskTime(own.plan.at, now())}`) : null;
    const content = !own
      ? [
          el(
            'p',
            { class: 'quiet' },
            'Whom and what a plan made now would choose. Nobody is asked or held by it.',
          ),
        ]
      : 'plan' in own
        ? shown(own.plan, d, now())
        : [el('p', { class: 'note bad' }, own.failed)];
    return [card('Plan ahead', aside, el('div', { class: 'in' }, content, button))];
  });
}
