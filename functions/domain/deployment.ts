import * as z from 'zod';
import { CountryProfile, GoodsNeed, TeamNeed } from './need.ts';
import { BrokenRule, StandbyList, TeamMatch } from './plan.ts';
import { RoleCode, TeamType } from './policy.ts';
import { CountryCode, Hazard, Instant, Language, Level, Position, Wording } from './primitives.ts';
import { GoodsPick } from './stock.ts';

/** State words of the desk (the only ones, in API, screens and exports). */
export const DeploymentState = z.enum([
  'Proposed',
  'Prepared (no request)',
  'Waits for approval',
  'Waits for second approval',
  'Filling seats',
  'Full',
  'Confirmed',
  'Assembling',
  'Under way',
  'Operating',
  'Coming home',
  'Standing down',
  'Closed',
  'Refused',
]);
export type DeploymentState = z.infer<typeof DeploymentState>;

export const SeatState = z.enum([
  'Open',
  'Held, not asked',
  'Asked',
  'Employer to agree',
  'Both consents',
  'Confirmed',
  'Unclear answer',
  'Not reached',
  'No candidate',
]);
export type SeatState = z.infer<typeof SeatState>;

export const OfferState = z.enum([
  'Queued',
  'Sent',
  'Delivered',
  'Opened',
  'Yes',
  'No',
  'Unclear',
  'Silent',
  'Withdrawn',
  'Stood down',
]);
export type OfferState = z.infer<typeof OfferState>;

export const NoticeState = z.enum(['Sending', 'Sent', 'Delivered', 'Failed for now', 'Failed for good']);
export type NoticeState = z.infer<typeof NoticeState>;

export const GoodsState = z.enum(['Reserved', 'Loading', 'Departed', 'Arrived', 'Released']);
export type GoodsState = z.infer<typeof GoodsState>;

/** Stages of a mission after confirmation, in order (INSARAG mobilisation to post-mission). */
export const MissionStage = z.enum(['assembled', 'departed', 'arrived', 'operating', 'demobilised', 'home']);
export type MissionStage = z.infer<typeof MissionStage>;

/** A reason in both languages; records from before there were two say it in English. */
const Reason = z.union([Wording, z.string().transform(en => ({ en, ja: en }))]);

/** The affected state's request: without it nobody is asked to go. */
export const StateRequest = z.object({
  reference: z.string().min(1).max(200),
  receivedAt: Instant,
  channel: z.string().min(1).max(80),
  recordedBy: z.string(),
  recordedAt: Instant,
});
export type StateRequest = z.infer<typeof StateRequest>;

/** One team of a deployment and how far it is. */
export const DeploymentTeam = TeamNeed.extend({
  required: z.number().int().nonnegative(),
  /** The standard: so long after the request; null until a request is recorded. */
  deadlineAt: Instant.nullable(),
  filledAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  /** The desk decided that the team leaves without its empty seats. */
  goesShort: z.boolean(),
});
export type DeploymentTeam = z.infer<typeof DeploymentTeam>;

