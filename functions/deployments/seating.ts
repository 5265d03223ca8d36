import type { Deployment, DeploymentTeam, Seat } from '../domain/deployment.ts';
import type { TeamNeed } from '../domain/need.ts';
import type { Instant } from '../domain/primitives.ts';
import { HOUR, plus } from '../domain/time.ts';

/** Seats in a team. */
export const seatCount = (team: Pick<TeamNeed, 'seats'>): number =>
  team.seats.reduce((sum, seat) => sum + seat.count, 0);

/** A needed team as a deployment keeps it; the standard runs from the request. */
export const toDeploymentTeam = (team: TeamNeed, requestAt: Instant | null): DeploymentTeam => ({
  ...team,
  required: seatCount(team),
  deadlineAt: requestAt && plus(requestAt, team.deadlineHours * HOUR),
  filledAt: null,
  confirmedAt: null,
  goesShort: false,
});

/** Every seat that the deployment's teams call for, all open, numbered from 1 within team and role. */
export const seatsOf = (deployment: Pick<Deployment, 'deploymentId' | 'teams'>): Seat[] =>
  deployment.teams.flatMap(team =>
    team.seats.flatMap(({ role, count, critical }) =>
      Array.from({ length: count }, (_, index) => ({
        deploymentId: deployment.deploymentId,
        seatId: `${team.teamType}/${role}/${String(index + 1).padStart(2, '0')}`,
        teamType: team.teamType,
        role,
        number: index + 1,
        critical,
        state: 'Open' as const,
        expertId: null,
        offerId: null,
        arrivesAt: null,
        reasons: [],
        timesAsked: 0,
        filledAt: null,
      })),
    ),
  );

/** The seat as nobody has it. */
export const emptied = (seat: Seat): Seat => ({
  ...seat,
  state: 'Open',
  expertId: null,
  offerId: null,
  arrivesAt: null,
  reasons: [],
  filledAt: null,
});

const FILLED = new Set(['Both consents', 'Confirmed']);

export const isFilled = (seat: Seat): boolean => FILLED.has(seat.state);

/** The seats of a team that are recorded so far; after an increase the plan writes the rest. */
export const hasAllSeats = (team: DeploymentTeam, seats: Seat[]): boolean =>
  seats.filter(seat => seat.teamType === team.teamType).length >= team.required;

/** A team is full when each of its seats has both consents; a team that goes short may leave seats without a candidate. */
export const isFull = (team: DeploymentTeam, seats: Seat[]): boolean =>
  hasAllSeats(team, seats) &&
  seats.every(
    seat =>
      seat.teamType !== team.teamType || isFilled(seat) || (team.goesShort && seat.state === 'No candidate'),
  );

/** When the last of the team's people is at the assembly point, as far as the seats say. */
export const readyAt = (team: DeploymentTeam, seats: Seat[]): Instant | null =>
  seats
    .filter(seat => seat.teamType === team.teamType && isFilled(seat) && seat.arrivesAt)
    .map(seat => seat.arrivesAt as Instant)
    .sort()
    .at(-1) ?? null;
