import type { Deployment, Offer } from '../domain/deployment.ts';
import type { Policy } from '../domain/policy.ts';
import type { CountryCode, Hazard, Instant, Wording } from '../domain/primitives.ts';

/** The part of the policy that messages and pages speak of. */
export type PolicyWords = Pick<Policy, 'desk' | 'roles'> & {
  teams: readonly Pick<Policy['teams'][number], 'teamType' | 'name'>[];
};

/** What is said about one offer, in any language, on a page or in a message. No personal data. */
export type OfferFacts = {
  kind: Offer['kind'];
  state: Offer['state'];
  code: string;
  desk: { name: Wording; phone: string; timeZone: string; assemblyPoint: Wording };
  drill: boolean;
  disaster: {
    title: string;
    hazard: Hazard;
    occurredAt: Instant;
    country: CountryCode | null;
    countryName: string;
  };
  team: Wording;
  role: Wording;
  bring: Wording;
  assembleBy: Instant;
  homeAt: Instant;
  answerBy: Instant;
  employerAnswerBy: Instant | null;
  memberAnswer: 'yes' | 'no' | 'unclear' | null;
  employerAnswer: 'yes' | 'no' | 'unclear' | null;
};

/** Collects the facts of an offer; a role or team that the policy no longer knows goes by its code. */
export function factsOf(
  offer: Offer,
  deployment: Pick<Deployment, 'disaster' | 'drill'>,
  policy: PolicyWords,
): OfferFacts {
  const { title, hazard, occurredAt, country, countryName } = deployment.disaster;
  const role = policy.roles.find(one => one.role === offer.role);
  const team = policy.teams.find(one => one.teamType === offer.teamType);
  const { name, phone, timeZone, assemblyPoint } = policy.desk;
  return {
    kind: offer.kind,
    state: offer.state,
    code: offer.code,
    desk: { name, phone, timeZone, assemblyPoint: assemblyPoint.name },
    drill: deployment.drill,
    disaster: { title, hazard, occurredAt, country, countryName },
    team: team?.name ?? { en: offer.teamType, ja: offer.teamType },
    role: role?.name ?? { en: offer.role, ja: offer.role },
    bring: role?.bring ?? { en: '', ja: '' },
    assembleBy: offer.assembleBy,
    homeAt: offer.homeAt,
    answerBy: offer.answerBy,
    employerAnswerBy: offer.employerAnswerBy,
    memberAnswer: offer.member?.answer ?? null,
    employerAnswer: offer.employer?.answer ?? null,
  };
}

/** The facts with what only the reader of a message may see: the reader's own link and, for an employer, whose offer it is. */
export type NoticeFacts = OfferFacts & { to: 'member' | 'employer'; link: string; personName: string };

/**
 * Facts for a message. `publicUrl` is the base of the answer page without a slash at its end;
 * `personName` ("Uehara T.") is used in messages to the employer alone.
 */
export function noticeFactsOf(options: {
  offer: Offer;
  deployment: Pick<Deployment, 'disaster' | 'drill'>;
  policy: PolicyWords;
  publicUrl: string;
  to: 'member' | 'employer';
  personName: string;
}): NoticeFacts {
  const { offer, deployment, policy, publicUrl, to, personName } = options;
  return { ...factsOf(offer, deployment, policy), to, personName, link: answerLink(publicUrl, offer, to) };
}

/** The link to the answer page of the member or the employer: a credential, never logged. */
export function answerLink(
  publicUrl: string,
  offer: Pick<Offer, 'link' | 'memberKey' | 'employerKey'>,
  to: 'member' | 'employer',
): string {
  return `${publicUrl}/a/${offer.link}${to === 'member' ? offer.memberKey : offer.employerKey}`;
}

/** "Uehara T.": as an employer knows the person. */
export function shortNameOf(name: { family: string; given: string }): string {
  return `${name.family} ${initial(name.given)}`;
}

/** "U. T.": enough for the person to see that the page is theirs, too little for anybody else. */
export function initialsOf(name: { family: string; given: string }): string {
  return `${initial(name.family)} ${initial(name.given)}`;
}

const initial = (name: string): string => `${[...name][0] ?? ''}.`;
