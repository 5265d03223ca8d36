import type { PageMessage } from './page-state.ts';

/** Title and first sentence of a page, and what stands below the buttons. `*bold*` and {placeholders} are filled by the page. */
export type PageText = { title: string; lead: string; below?: readonly string[] };

/** What a member can be shown: a page state, and variants where the kind of offer or an answer changes the words. */
export type MemberTextKey =
  | 'open'
  | 'open, stand-by'
  | 'open, availability'
  | 'accepted'
  | 'accepted, both agreed'
  | 'accepted, stand-by'
  | 'accepted, availability'
  | 'go'
  | 'declined'
  | 'employer declined'
  | 'employer silent'
  | 'changed'
  | 'too late'
  | 'too late, availability'
  | 'filled'
  | 'stood down'
  | 'home';

export type EmployerTextKey =
  | 'open'
  | 'accepted'
  | 'declined'
  | 'too late'
  | 'go'
  | 'filled'
  | 'stood down'
  | 'home';

/** All that the answer page says in one language. */
export type PageWording = {
  offer: string;
  drill: string;
  member: Record<MemberTextKey, PageText>;
  employer: Record<EmployerTextKey, PageText>;
  unknown: PageText;
  /** Labels of the list of facts. */
  facts: Record<'disaster' | 'role' | 'team' | 'assembly' | 'home' | 'bring' | 'person', string>;
  factValues: Record<'disaster' | 'home' | 'unchanged', string>;
  buttons: Record<
    | 'yes'
    | 'no'
    | 'yesStandby'
    | 'stillYes'
    | 'stillNo'
    | 'lateYes'
    | 'lateNo'
    | 'noAfterAll'
    | 'yesAfterAll'
    | 'coming'
    | 'problem'
    | 'read'
    | 'send'
    | 'agree'
    | 'disagree',
    string
  >;
  /** The employer where no name is given, and until when it may answer ({moment}). */
  yourEmployer: string;
  until: string;
  changeAnswer: string;
  addSomething: string;
  noteLabel: string;
  employerStands: { legend: string; choices: readonly string[]; who: string };
  whyNot: { legend: string; optional: string; choices: readonly string[] };
  messages: Record<PageMessage, string>;
  footer: { phone: string; sms: string; private: string };
};
