import type { SentSms } from './post.ts';
import type { Place } from './template.ts';

/** An inbound SMS as AWS End User Messaging publishes it to the topic. */
interface InboundMessage {
  originationNumber: string;
  destinationNumber: string;
  messageKeyword: string;
  messageBody: string;
  inboundMessageId: string;
  /** Of the last SMS to that phone; absent when there was none. */
  previousPublishedMessageId?: string;
}

export interface Inbound {
  message: InboundMessage;
  /** What AWS itself makes of the words with which a phone leaves and comes back. */
  consent: 'stop' | 'start' | null;
}

/** A number of the range that belongs to nobody, for messages that answer nothing. */
const desksNumber = '+12065550100';

const stopWords = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'ARRET', 'OPT-OUT']);
const startWords = new Set(['START', 'UNSTOP']);

/** The message that arrives when a phone sends this text. */
export function receivedFrom(received: {
  from: string;
  text: string;
  place: Place;
  messageId: string;
  sent: SentSms[];
}): Inbound {
  const { from, text, place, messageId, sent } = received;
  const previous = sent.findLast(({ to }) => to === from);
  const word = text.trim().toUpperCase();
  return {
    message: {
      originationNumber: from,
      destinationNumber: previous?.from ?? desksNumber,
      messageKeyword: `KEYWORD_${place.account}`,
      messageBody: text,
      inboundMessageId: messageId,
      ...(previous && { previousPublishedMessageId: previous.messageId }),
    },
    consent: stopWords.has(word) ? 'stop' : startWords.has(word) ? 'start' : null,
  };
}
