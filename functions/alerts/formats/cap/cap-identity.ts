import type { Level } from '../../../domain/primitives.ts';
import { instantOfIso } from '../../documents/times.ts';
import { usgsId } from '../gdacs/gdacs-values.ts';
import { type CapMessage, type CapReference, parameterOf } from './cap-message.ts';
import { referencesOf } from './cap-references.ts';
import type { Statement } from './cap-statements.ts';
import { liveVtecs, type Vtec, vtecKey } from './nws-vtec.ts';

/** A store's keys end at 2,048 bytes, and nothing honest comes near this. */
export const longestName = 300;

/** The graver, the greater. */
export const ranks: Readonly<Record<Level, number>> = { Unknown: 0, Green: 1, Orange: 2, Red: 3 };

/** Incident numbers only: some senders write "Alert" there in every message. */
const isIncident = (text: string) => text.length <= 100 && (/\d/.test(text) || /^[a-z]{6}$/.test(text));

/** Earlier messages that had run out when this one was made: the US weather service lists them apart, in a parameter. */
const expiredReferencesOf = (message: CapMessage): CapReference[] =>
  message.infos.flatMap(info =>
    info.parameters
      .filter(pair => pair.name === 'expiredReferences')
      .flatMap(pair => referencesOf(pair.value, message.remarks)),
  );

/** The one event of the US weather service that a message is about; of several none has its name. */
const vtecEventOf = (statements: readonly Statement[], sentAt: string, referencedAt: readonly string[]) => {
  const vtecs = statements.flatMap(statement => statement.vtecs);
  if (vtecs.length === 0) return { keys: [], event: undefined };
  const keysOf = (those: readonly Vtec[]) => [
    ...new Set(those.map(vtec => vtecKey(vtec, sentAt, referencedAt))),
  ];
  const live = keysOf(liveVtecs(vtecs));
  const keys = keysOf(vtecs);
  const candidates = live.length > 0 ? live : keys;
  return { keys, event: candidates.length === 1 ? candidates[0] : undefined };
};

/**
 * The revision of a message about one VTEC event. Its parts are sent as messages of their own at the same moment, so beside
 * the time stands which of them speaks for the event: a live part before one that is over, the graver one, then its number.
 */
const partOf = (identifier: string, statements: readonly Statement[], over: boolean): string => {
  const grade = Math.max(0, ...statements.map(statement => ranks[statement.level]));
  const part = identifier.match(/\.(\d{1,4}\.\d{1,4})$/)?.[1] ?? '';
  const number = part
    .split('.')
    .map(digits => digits.padStart(4, '0'))
    .join('.');
  return `${over ? 0 : 1}${grade}/${number}`;
};

/** Ids that one message has in several feeds: the German warning app puts its own prefix before the identifier. */
const spellingsOf = (identifier: string): string[] => {
  const bare = identifier.replace(/^(dwdmap|dwd)\.(?=2\.49\.)/, '');
  return bare === identifier ? [identifier] : [identifier, bare];
};

/** Who says it about what, in which revision, and which other messages it is about. */
export const identityOf = (
  message: CapMessage,
  statements: readonly Statement[],
  sentAt: string,
  over: boolean,
) => {
  const { identifier, sender } = message;
  const lead = statements[0]?.lead;
  const said = lead && parameterOf(lead, 'eventidkey')?.value;
  const eventKey = said !== undefined && said.length <= longestName ? said : undefined;
  const chain = [...message.references, ...expiredReferencesOf(message)];
  const referencedAt = chain.flatMap(reference => instantOfIso(reference.sent) ?? []);
  const vtec = vtecEventOf(statements, sentAt, referencedAt);
  // The tsunami centres chain their bulletins by incident, and one bulletin may be about several VTEC events.
  const event = message.incidents.some(isIncident) ? undefined : vtec.event;
  // The sender named in a reference is often another spelling of the sender itself, which may always speak of its own.
  const named = chain.flatMap(reference =>
    reference.sender === sender ? [reference] : [reference, { sender, identifier: reference.identifier }],
  );
  const capIds = [{ sender, identifier }, ...named].flatMap(id =>
    spellingsOf(id.identifier).map(spelling => `cap:${id.sender},${spelling}`),
  );
  return {
    sourceId: event ?? eventKey ?? identifier,
    revision: event === undefined ? sentAt : `${sentAt}/${partOf(identifier, statements, over)}`,
    withdraws: event !== undefined,
    references: [...new Set(named.map(reference => `${reference.sender}:${reference.identifier}`))].filter(
      key => key !== `${sender}:${identifier}`,
    ),
    ownIds: [
      ...new Set([
        ...capIds,
        ...vtec.keys.map(key => `vtec:${key}`),
        ...message.incidents.filter(isIncident).map(incident => `incident:${sender},${incident}`),
        ...[usgsId(eventKey?.toLowerCase())].flatMap(id => id ?? []),
      ]),
    ],
  };
};
