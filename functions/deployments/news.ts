import type { Deployment, Offer, Seat, Waiting } from '../domain/deployment.ts';
import { deskDecision, missionNews } from './decisions.ts';
import { outcomeOf } from './review.ts';
import { hasAllSeats } from './seating.ts';

/** What is read of a deployment to say whether a waiting state has something to wake for. */
export type Picture = { deployment: Deployment; seats: Seat[]; offers: Offer[] };

/** True while a seat waits to be planned, anew or, after an increase, for the first time. */
const needsPlan = ({ teams }: Deployment, seats: Seat[]): boolean =>
  seats.some(seat => seat.state === 'Open') || teams.some(team => !hasAllSeats(team, seats));

/**
 * What a waiting state is woken with, from the tables alone; undefined while there is nothing new. The same rule serves
 * the state that begins to wait and everybody who wakes it.
 */
export function newsFor(
  state: Waiting['state'],
  { deployment, seats, offers }: Picture,
): Record<string, unknown> | undefined {
  switch (state) {
    case 'Ask the desk': {
      const decision = deskDecision(deployment);
      return decision && { decision };
    }
    case 'Await answers':
      // Whoever wakes it has something to say; the state itself compares what was heard (await-answers.ts).
      return {};
    case 'Ask the desk about gaps': {
      const stillGaps =
        outcomeOf(deployment, seats, false) === 'gaps' && offers.every(offer => offer.reviewed);
      return stillGaps ? undefined : {};
    }
    case 'Track mission': {
      const mission = missionNews(deployment, needsPlan(deployment, seats));
      return mission && { mission };
    }
  }
}
