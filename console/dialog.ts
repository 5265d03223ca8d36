/// <reference lib="dom" />
import { byId, el } from './dom.ts';
import type { Answer, Refused } from './session.ts';
import type { Whole } from './whole.ts';
import type { WholeEvent } from './whole-event.ts';

/** What a form says: the body of the action, or what is wrong with which field. */
export type Filled = { body: Record<string, unknown> } | { errors: [fieldId: string, text: string][] };

/** A decision as a dialog: what it does to how many people before it is done, and the verb with the count on the button. */
export type Question<T> = {
  title(d: T): string;
  facts(d: T): (Node | string)[];
  verb(d: T): string;
  fields?: HTMLElement[];
  filled(d: T): Filled;
  danger?: boolean;
};

/** What the page read last. */
export type Shown = { deployment?: Whole | undefined; event?: WholeEvent | undefined };

/** What decisions are taken about, and how one is sent. `A` is what the API answers. */
export type Matter<T, A> = {
  /** What was seen, as the page has read it last; undefined when the page shows something else. */
  newest(shown: Shown, seen: T): T | undefined;
  /** Another with every change. */
  version(d: T): string | number;
  /** What a decision may hang on that has changed, in words. */
  changes(before: T, after: T): string[];
  /** Nothing more can be decided. */
  isOver(d: T): boolean;
  send(body: Record<string, unknown>, seen: T): Promise<Answer<A>>;
  done(answer: A, seen: T): void;
  /** What to say when no answer came, and nothing has changed since. */
  unchanged: string;
};

let bringUpToDate: ((shown: Shown) => void) | undefined;
let refresh: () => Promise<Shown> = async () => ({});

/** How the newest state is read. */
export function connect(newest: typeof refresh): void {
  refresh = newest;
}

/** Brings an open dialog up to date; what changed stands on top and the button is off for three seconds. */
export const updateDialog = (shown: Shown): void => bringUpToDate?.(shown);

const words = ({ title, detail, rule }: Refused): string =>
  `${title}. ${detail}${rule && rule !== 'STALE' && !detail.includes(rule) ? ` (rule ${rule})` : ''}`;

/** Opens a dialog. Typed text stays through refusals, lost answers and sign-in. */
export function openDialog<T, A>(question: Question<T>, matter: Matter<T, A>, first: T): void {
  if (bringUpToDate) return;
  let seen = first;
  const heading = el('h2', { tabindex: -1, autofocus: true, id: 'decision-title' });
  const facts = el('div', { class: 'facts' });
  const note = el('div', { class: 'note warn', hidden: true, role: 'status', tabindex: -1 });
  const problem = el('div', { class: 'note bad', hidden: true, role: 'alert', tabindex: -1 });
  const button = el('button', { type: 'submit', class: question.danger ? 'danger' : 'primary' });
  const form = el(
    'form',
    { novalidate: true },
    el('div', { class: 'facts' }, problem, note),
    facts,
    question.fields ?? [],
    el('footer', {}, el('button', { type: 'button', click: () => dialog.close() }, 'Not now'), button),
  );
  const dialog = el('dialog', { class: 'decision', 'aria-labelledby': 'decision-title' }, heading, form);

  const say = (place: HTMLElement, ...lines: (Node | string)[]) => {
    place.replaceChildren(...lines.map(line => el('p', {}, line)));
    place.hidden = lines.length === 0;
  };
  const show = (changes: string[]) => {
    heading.textContent = question.title(seen);
    button.textContent = question.verb(seen);
    facts.replaceChildren(...question.facts(seen));
    if (changes.length === 0) return;
    say(note, el('b', {}, 'Changed while you were reading'), ...changes);
    button.disabled = true;
    setTimeout(() => {
      button.disabled = matter.isOver(seen);
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
    const before = seen;
    const filled = question.filled(before);
    if ('errors' in filled) return wrong(filled.errors);
    wrong([]);
    button.disabled = true;
    const answer = await matter.send(filled.body, before);
    button.disabled = false;
    if ('value' in answer) {
      dialog.close();
      return matter.done(answer.value, before);
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
    const after = matter.newest(await refresh(), before);
    button.disabled = false;
    if (!after)
      return say(
        problem,
        'Still no answer. What you typed is kept; look at the page again before you click.',
      );
    const changes = matter.changes(before, after);
    say(
      problem,
      changes.length > 0 ? 'Checked. This has changed since you clicked:' : matter.unchanged,
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
    bringUpToDate = undefined;
    dialog.remove();
  });
  bringUpToDate = shown => {
    const after = matter.newest(shown, seen);
    if (!after || matter.version(after) === matter.version(seen)) return;
    const changes = matter.changes(seen, after);
    seen = after;
    show(changes);
  };
  show([]);
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
}
