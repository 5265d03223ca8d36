import * as z from 'zod';
import { TeamType } from '../domain/policy.ts';
import { CountryCode, Hazard, Instant, Level, Position } from '../domain/primitives.ts';

/** A disaster that no feed has told of: what the request says. */
export const Disaster = z.object({
  title: z.string().trim().min(1).max(200),
  hazard: Hazard,
  level: Level.default('Unknown'),
  occurredAt: Instant,
  country: CountryCode,
  position: Position.nullable().default(null),
});

export type Disaster = z.infer<typeof Disaster>;

/** From an event on record, or from a request without an alert; the teams and consignments are the policy's. */
export const StartBody = z
  .object({
    eventId: z.string().min(1).optional(),
    disaster: Disaster.optional(),
    teams: z.array(TeamType).default([]),
    consignments: z.array(z.string()).default([]),
  })
  .refine(
    body => (body.eventId === undefined) !== (body.disaster === undefined),
    'give either eventId or disaster',
  )
  .refine(
    body => body.teams.length + body.consignments.length > 0,
    'choose at least one team or consignment',
  );
