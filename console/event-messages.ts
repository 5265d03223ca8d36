/// <reference lib="dom" />
import { card, el, level, part } from './dom.ts';
import { rawLink } from './raw.ts';
import type { EventMessage, WholeEvent } from './whole-event.ts';
import { count, utcTime } from './words.ts';

/** Older ones fold in. */
const MOST_SHOWN = 20;

const line = (message: EventMessage, receivedAt: string | undefined): HTMLElement =>
  el(
    'li',
    {},
    el(
      'div',
      {},
      el('time', { datetime: message.sentAt, title: message.sentAt }, utcTime(message.sentAt)),
      receivedAt !== undefined && el('p', { class: 'hint' }, `received ${utcTime(receivedAt)}`),
    ),
    el(
      'div',
      {},
      el(
        'p',
        { class: 'row wrap' },
        el('b', {}, message.source),
        el('span', {}, message.sourceId),
        el('small', {}, `revision ${message.revision}`),
        level(message.level),
        message.status !== 'Actual' && el('span', { class: 'chip drill' }, message.status.toUpperCase()),
        message.messageType !== 'Alert' && el('span', { class: 'chip' }, message.messageType),
      ),
      el('p', {}, el('b', {}, message.decision), `: ${message.reason}`),
      message.remarks.map(remark => el('p', { class: 'quiet' }, `Remark: ${remark}`)),
      el(
        'p',
        { class: 'hint' },
        message.channelId === null ? 'Handed in by the desk' : `By ${message.channelId}`,
        ' · ',
        rawLink(
          { rawDigest: message.rawDigest, item: message.rawPlace },
          `${message.rawPlace} of ${message.rawDigest.slice(0, 12)}…`,
          `raw ${message.alertId}`,
        ),
      ),
    ),
  );

/** Every message about an event with what became of it, newest first. */
export function showMessages(main: HTMLElement, event: WholeEvent): void {
  const ids = event.messages.map(({ alertId, decision }) => [alertId, decision]);
  part(main, 'messages', [ids, event.alerts.length], () => {
    const received = new Map(event.alerts.map(entry => [entry.alertId, entry.receivedAt]));
    const lines = [...event.messages].reverse().map(each => line(each, received.get(each.alertId)));
    const sources = count(new Set(event.messages.map(each => each.source)).size, 'source');
    return [
      card(
        'Messages',
        el('span', {}, `${lines.length} from ${sources}, newest first, times in UTC`),
        el('ol', { class: 'in timeline messages' }, lines.slice(0, MOST_SHOWN)),
        lines.length > MOST_SHOWN &&
          el(
            'details',
            { class: 'in' },
            el('summary', { 'data-key': 'older' }, `${lines.length - MOST_SHOWN} older`),
            el('ol', { class: 'timeline messages' }, lines.slice(MOST_SHOWN)),
          ),
      ),
    ];
  });
}