/** The head record of a deployment. */
export const Deployment = z.object({
  deploymentId: z.string(),
  eventId: z.string(),
  /** Further events of the same emergency whose need was added. */
  furtherEventIds: z.array(z.string()),
  /** What people are told about the disaster, as of the last update. */
  disaster: z.object({
    title: z.string(),
    hazard: Hazard,
    level: Level,
    occurredAt: Instant,
    country: CountryCode.nullable(),
    countryName: z.string(),
    position: Position.nullable(),
  }),
  profile: CountryProfile.nullable(),
  drill: z.boolean(),
  state: DeploymentState,
  policyVersion: z.string(),
  reasons: z.array(z.object({ ruleId: z.string(), text: z.string() })),
  teams: z.array(DeploymentTeam),
  goods: z.array(GoodsNeed),
  request: StateRequest.nullable(),
  conflictCaused: z.boolean().nullable(),
  approvals: z.array(z.object({ by: z.string(), at: Instant, note: z.string() })),
  /** Everybody who may step in, best first, from the newest plan. */
  standby: z.array(StandbyList),
  /** How many plans have been made: the number of the newest (PlanMade). */
  plans: z.number().int().nonnegative().default(0),
  /** Rules about whole teams that the newest plan does not meet. */
  brokenRules: z.array(BrokenRule).default([]),
  /** What each empty seat lacks, by seat id. */
  gaps: z.record(z.string(), Reason),
  /** Widened by the desk: later arrivals and lower proficiency count as eligible. */
  widened: z.boolean(),
  /** What a further event of the same emergency adds, while the desk has not approved it. */
  increase: z
    .object({
      eventIds: z.array(z.string()),
      teams: z.array(TeamNeed),
      goods: z.array(GoodsNeed),
      reasons: z.array(z.object({ ruleId: z.string(), text: z.string() })),
      proposedAt: Instant,
      /** Who has approved it so far: above the policy's number of seats two people must. */
      approvals: z.array(z.object({ by: z.string(), at: Instant })),
    })
    .nullable(),
  stage: MissionStage.nullable(),
  stages: z.array(z.object({ stage: MissionStage, at: Instant, by: z.string() })),
  /** Prepare only: when the desk chose it, and when people were sounded out. */
  preparedAt: Instant.nullable(),
  soundedOutAt: Instant.nullable(),
  standDown: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  createdAt: Instant,
  createdBy: z.string(),
  updatedAt: Instant,
  /** The desk's newest decision: the digest of who said what, so that the same said again is known for a repeat. */
  lastDecision: z.object({ said: z.string(), what: z.string(), at: Instant }).optional(),
  /** Grows with each answer and each decision of the desk: a workflow that begins to wait sees by it that something came meanwhile. */
  heard: z.number().int().nonnegative(),
  /** The answers heard and not yet reviewed, as `offerId#answers`, so that a review reads those offers and no others. */
  heardOf: z.array(z.string()),
  /** Grows with each change that the desk decides by; an action on an older version is refused. */
  version: z.number().int().nonnegative(),
});
export type Deployment = z.infer<typeof Deployment>;

/** One seat. `seatId` = team/role/number from 1 ("rescue/dog-handler/3"). */
export const Seat = z.object({
  deploymentId: z.string(),
  seatId: z.string(),
  teamType: TeamType,
  role: RoleCode,
  number: z.number().int().positive(),
  critical: z.boolean(),
  state: SeatState,
  /** Who holds the seat now; null when open. */
  expertId: z.string().nullable(),
  offerId: z.string().nullable(),
  /** When the person can be at the assembly point. */
  arrivesAt: Instant.nullable(),
  /** Why this person, or why nobody. */
  reasons: z.array(Reason),
  timesAsked: z.number().int().nonnegative(),
  filledAt: Instant.nullable(),
});
export type Seat = z.infer<typeof Seat>;

/** One plan that was made for open seats: who was chosen for what, on which proof. Kept as it was, whoever declines later. */
export const PlanMade = z.object({
  deploymentId: z.string(),
  /** 1 for the first. */
  number: z.number().int().positive(),
  at: Instant,
  from: z.enum(['people in reserve', 'whole roster']),
  /** Why the whole roster was asked; null for people in reserve. */
  because: z.string().nullable(),
  picks: z.array(z.object({ seatId: z.string(), expertId: z.string(), arrivesAt: Instant })),
  /** Seats for which nobody was found. */
  empty: z.array(z.string()),
  brokenRules: z.array(BrokenRule),
  stages: TeamMatch.shape.stages,
  /** The match's certificate as JSON text, with the SHA-256 of its bytes; null where it is too long for one item. */
  certificate: z.object({ sha256: z.string(), text: z.string().nullable() }),
});
export type PlanMade = z.infer<typeof PlanMade>;

/** Whom later plans for the same seats may need, from the newest plan that was made of the whole roster. Read by id, so no roster. */
export const Reserve = z.object({
  deploymentId: z.string(),
  /** The number of that plan. */
  plan: z.number().int().positive(),
  /** By role of a team; who may be needed for two of them is in both. */
  groups: z.array(StandbyList),
});
export type Reserve = z.infer<typeof Reserve>;

/** How an answer came. */
export const AnswerChannel = z.enum(['page', 'sms', 'desk', 'standing consent']);
export type AnswerChannel = z.infer<typeof AnswerChannel>;

