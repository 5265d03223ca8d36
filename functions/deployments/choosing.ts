import type { DeploymentTeam, Offer, PlanMade } from '../domain/deployment.ts';
import type { Employer, Expert } from '../domain/expert.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import { matchProblemOf } from '../matching/deployment-problem.ts';
import type { MatchProblem } from '../matching/problem.ts';
import { namesOf } from '../matching/reasons/spelling.ts';
import { type Matching, matchPeople } from '../matching/team-match.ts';
import type { RosterColumns } from '../roster/columns.ts';
import { columnsOf } from '../roster/columns-of.ts';
import { overlay } from '../roster/overlay.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { EmployerStore } from '../store/employers.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { RosterStore } from '../store/roster.ts';
import { judgeAgain } from './judging.ts';
import type { Picture } from './news.ts';

/** What people are chosen from and for. Nothing of it is written. */
export type Choosing = {
  stores: {
    deployments: Pick<DeploymentStore, 'reserve'>;
    experts: Pick<ExpertStore, 'getMany'>;
    employers: Pick<EmployerStore, 'getMany' | 'readAll'>;
    roster: Pick<RosterStore, 'current'>;
  };
  policy: Policy;
  picture: Picture;
  now: Instant;
  /** People found to be held by another deployment meanwhile: what the roster's columns say of them is no longer true. */
  lost: Set<string>;
};

/** The best people for the open seats, and what they were chosen from. */
export type Choice = Pick<PlanMade, 'from' | 'because'> &
  Matching & {
    problem: MatchProblem;
    roster: RosterColumns;
    /** Those picked and those who stand by, as their records are now, by id. */
    people: Map<string, Expert>;
  };

/**
 * Beside the stand-by people who are asked, so many for each seat may be needed later, and one more. When a third of all
 * who are asked do not come (the simulated people's typical share; unconfirmed), each seat needs 1/3 + 1/9 + ... = 1/2
 * further people on average. `reserveOf` keeps whoever may be best for so many.
 */
const RESERVE_PER_SEAT = 0.5;

/** How many further people a role with so many seats may need. */
export const reserveFor = (seats: number): number => Math.ceil(seats * RESERVE_PER_SEAT) + 1;

/** The open seats matched among the people in reserve where that is as good; else among the whole roster. */
export async function chooseForOpenSeats(choosing: Choosing): Promise<Choice> {
  const tried = await chooseInReserve(choosing);
  return 'match' in tried ? tried : chooseInRoster(choosing, tried.because);
}

const askedIn = (offers: Offer[]): string[] =>
  offers.filter(offer => offer.kind !== 'availability').map(offer => offer.expertId);

const soundedOut = (offers: Offer[], answer: 'yes' | 'no'): string[] =>
  offers
    .filter(offer => offer.kind === 'availability' && offer.member?.answer === answer)
    .map(offer => offer.expertId);

/** A team that goes short looks for nobody, except for a seat that fell open since; its other empty seats stay as they are. */
function toMatch({ deployment, seats }: Picture): Omit<Picture, 'offers'> {
  const isSought = (team: DeploymentTeam) =>
    !team.goesShort || seats.some(seat => seat.teamType === team.teamType && seat.state === 'Open');
  const short = new Set(deployment.teams.filter(team => team.goesShort).map(team => team.teamType));
  return {
    deployment: {
      ...deployment,
      teams: deployment.teams.map(team => ({ ...team, goesShort: !isSought(team) })),
    },
    seats: seats.filter(seat => !(short.has(seat.teamType) && seat.state === 'No candidate')),
  };
}

const problemFor = ({ picture, policy, now }: Choosing, employers: Iterable<Employer>): MatchProblem =>
  matchProblemOf({
    ...toMatch(picture),
    employers: [...employers],
    policy,
    now,
    askedExpertIds: askedIn(picture.offers),
    excludedExpertIds: soundedOut(picture.offers, 'no'),
    preferredExpertIds: soundedOut(picture.offers, 'yes'),
    reserve: reserveFor,
  });

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The match among those kept by the plan before, read by id; or why it takes the whole roster. */
async function chooseInReserve(choosing: Choosing): Promise<Choice | { because: string }> {
  const { stores, policy, picture } = choosing;
  const { deployment, seats, offers } = picture;
  if (seats.some(seat => seat.state === 'Open' && seat.timesAsked === 0))
    return { because: 'somebody is asked for the first time' };
  if (deployment.widened) return { because: 'the search is widened' };
  const asked = new Set(askedIn(offers));
  const kept = await stores.deployments.reserve(deployment.deploymentId);
  const reserve = kept?.expertIds.filter(id => !asked.has(id)) ?? [];
  if (reserve.length === 0) return { because: 'nobody is left in reserve' };
  const seated = seats.flatMap(seat => seat.expertId ?? []);
  const people = await stores.experts.getMany([...reserve, ...seated]);
  const employers = await stores.employers.getMany([...people.values()].map(each => each.employerId));
  const problem = problemFor(choosing, employers.values());
  const roster = columnsOf([...people.values()]);
  const matching = await matchPeople(problem, roster, namesOf(policy));
  const { match } = matching;
  if (match.empty.length > 0)
    return { because: `the reserve leaves ${plural(match.empty.length, 'seat')} empty` };
  const worse = match.brokenRules.filter(
    ({ teamType, ruleId, people: missed }) =>
      missed >
      (deployment.brokenRules.find(each => each.teamType === teamType && each.ruleId === ruleId)?.people ??
        0),
  );
  if (worse.length > 0) {
    const rules = worse.map(({ teamType, ruleId }) => `${teamType}/${ruleId}`);
    return { because: `the reserve would break ${rules.join(', ')}` };
  }
  return { from: 'people in reserve', because: null, ...matching, problem, roster, people };
}

/** Rounds in which records are found to have changed since the roster's columns were made. */
const ROUNDS = 5;

/**
 * The match among everybody. A row of the roster's columns may be some seconds old, so all who are named are read by id
 * and judged again; where somebody is no longer to be had, their rows are brought up to date and all is matched anew.
 */
export async function chooseInRoster(choosing: Choosing, because: string): Promise<Choice> {
  const { stores, policy, lost } = choosing;
  const employers = await stores.employers.readAll();
  const problem = problemFor(choosing, employers);
  let roster = await stores.roster.current();
  if (lost.size > 0) roster = withRecords(roster, lost, await stores.experts.getMany(lost));
  for (let round = 1; ; round += 1) {
    const matching = await matchPeople(problem, roster, namesOf(policy));
    const { match } = matching;
    const named = [
      ...match.picks.map(pick => pick.expertId),
      ...match.standby.flatMap(list => list.expertIds),
    ];
    const people = await stores.experts.getMany(named);
    const { gone, standing } = judgeAgain(problem, match, people);
    const isSettled = !match.picks.some(pick => gone.has(pick.expertId));
    if (isSettled || round === ROUNDS)
      return { from: 'whole roster', because, ...matching, match: standing, problem, roster, people };
    roster = withRecords(roster, named, people);
  }
}

/** The roster with the records of these people as they are now; who has none any more is out of it. */
const withRecords = (
  roster: RosterColumns,
  expertIds: Iterable<string>,
  people: ReadonlyMap<string, Expert>,
): RosterColumns =>
  overlay(
    roster,
    columnsOf([...people.values()]),
    [...expertIds].filter(id => !people.has(id)),
  );
