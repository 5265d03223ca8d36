import type { PageAnswer } from './answer-form.ts';
import type { PageMessage } from './page-state.ts';

/** What a button of the page means: an answer, or words for the desk. */
export type Meaning = { answer: 'yes' | 'no' } | { note: string | null; said: string };

/** A yes after the window joins the stand-by list: the same word, judged by its time. */
export function meaningOf(button: PageAnswer): Meaning {
  switch (button) {
    case 'yes':
    case 'standby':
      return { answer: 'yes' };
    case 'no':
      return { answer: 'no' };
    case 'problem':
      return { note: 'Something has come up', said: 'told' };
    case 'coming':
      return { note: null, said: 'thanks' };
    case 'read':
      return { note: null, said: 'thanks' };
    case 'note':
      return { note: null, said: 'noted' };
  }
}

/** What the page says after the redirect, by the word in its address. */
export const SAID: Readonly<Record<string, PageMessage | undefined>> = {
  told: 'told the desk',
  thanks: 'thank you',
  noted: 'noted',
  late: 'no longer possible',
};
