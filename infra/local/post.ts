import type { Bill } from './bill.ts';
import { segmentsOf } from './bill.ts';
import type { Journal } from './journal.ts';

/** An SMS as it left: personal data. */
export interface SentSms {
  /** ISO 8601 UTC. */
  at: string;
  messageId: string;
  /** E.164. */
  to: string;
  /** The number it came from, where one was given; answers go there. */
  from?: string;
  text: string;
  segments: number;
}

/** An e-mail as it left: personal data. */
interface SentEmail {
  /** ISO 8601 UTC. */
  at: string;
  messageId: string;
  topicArn: string;
  to: string;
  subject: string;
  text: string;
}

/** What the desk was told through its topic. */
interface DeskMessage {
  /** ISO 8601 UTC. */
  at: string;
  messageId: string;
  subject: string;
  text: string;
}

/** Everything that has been sent, whole, oldest first. */
export interface Outbox {
  sms: SentSms[];
  emails: SentEmail[];
  desk: DeskMessage[];
}

export type Posted = { sms: SentSms } | { email: SentEmail } | { desk: DeskMessage };

/** The outgoing post of a system. What is here has been sent, whatever becomes of the system. */
export interface Post {
  outbox: Outbox;
  sendSms(message: Omit<SentSms, 'segments'>): void;
  sendEmail(message: SentEmail): void;
  tellDesk(message: DeskMessage): void;
}

/** Those outside who are told as soon as something is sent. */
export interface Recipients {
  onSms?: (message: SentSms) => void;
  onEmail?: (message: SentEmail) => void;
  onDeskMessage?: (message: DeskMessage) => void;
}

/** The post over its journal; `recipients` may change when a system is started again. */
export function openPost(journal: Journal<Posted>, bill: Bill, recipients: () => Recipients): Post {
  const outbox: Outbox = { sms: [], emails: [], desk: [] };
  const file = (posted: Posted) => {
    if ('sms' in posted) outbox.sms.push(posted.sms);
    else if ('email' in posted) outbox.emails.push(posted.email);
    else outbox.desk.push(posted.desk);
  };
  const post = (posted: Posted) => {
    journal.append(posted);
    file(posted);
  };
  for (const posted of journal.entries) file(posted);

  return {
    outbox,
    sendSms(message) {
      const sms = { ...message, segments: segmentsOf(message.text) };
      bill.sms += 1;
      bill.smsSegments += sms.segments;
      post({ sms });
      recipients().onSms?.(sms);
    },
    sendEmail(email) {
      bill.emails += 1;
      post({ email });
      recipients().onEmail?.(email);
    },
    tellDesk(desk) {
      post({ desk });
      recipients().onDeskMessage?.(desk);
    },
  };
}