const Consent = z.object({
  answer: z.enum(['yes', 'no', 'unclear']),
  at: Instant,
  via: AnswerChannel,
  by: z.string(),
});

/** Why somebody was told the last word, so that nobody who was asked is left waiting. */
export const FinalWord = z.enum(['deploy', 'declined', 'window ended', 'stand down', 'home']);
export type FinalWord = z.infer<typeof FinalWord>;

/** The question to one person. Kinds: a seat; stand-by (no hold); availability (prepare only: no hold, no seat). */
export const Offer = z.object({
  deploymentId: z.string(),
  offerId: z.string(),
  kind: z.enum(['seat', 'standby', 'availability']),
  /** Names this offer only ("K7-2QF"), unique among all offers of the person. */
  code: z.string(),
  /** Locator of the answer page; the link is `/a/{link}{memberKey}` or `/a/{link}{employerKey}`. Credentials: never logged. */
  link: z.string(),
  memberKey: z.string(),
  employerKey: z.string(),
  seatId: z.string().nullable(),
  teamType: TeamType,
  role: RoleCode,
  expertId: z.string(),
  employerId: z.string(),
  language: Language,
  state: OfferState,
  member: Consent.nullable(),
  employer: Consent.nullable(),
  employerAskedAt: Instant.nullable(),
  notes: z.array(z.object({ at: Instant, text: z.string() })),
  /** What was asked, as shown to the person. */
  assembleBy: Instant,
  homeAt: Instant,
  askedAt: Instant.nullable(),
  answerBy: Instant,
  employerAnswerBy: Instant.nullable(),
  /** False from an answer until the review has acted on it. */
  reviewed: z.boolean(),
  /** The employer's consent stands on record through the mission: the member's yes brings it with it. */
  standingConsent: z.boolean(),
  /** True from a change that somebody must be told of until every notice of it is recorded as sent or failed for good. */
  noticesDue: z.boolean(),
  /** Grows by one with each answer, so that a review marks only what it has seen. */
  answers: z.number().int().nonnegative(),
  finalWord: z.object({ word: FinalWord, at: Instant }).nullable(),
});
export type Offer = z.infer<typeof Offer>;

/** What a notice is for. */
export const NoticeKind = z.enum([
  'offer',
  'standby offer',
  'availability',
  'employer request',
  'answer recorded',
  'answer unclear',
  'deploy',
  'standby',
  'declined',
  'window ended',
  'stand down',
  'home',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** One message to one person over one channel: recorded before it is sent and after. */
export const Notice = z.object({
  deploymentId: z.string(),
  /** `offerId/kind/channel/attempt`: the same message is never sent twice once recorded as sent. */
  noticeId: z.string(),
  offerId: z.string(),
  kind: NoticeKind,
  to: z.enum(['member', 'employer']),
  channel: z.enum(['sms', 'email']),
  language: Language,
  state: NoticeState,
  segments: z.number().int().nonnegative(),
  messageId: z.string().nullable(),
  failure: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** Goods of one item from one warehouse for this deployment. */
export const GoodsLine = z.object({
  deploymentId: z.string(),
  item: z.string(),
  warehouseId: z.string(),
  quantity: z.number().int().positive(),
  /** When the last of it arrives. */
  arrivesAt: Instant,
  /** What goes by which lane; lines from before there were lanes have none. */
  loads: z
    .array(GoodsPick.pick({ laneId: true, mode: true, pallets: true, quantity: true, arrivesAt: true }))
    .optional(),
  reason: Reason,
  state: GoodsState,
});
export type GoodsLine = z.infer<typeof GoodsLine>;

/** One line of the append-only timeline. `what` names no personal data but the expert id. */
export const TimelineEntry = z.object({
  deploymentId: z.string(),
  entryId: z.string(),
  at: Instant,
  kind: z.string(),
  what: z.string(),
  who: z.string(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** A workflow that waits for somebody: what wakes it is a SendTaskSuccess with this token. */
export const Waiting = z.object({
  deploymentId: z.string(),
  state: z.enum(['Ask the desk', 'Await answers', 'Ask the desk about gaps', 'Track mission']),
  taskToken: z.string(),
  since: Instant,
  until: Instant,
  whoIsTold: z.string(),
});
export type Waiting = z.infer<typeof Waiting>;
