/// <reference lib="dom" />
import type { EventAction } from '../functions/alerts/events/deciding.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import type { MergeDecision } from '../functions/domain/event.ts';
import { type Filled, type Matter, openDialog, type Question } from './dialog.ts';
import { el } from './dom.ts';
import { entered, facts, field, text } from './fields.ts';
import { ask } from './session.ts';
import { eventChanges, openerOf, type WholeEvent } from './whole-event.ts';

type Recorded = { eventId: string; action: EventAction; decisions: MergeDecision[] };

let told: (seen: WholeEvent, decisions: MergeDecision[]) => void = () => undefined;

/** Who is told that a decision was recorded and the sources are being sorted anew. */
export function tellOfSorting(done: typeof told): void {
  told = done;
}

const reason = (): HTMLElement =>
  field(
    'reason',
    'Reason',
    'It stands in the record, 3 to 500 characters. No names, telephone numbers or addresses.',
    el('textarea', { rows: 3, maxlength: 500 }),
  );

const withReason = (more: Record<string, unknown>): Filled =>
  entered('reason').length < 3
    ? { errors: [['reason', 'Give a reason of at least 3 characters.']] }
    : { body: { ...more, reason: entered('reason') } };

/** An event keeps its sources when another takes it over, so it is the same matter under another id. */
const isSame = (a: WholeEvent, b: WholeEvent): boolean =>
  a.eventId === b.eventId ||
  a.sources.some(({ accountId }) => b.sources.some(other => other.accountId === accountId));

const about = (
  action: EventAction,
  isOver: (event: WholeEvent) => boolean,
): Matter<WholeEvent, Recorded> => ({
  newest: ({ event }, seen) => (event && isSame(event, seen) ? event : undefined),
  version: ({ eventId, updatedAt }) => `${eventId} ${updatedAt}`,
  changes: eventChanges,
  isOver,
  send: (body, seen) =>
    ask<Recorded>(`/api/events/${encodeURIComponent(seen.eventId)}/${action}`, {
      ...body,
      seenAt: seen.updatedAt,
    }),
  done: ({ decisions }, seen) => told(seen, decisions),
  unchanged:
    'Nothing has changed yet, but it may have been recorded: sorting takes some seconds. Look at the page again before you click.',
});

const named = (deployments: Deployment[]): string =>
  deployments.map(d => `${d.deploymentId} (${d.state})`).join(', ');

/** Takes one source out: it, and what stays, are judged anew. `own`: deployments that hang on the event. */
export function takeOut(event: WholeEvent, accountId: string, own: Deployment[]): void {
  const question: Question<WholeEvent> = {
    title: () => `Take ${accountId} out of this event?`,
    facts: now => {
      const opener = openerOf(now);
      const others = now.sources.filter(source => source.accountId !== accountId);
      const stays = others.map(source => source.accountId).join(', ') || 'nothing';
      return facts(
        opener === accountId
          ? `${accountId} opened this event: it keeps the id ${now.eventId} and stands alone in it. What stays together, ${stays}, becomes an event of its own.`
          : `${accountId} becomes an event of its own and is judged anew. ${stays} stays here.`,
        ...(opener === accountId ? ['Both are judged anew.'] : ['What stays here is judged anew too.']),
        own.length > 0
          ? `Hanging on ${now.eventId}: ${named(own)}. It is not stopped and stays with that id: look at it afterwards.`
          : 'No deployment hangs on this event. One is proposed by itself when either event calls for it.',
        'No rule brings them together again; “The same as another event…” undoes it.',
      );
    },
    verb: () => 'Take it out',
    fields: [reason()],
    filled: () => withReason({ accountId }),
    danger: own.length > 0,
  };
  const isOver = (now: WholeEvent) =>
    now.sources.length < 2 || !now.sources.some(source => source.accountId === accountId);
  openDialog(question, about('separate', isOver), event);
}

const joining = (own: Deployment[]): string[] => [
  'All sources of both stand in one event from then on; the older event keeps its id, the other leads to it.',
  'Its level is the gravest that any of them gives, and it is judged anew.',
  ...(own.length > 0 ? [`Deployments of this event: ${named(own)}. None is stopped.`] : []),
];

const gone = (eventId: string) => (now: WholeEvent) => !now.doubts.some(each => each.eventId === eventId);

/** Both events of a doubt are one. */
export function isTheSame(
  event: WholeEvent,
  other: { eventId: string; title: string },
  own: Deployment[],
): void {
  const question: Question<WholeEvent> = {
    title: () => 'Make them one event?',
    facts: now =>
      facts(`“${now.title}” (${now.eventId})`, `“${other.title}” (${other.eventId})`, ...joining(own)),
    verb: () => 'Make them one event',
    fields: [reason()],
    filled: () => withReason({ eventId: other.eventId }),
  };
  openDialog(question, about('join', gone(other.eventId)), event);
}

/** Both events of a doubt are two. */
export function keepApart(event: WholeEvent, other: { eventId: string; title: string }): void {
  const question: Question<WholeEvent> = {
    title: () => 'Keep them apart?',
    facts: now =>
      facts(
        `“${now.title}” (${now.eventId})`,
        `“${other.title}” (${other.eventId})`,
        'They stay two events, whatever their sources have in common, and are no longer listed as doubtful.',
      ),
    verb: () => 'Keep them apart',
    fields: [reason()],
    filled: () => withReason({ eventId: other.eventId }),
  };
  openDialog(question, about('keep-apart', gone(other.eventId)), event);
}

/** Joins any other event: also the way back from a source that was taken out. */
export function sameAsAnother(event: WholeEvent, own: Deployment[]): void {
  const question: Question<WholeEvent> = {
    title: () => 'Make it one with another event?',
    facts: now => facts(`“${now.title}” (${now.eventId})`, ...joining(own)),
    verb: () => 'Make them one event',
    fields: [
      field(
        'other',
        'Id of the other event',
        'As its page shows it, for example EQ-20260720-us7000t1w2.',
        text(),
      ),
      reason(),
    ],
    filled: () => {
      const given = withReason({ eventId: entered('other') });
      const errors: [string, string][] = entered('other')
        ? []
        : [['other', 'Give the id of the other event.']];
      if ('errors' in given) errors.push(...given.errors);
      return errors.length > 0 ? { errors } : given;
    },
  };
  openDialog(
    question,
    about('join', () => false),
    event,
  );
}
