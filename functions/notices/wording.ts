import type { Hazard } from '../domain/primitives.ts';

/** Every text that a notice can have: its kind, and a variant where the same kind says something else. */
export type NoticeTextKey =
  | 'offer'
  | 'standby offer'
  | 'availability'
  | 'answer recorded'
  | 'answer recorded, stand-by'
  | 'answer recorded, availability'
  | 'answer unclear'
  | 'deploy'
  | 'standby'
  | 'declined'
  | 'declined by employer'
  | 'window ended'
  | 'window ended for employer'
  | 'window ended, availability'
  | 'stand down'
  | 'stand down, availability'
  | 'home'
  | 'employer request'
  | 'to employer, answer unclear'
  | 'to employer, deploy'
  | 'to employer, declined'
  | 'to employer, window ended'
  | 'to employer, stand down'
  | 'to employer, home';

/**
 * Texts with {placeholders}, which rendering.ts fills: desk, phone, code, short, link, place, hazard, team, role,
 * assembly, assembleBy, assembleDay, home, days, answerBy, employerAnswerBy, name, bring, title, facts, howTo.
 */
export type NoticeText = { sms: string; email: string };

/** All that messages say in one language. */
export type NoticeWording = {
  notices: Record<NoticeTextKey, NoticeText>;
  /** Blocks of e-mails: what is asked, and how to answer. */
  facts: string;
  howTo: string;
  footer: string;
  drill: { sms: string; email: string };
  /** Replies to an SMS that cannot be taken as an answer to one offer. */
  unplaced: { askForCode: string; unknownCode: string };
  hazards: Record<Hazard, string>;
};

/** Subjects of e-mails; English in every language, since SNS takes ASCII only. */
export type NoticeSubjects = Record<NoticeTextKey, string>;
