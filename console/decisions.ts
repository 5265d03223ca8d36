/// <reference lib="dom" />
import type { Action } from '../functions/deployments/actions.ts';
import { hasEnded } from '../functions/deployments/states.ts';
import { byId, el } from './dom.ts';
import { type Answer, ask, type Refused } from './session.ts';
import { changesBetween, type Whole } from './whole.ts';

/** What a form says: the body of the action, or what is wrong with which field. */
export type Filled = { body: Record<string, unknown> } | { errors: [fieldId: string, text: string][] };

/** A decision as a dialog: what it does to how many people before it is done, and the verb with the count on the button. */
export type Decision = {
  action: Action;
  title(d: Whole): string;
  facts(d: Whole): (Node | string)[];
  verb(d: Whole): string;
  fields?: HTMLElement[];
  filled(d: Whole): Filled;
  danger?: boolean;
};

type Open = { decision: Decision; seen: Whole; show(d: Whole, changes: string[]): void };
let open: Open | undefined;
let done: (what: string) => void = () => undefined;
let refresh: () => Promise<Whole | undefined> = async () => undefined;

/** Who is told of a decision taken, and how the newest state is read. */
export function connect(told: typeof done, newest: typeof refresh): void {
  done = told;
  refresh = newest;
}

/** Brings an open dialog up to date; what changed stands on top and the button is off for three seconds. */
export function updateDecision(whole: Whole): void {
  if (!open || open.seen.deploymentId !== whole.deploymentId || open.seen.version === whole.version) return;
  const changes = changesBetween(open.seen, whole);
  open.seen = whole;
  open.show(whole, changes);
}

const words = ({ title, detail, rule }: Refused): string =>
  `${title}. ${detail}${rule && rule !== 'STALE' && !detail.includes(rule) ? ` (rule ${rule})` : ''}`;

/**
 * Sends a decision with the version that was seen. When only answers came meanwhile it is sent again with the version
 * that stands: in a busy hour nobody could stand down otherwise.
 */
async function send(
  action: Action,
  body: Record<string, unknown>,
  seen: Whole,
  triesLeft = 4,
): Promise<Answer<{ what: string }>> {
  const path = `/api/deployments/${encodeURIComponent(seen.deploymentId)}`;
  const answer = await ask<{ what: string }>(`${path}/${action}`, { ...body, version: seen.version });
  if (!('refused' in answer) || answer.refused.rule !== 'STALE' || triesLeft === 0) return answer;
  const stands = await ask<Whole>(path);
  if (!('value' in stands) || changesBetween(seen, stands.value).length > 0) return answer;
  return send(action, body, stands.value, triesLeft - 1);
}

/** Opens a decision. Typed text stays through refusals, lost answers and sign-in. */
export function decide(decision: Decision, whole: Whole): void {
  if (open) return;
  const heading = el('h2', { tabindex: -1, autofocus: true, id: 'decision-title' });
  const facts = el('div', { class: 'facts' });
  const note = el('div', { class: 'note warn', hidden: true, role: 'status', tabindex: -1 });
  const problem = el('div', { class: 'note bad', hidden: true, role: 'alert', tabindex: -1 });
  const button = el('button', { type: 'submit', class: decision.danger ? 'danger' : 'primary' });
  const form = el(
    'form',
    { novalidate: true },
    el('div', { class: 'facts' }, problem, note),
    facts,
    decision.fields ?? [],
    el('footer', {}, el('button', { type: 'button', click: () => dialog.close() }, 'Not now'), button),
  );
  const dialog = el('dialog', { class: 'decision', 'aria-labelledby': 'decision-title' }, heading, form);

  const say = (place: HTMLElement, ...lines: (Node | string)[]) => {
    place.replaceChildren(...lines.map(line => el('p', {}, line)));
    place.hidden = lines.length === 0;
  };
  const show = (d: Whole, changes: string[]) => {
    heading.textContent = decision.title(d);
    button.textContent = decision.verb(d);
    facts.replaceChildren(...decision.facts(d));
    if (changes.length === 0) return;
    say(note, el('b', {}, 'Changed while you were reading'), ...changes);
    button.disabled = true;
    setTimeout(() => {
      button.disabled = hasEnded(open?.seen ?? d);
    }, 3000);
  };
  const wrong = (errors: [string, string][]) => {
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    for (const [id] of errors) byId(id)?.setAttribute('aria-invalid', 'true');
    const links = errors.map(([id, text]) =>
      el(
        'a',
        {
          href: `#${id}`,
          click: event => {
            event.preventDefault();
            byId(id).focus();
          },
        },
        text,
      ),
    );
    say(problem, ...links);
    if (links.length > 0) problem.focus();
  };
  const act = async () => {
    const before = open?.seen ?? whole;
    const filled = decision.filled(before);
    if ('errors' in filled) return wrong(filled.errors);
    wrong([]);
    button.disabled = true;
    const answer = await send(decision.action, filled.body, before);
    button.disabled = false;
    if ('value' in answer) {
      dialog.close();
      return done(answer.value.what);
    }
    if ('refused' in answer) {
      say(problem, words(answer.refused));
      problem.focus();
      if (answer.refused.status === 401 || answer.refused.rule === 'STALE') await refresh();
      return;
    }
    button.disabled = true;
    say(
      problem,
      'No answer from the system. It may or may not have been done: it is being checked. Do not click again.',
    );
    const after = await refresh();
    button.disabled = false;
    if (!after)
      return say(
        problem,
        'Still no answer. What you typed is kept; look at the page again before you click.',
      );
    const changes = changesBetween(before, after);
    say(
      problem,
      changes.length > 0
        ? 'Checked. This has changed since you clicked:'
        : 'Checked: it was not done. You can try again.',
      ...changes,
    );
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!button.disabled) void act();
  });
  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  dialog.addEventListener('close', () => {
    open = undefined;
    dialog.remove();
  });
  open = { decision, seen: whole, show };
  show(whole, []);
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
}
