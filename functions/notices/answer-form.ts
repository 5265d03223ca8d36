import * as z from 'zod';

/** What the buttons of the answer page post. `standby`: too late, but could still go; `note`: only the note. */
export const PageAnswer = z.enum(['yes', 'no', 'standby', 'read', 'coming', 'problem', 'note']);
export type PageAnswer = z.infer<typeof PageAnswer>;

/** Longest note of a person, in UTF-16 units, as `maxlength` counts them. */
export const NOTE_LENGTH = 500;

/** Why a posted form is not an answer. */
export type FormError = 'nothing chosen' | 'unknown answer' | 'note too long' | 'note is empty';

const AnswerForm = z.object({
  answer: PageAnswer,
  note: z.string().max(NOTE_LENGTH),
  /** The `assembleBy` that the person had on the screen: an answer to something the desk has changed meanwhile shows by it. */
  seen: z.string().optional(),
});

/** A posted form, read. `note` is absent when nothing was written. */
export type AnswerForm = { answer: PageAnswer; note?: string; seen?: string };

/**
 * Reads the body of a posted answer page (application/x-www-form-urlencoded). Several fields called `note`
 * (a choice and words of one's own) make one note. On an error `typed` is what the person wrote, to be shown again.
 */
export function readAnswerForm(body: string): AnswerForm | { error: FormError; typed: string } {
  const fields = new URLSearchParams(body);
  const note = fields
    .getAll('note')
    // Browsers post line ends as two characters but count them as one.
    .map(text => text.replaceAll('\r\n', '\n').trim())
    .filter(text => text !== '')
    .join(': ');
  const answer = fields.get('answer');
  if (answer === null || answer === '') return { error: 'nothing chosen', typed: note };
  const form = AnswerForm.safeParse({ answer, note, seen: fields.get('seen') ?? undefined });
  if (!form.success) {
    const isTooLong = form.error.issues.some(({ path }) => path[0] === 'note');
    return { error: isTooLong ? 'note too long' : 'unknown answer', typed: note };
  }
  if (form.data.answer === 'note' && note === '') return { error: 'note is empty', typed: note };
  return {
    answer: form.data.answer,
    ...(note === '' ? {} : { note }),
    ...(form.data.seen === undefined ? {} : { seen: form.data.seen }),
  };
}
