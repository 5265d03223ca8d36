import * as z from 'zod';
import { MissionStage } from '../domain/deployment.ts';
import { Instant } from '../domain/primitives.ts';

const Note = z.string().trim().max(500);

/** The affected state's request as the desk records it. `conflictCaused` answers the law's second question. */
export const RequestBody = z.object({
  reference: z.string().trim().min(1).max(200),
  receivedAt: Instant,
  channel: z.string().trim().min(1).max(80),
  conflictCaused: z.boolean(),
});

/** What the desk can do with a deployment: the path's last part, and the body that it takes. */
export const ACTIONS = {
  'record-request': z.object({ request: RequestBody }),
  approve: z.object({ note: Note.default(''), request: RequestBody.optional() }),
  'approve-increase': z.object({ note: Note.default('') }),
  prepare: z.object({ note: Note.default('') }),
  reject: z.object({ reason: Note.min(1) }),
  'stand-down': z.object({ reason: Note.min(1) }),
  'go-short': z.object({ note: Note.default('') }),
  widen: z.object({ note: Note.default('') }),
  'report-stage': z.object({ stage: MissionStage, at: Instant.optional() }),
  'record-answer': z.object({
    offerId: z.string().min(1),
    from: z.enum(['member', 'employer']),
    answer: z.enum(['yes', 'no']),
    note: Note.optional(),
  }),
  'replace-person': z.object({ seatId: z.string().min(1), reason: Note.min(1) }),
} as const;

export type Action = keyof typeof ACTIONS;
export const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);

/** Every body may carry the version that the caller has seen; a stale one is refused. */
export const Seen = z.object({ version: z.number().int().nonnegative().optional() });
