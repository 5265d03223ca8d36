import type { DeploymentTeam, Offer } from '../domain/deployment.ts';
import type { Employer, Expert } from '../domain/expert.ts';
import type { TeamMatch } from '../domain/plan.ts';
import { matchInputOf } from '../matching/deployment-instance.ts';
import { matchTeam } from '../matching/team-match.ts';
import type { Picture } from './news.ts';
import type { Planning } from './planning.ts';

/** Beside the stand-by people who are asked, this many more for each seat are kept in order, so that a refusal reads no roster. */
const RESERVE_RATIO = 0.5;

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

/** The best people for the open seats among those given. */
export function matchAmong(planning: Planning, experts: Expert[], employers: Employer[]): Promise<TeamMatch> {
  const { picture, policy, now, lost } = planning;
  const { offers } = picture;
  const input = matchInputOf({
    ...toMatch(picture),
    experts,
    employers,
    policy,
    now,
    askedExpertIds: askedIn(offers),
    excludedExpertIds: [...lost, ...soundedOut(offers, 'no')],
    preferredExpertIds: soundedOut(offers, 'yes'),
  });
  const teams = input.teams.map(team => ({
    ...team,
    standby: team.standby.map(group => ({
      ...group,
      count: group.count + Math.ceil(group.count * RESERVE_RATIO) + 1,
    })),
  }));
  return matchTeam({ ...input, teams });
}

/** The open seats matched among the people in reserve, when they are enough; else among the whole roster. */
export async function matchOpenSeats(
  planning: Planning,
): Promise<{ match: TeamMatch; wholeRoster: boolean }> {
  const { stores, picture } = planning;
  const asked = new Set(askedIn(picture.offers));
  const reserve = picture.deployment.standby.flatMap(list => list.expertIds).filter(id => !asked.has(id));
  const employers = await stores.employers.readAll();
  // A seat that nobody has been asked for yet deserves the best of all.
  const isReplacement = picture.seats.every(seat => seat.state !== 'Open' || seat.timesAsked > 0);
  if (isReplacement && reserve.length > 0 && !picture.deployment.widened) {
    const match = await matchAmong(
      planning,
      [...(await stores.experts.getMany(reserve)).values()],
      employers,
    );
    if (match.empty.length === 0) return { match, wholeRoster: false };
  }
  return {
    match: await matchAmong(planning, await stores.experts.readRoster(), employers),
    wholeRoster: true,
  };
}
