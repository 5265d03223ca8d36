/// <reference lib="dom" />
import type { Filled } from './dialog.ts';
import { byId, el } from './dom.ts';

/** A labelled control with a hint under the label. */
export const field = (id: string, label: string, hint: string, input: HTMLElement): HTMLElement => {
  input.id = id;
  input.setAttribute('aria-describedby', `${id}-hint`);
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    el('p', { class: 'hint', id: `${id}-hint`, 'aria-live': 'polite' }, hint),
    input,
  );
};
/** A line of text. */
export const text = (value = ''): HTMLInputElement =>
  el('input', { type: 'text', autocomplete: 'off', maxlength: 200, value });
/** What a control holds. */
export const entered = (id: string): string => byId<HTMLInputElement>(id).value.trim();
/** A list of sentences. */
export const facts = (...lines: (Node | string | (Node | string)[])[]): Node[] => [
  el(
    'ul',
    {},
    lines.map(line => el('li', {}, ...[line].flat())),
  ),
];
/** The optional note. */
export const noteField = () =>
  field('note', 'Note for the record (optional)', 'No names, telephone numbers or addresses.', text());
/** The reason that an ending needs. */
export const reasonField = () =>
  field('reason', 'Reason', 'It stands in the record. No telephone numbers or addresses.', text());
/** The body of a decision with a note. */
export const withNote = (): Filled => ({ body: { note: entered('note') } });
/** The body of a decision with a reason. */
export const withReason = (): Filled =>
  entered('reason') ? { body: { reason: entered('reason') } } : { errors: [['reason', 'Give a reason.']] };
