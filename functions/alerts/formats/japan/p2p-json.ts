import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { type AlertDraft, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, List, Numeric, numberIn, Text, textIn } from '../json-fields.ts';
import { readP2pQuake } from './p2p-quake.ts';
import { readP2pTsunami } from './p2p-tsunami.ts';

/** What all messages have; `code` and `id` are missing where the relay's own converter wrote the file. */
export const P2pMessage = z.object({
  code: Numeric,
  time: Text,
  issue: z
    .object({ source: Text, time: Text, type: Text, correct: Text, eventId: Text, serial: Text })
    .nullish(),
  cancelled: z.unknown().optional(),
  test: z.unknown().optional(),
  earthquake: z.unknown().optional(),
  areas: List,
  points: List,
});
export type P2pMessage = z.infer<typeof P2pMessage>;

/** Codes of messages that are no warning: 554 detection of an early warning, 555 peers, 561 and 9611 reports of users. */
const idle = tableOf({
  '554': 'an early warning was heard; what it says comes as 556',
  '555': 'peers of the network',
  '561': 'a user felt a quake',
  '9611': 'evaluation of what users felt',
});

const isMessage = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const code = numberIn(fieldOf(value, 'code'));
  if (code !== undefined) {
    const known = code === 551 || code === 552 || code === 556 || idle.has(String(code));
    return known && textIn(fieldOf(value, 'time')) !== undefined;
  }
  const issue = fieldOf(value, 'issue');
  if (textIn(fieldOf(issue, 'time')) === undefined || textIn(fieldOf(issue, 'type')) === undefined)
    return false;
  const isQuake = isObject(fieldOf(fieldOf(value, 'earthquake'), 'hypocenter'));
  const isTsunami =
    typeof fieldOf(value, 'cancelled') === 'boolean' && Array.isArray(fieldOf(value, 'areas'));
  return isQuake || isTsunami;
};

const readMessage = (value: unknown): AlertDraft => {
  const parsed = P2pMessage.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not as expected'}`);
  }
  const message = parsed.data;
  const { code } = message;
  const reason = code === undefined ? undefined : idle.get(String(code));
  if (reason !== undefined) throw new ItemIgnored(`code ${code}: ${reason}`);
  if (code !== undefined && code !== 551 && code !== 552 && code !== 556)
    throw new ItemIgnored(`code ${plainText(String(code))}: no quake and no tsunami`);
  const isTsunami = code === undefined ? !isObject(message.earthquake) : code === 552;
  return isTsunami ? readP2pTsunami(message) : readP2pQuake(message);
};

const messagesIn = (document: FeedDocument): { place: string; value: unknown }[] => {
  if (document.kind !== 'json') return [];
  const { value } = document;
  return Array.isArray(value)
    ? value.map((item, index) => ({ place: `$[${index}]`, value: item }))
    : [{ place: '$', value }];
};

/** Quakes and tsunamis of JMA as the P2P network passes them on (api.p2pquake.net, v1 and v2): one message or a list. */
export const p2pJson: Format = {
  name: 'p2p-json',
  recognises: document => messagesIn(document).some(({ value }) => isMessage(value)),
  read: document =>
    messagesIn(document).map(({ place, value }) => {
      const id = textIn(fieldOf(value, 'id')) ?? textIn(fieldOf(value, '_id'));
      return readItem(place, plainText(id), () => readMessage(value));
    }),
};
