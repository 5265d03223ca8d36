import * as z from 'zod';
import { RoleCode } from './policy.ts';
import { CountryCode, Instant, Language, PhoneNumber, Position } from './primitives.ts';

/** A role that a person is certified for. */
export const Qualification = z.object({
  role: RoleCode,
  validUntil: Instant,
  /** 1 basic, 2 experienced, 3 instructor. */
  proficiency: z.number().int().min(1).max(3),
});
export type Qualification = z.infer<typeof Qualification>;

/** SMS reach: `lost` after failures for good or an opt-out. */
export const PhoneChannel = z.object({
  number: PhoneNumber,
  state: z.enum(['confirmed', 'pending', 'lost']),
});
export type PhoneChannel = z.infer<typeof PhoneChannel>;

/** E-mail reach by the person's own SNS topic, whose subscription the person must have confirmed. */
export const EmailChannel = z.object({
  address: z.email(),
  state: z.enum(['confirmed', 'pending', 'lost']),
  topicArn: z.string().nullable(),
});
export type EmailChannel = z.infer<typeof EmailChannel>;

/** A claim of one deployment on one person. An expired hold claims nothing. */
export const Hold = z.object({ deploymentId: z.string(), until: Instant });
export type Hold = z.infer<typeof Hold>;

const Code = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** One person of the roster. Personal data throughout. */
export const Expert = z.object({
  expertId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  name: z.object({ family: z.string().min(1), given: z.string().min(1) }),
  gender: z.enum(['female', 'male', 'other', 'unstated']),
  language: Language,
  /** ISO 639-1 codes that the person works in. */
  languages: z.array(z.string()),
  employerId: z.string(),
  /** The employer's consent stands on record until this moment; null: it is asked each time. */
  standingConsentUntil: Instant.nullable(),
  qualifications: z.array(Qualification),
  home: Position,
  /** IANA zone of the home; null: the desk's. */
  timeZone: z.string().nullable().default(null),
  /** From the go to leaving home, minutes. */
  noticeToMoveMinutes: z.number().int().nonnegative(),
  phone: PhoneChannel.nullable(),
  email: EmailChannel.nullable(),
  /** Leave, illness, another duty: not available when it touches the mission. */
  unavailability: z.array(z.object({ from: Instant, to: Instant, reason: z.string() })),
  /** On call only on the duty days of a group (fire headquarters); null: always. Day 0 of the cycle is 1970-01-01 in the desk's zone. */
  rota: z.object({ group: z.number().int().nonnegative(), groups: z.number().int().positive() }).nullable(),
  lastMissionEndedAt: Instant.nullable(),
  missions: z.number().int().nonnegative(),
  /** The missions of the last two years, as far as they are on record: fatigue and fairness are judged by them. */
  pastMissions: z.array(z.object({ from: Instant, to: Instant })).default([]),
  passportValidUntil: Instant.nullable(),
  visas: z.array(z.object({ country: CountryCode, validUntil: Instant })).default([]),
  /** By the policy's codes ("yellow-fever"); validUntil null: for life. */
  vaccinations: z.array(z.object({ vaccine: Code, validUntil: Instant.nullable() })).default([]),
  /** Fit for missions by a doctor's word until this moment; null: not examined. */
  medicalClearanceUntil: Instant.nullable().default(null),
  hold: Hold.nullable(),
});
export type Expert = z.infer<typeof Expert>;

/** Who lets a person go: the second consent. Contact data is personal data. */
export const Employer = z.object({
  employerId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  name: z.string().min(1),
  language: Language,
  phone: PhoneChannel.nullable(),
  email: EmailChannel.nullable(),
});
export type Employer = z.infer<typeof Employer>;
