import type * as z from 'zod';
import type { ACTIONS, Action } from '../deployments/actions.ts';
import {
  approve,
  approveIncrease,
  type Decided,
  goShort,
  prepare,
  recordRequest,
  reject,
  reportStage,
  standDown,
  widen,
} from '../deployments/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import type { Role } from '../runtime/edge.ts';

/** Who may do what. The desk works, the approver decides on people's way; reading needs neither. */
export const ROLES_FOR: Record<Action, Role[]> = {
  'record-request': ['desk', 'approver'],
  approve: ['approver'],
  'approve-increase': ['approver'],
  prepare: ['desk', 'approver'],
  reject: ['approver'],
  'stand-down': ['desk', 'approver'],
  'go-short': ['desk', 'approver'],
  widen: ['desk', 'approver'],
  'report-stage': ['desk', 'approver'],
  'record-answer': ['desk', 'approver'],
  'replace-person': ['desk', 'approver'],
};

type Body<A extends Action> = z.infer<(typeof ACTIONS)[A]>;
type HeadAction = Exclude<Action, 'record-answer' | 'replace-person'>;

/** Actions that change the head alone, each by its rule. An approval may bring the request with it. */
export const HEAD_ACTIONS: {
  [A in HeadAction]: (d: Deployment, body: Body<A>, by: string, now: Instant, policy: Policy) => Decided;
} = {
  'record-request': (d, { request }, by, now) => recordRequest(d, request, by, now),
  approve: (d, { note, request }, by, now, policy) => {
    if (!request) return approve(d, policy, by, note, now);
    const recorded = recordRequest(d, request, by, now);
    if ('refused' in recorded || recorded.deployment.state === 'Refused') return recorded;
    const approved = approve(recorded.deployment, policy, by, note, now);
    return 'refused' in approved ? approved : { ...approved, what: `${recorded.what}. ${approved.what}` };
  },
  'approve-increase': (d, _body, by, now, policy) => approveIncrease(d, policy, by, now),
  prepare: (d, _body, by, now) => prepare(d, by, now),
  reject: (d, { reason }, by) => reject(d, by, reason),
  'stand-down': (d, { reason }, by, now) => standDown(d, by, reason, now),
  'go-short': (d, _body, by) => goShort(d, by),
  widen: (d, _body, by) => widen(d, by),
  'report-stage': (d, { stage, at }, by, now) => reportStage(d, stage, at ?? now, by),
};
