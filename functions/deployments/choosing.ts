import type { Deployment, DeploymentTeam, Offer, PlanMade } from '../domain/deployment.ts';
import type { Employer, Expert } from '../domain/expert.ts';
import type { TeamMatch } from '../domain/plan.ts';
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
import { groupOf } from './prospect.ts';

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
 * further people on average. `reserveOf` keeps whoever may be best for so many: of the demonstration's policy some 60 people
 * for the largest role of a rescue team and 170 to 250 in all, for rosters of 1,800 to 90,000.
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

const problemFor = ({ picture, policy, now }: Choosing, reachable: Iterable<string>): MatchProblem =>
  matchProblemOf({
    ...toMatch(picture),
    reachableEmployerIds: [...reachable],
    policy,
    now,
    askedExpertIds: askedIn(picture.offers),
    excludedExpertIds: soundedOut(picture.offers, 'no'),
    preferredExpertIds: soundedOut(picture.offers, 'yes'),
    reserve: reserveFor,
  });

/** "1 seat", "2 seats". */
export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/**
 * The match among those kept by the plan before for the roles that have open seats, read by id; or why it takes the whole
 * roster. Teams without an open seat have no part in it, nor have seats for which the whole roster held nobody.
 */
async function chooseInReserve(choosing: Choosing): Promise<Choice | { because: string }> {
  const { stores, policy, picture } = choosing;
  const { deployment, seats, offers } = picture;
  if (seats.some(seat => seat.state === 'Open' && seat.timesAsked === 0))
    return { because: 'somebody is asked for the first time' };
  if (deployment.widened) return { because: 'the search is widened' };
  const sought = seats.filter(seat => seat.state === 'Open');
  const teamTypes = new Set(sought.map(seat => seat.teamType));
  const groups = new Set(sought.map(groupOf));
  const asked = new Set(askedIn(offers));
  const kept = (await stores.deployments.reserve(deployment.deploymentId))?.groups ?? [];
  const reserve = kept.flatMap(group => (groups.has(groupOf(group)) ? group.expertIds : []));
  const free = reserve.filter(id => !asked.has(id));
  if (free.length === 0) return { because: 'nobody is left in reserve' };
  const seated = seats.flatMap(({ teamType, expertId }) => (teamTypes.has(teamType) && expertId) || []);
  const people = await stores.experts.getMany([...free, ...seated]);
  const roster = columnsOf([...people.values()]);
  const teams = deployment.teams.filter(team => teamTypes.has(team.teamType));
  const part = {
    deployment: { ...deployment, teams },
    seats: seats.filter(seat => seat.state !== 'No candidate'),
    offers,
  };
  const reachable = new Set([...people.values()].map(person => person.employerId));
  for (;;) {
    const problem = problemFor({ ...choosing, picture: part }, reachable);
    const matching = await matchPeople(problem, roster, namesOf(policy));
    // Only the employers of those picked are read: who cannot be asked is left out, and all is matched anew.
    const employers = matching.match.picks.flatMap(pick => people.get(pick.expertId)?.employerId ?? []);
    const read = await stores.employers.getMany(employers);
    const lost = [...new Set(employers)].filter(id => reachable.has(id) && !canBeAsked(read.get(id)));
    for (const employerId of lost) reachable.delete(employerId);
    if (lost.length > 0) continue;
    const because = whyNotEnough(matching.match, deployment);
    return because
      ? { because }
      : { from: 'people in reserve', because, ...matching, problem, roster, people };
  }
}

/** Why a match among people in reserve is not as good as one of the whole roster may be; null: it is. */
function whyNotEnough({ empty, brokenRules }: TeamMatch, deployment: Deployment): string | null {
  if (empty.length > 0) return `the reserve leaves ${plural(empty.length, 'seat')} empty`;
  const before = (rule: TeamMatch['brokenRules'][number]) =>
    deployment.brokenRules.find(
      ({ teamType, ruleId }) => teamType === rule.teamType && ruleId === rule.ruleId,
    )?.people ?? 0;
  const worse = brokenRules.filter(rule => rule.people > before(rule));
  if (worse.length === 0) return null;
  return `the reserve would break ${worse.map(({ teamType, ruleId }) => `${teamType}/${ruleId}`).join(', ')}`;
}

/** At least one channel is confirmed: a question over any other may reach nobody. */
const canBeAsked = (employer: Employer | undefined): boolean =>
  employer?.phone?.state === 'confirmed' || employer?.email?.state === 'confirmed';

/** Rounds in which records are found to have changed since the roster's columns were made. */
const ROUNDS = 5;

/**
 * The match among everybody. A row of the roster's columns may be some seconds old, so all who are named are read by id
 * and judged again; where somebody is no longer to be had, their rows are brought up to date and all is matched anew.
 */
export async function chooseInRoster(choosing: Choosing, because: string): Promise<Choice> {
  const { stores, policy, lost } = choosing;
  const employers = await stores.employers.readAll();
  const reachable = employers.filter(canBeAsked).map(({ employerId }) => employerId);
  const problem = problemFor(choosing, reachable);
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
