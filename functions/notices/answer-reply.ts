import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Offer } from '../domain/deployment.ts';
import type { Instant, Language } from '../domain/primitives.ts';
import { Language as LANGUAGES } from '../domain/primitives.ts';
import { loadPolicy } from '../needs/policy.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { EmployerStore } from '../store/employers.ts';
import type { ExpertStore } from '../store/experts.ts';
import { renderAnswerPage, renderUnknownPage } from './answer-page.ts';
import { initialsOf, shortNameOf } from './offer-facts.ts';
import { type PageMessage, pageStateOf } from './page-state.ts';

type Stores = {
  deployments: DeploymentStore;
  experts: Pick<ExpertStore, 'getMany'>;
  employers: Pick<EmployerStore, 'getMany'>;
};

/** What a page is shown with besides its state. */
type Shown = { message?: PageMessage | undefined; typed?: string | undefined; status?: number };

const languageOf = (event: APIGatewayProxyEventV2, fallback: Language): Language => {
  const chosen = LANGUAGES.safeParse(event.queryStringParameters?.lang);
  return chosen.success ? chosen.data : fallback;
};

/** Browsers keep nothing of the page and tell nobody its address, which is a credential. */
function pageReply(
  page: { html: string; contentSecurityPolicy: string },
  status: number,
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page.contentSecurityPolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    },
    body: page.html,
  };
}

/** The page of a link that opens nothing: the same whether it never existed or has expired. */
export const unknownReply = (event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 => {
  const browser = (event.headers['accept-language'] ?? '').toLowerCase().startsWith('ja') ? 'ja' : 'en';
  return pageReply(renderUnknownPage({ policy: loadPolicy(), language: languageOf(event, browser) }), 404);
};

/** The answer page as the offer stands now. */
export async function offerReply(
  stores: Stores,
  event: APIGatewayProxyEventV2,
  { offer, audience }: { offer: Offer; audience: 'member' | 'employer' },
  now: Instant,
  shown: Shown = {},
): Promise<APIGatewayProxyStructuredResultV2> {
  const { deploymentId } = offer;
  const [deployment, notices, people, firms] = await Promise.all([
    stores.deployments.read(deploymentId),
    stores.deployments.notices(deploymentId, offer.offerId),
    stores.experts.getMany([offer.expertId]),
    stores.employers.getMany([offer.employerId]),
  ]);
  const expert = people.get(offer.expertId);
  if (!deployment || !expert) return unknownReply(event);
  const employer = firms.get(offer.employerId);
  const toldToGo = notices.some(notice => notice.kind === 'deploy' && notice.state !== 'Failed for good');
  const state = pageStateOf({ audience, offer, deployment, now, toldToGo });
  if (state === 'unknown') return unknownReply(event);
  const page = renderAnswerPage({
    audience,
    state,
    offer,
    deployment,
    now,
    policy: loadPolicy(),
    language: languageOf(
      event,
      audience === 'member' ? offer.language : (employer?.language ?? offer.language),
    ),
    person: audience === 'member' ? initialsOf(expert.name) : shortNameOf(expert.name),
    employerName: employer?.name,
    message: shown.message,
    typed: shown.typed,
  });
  return pageReply(page, shown.status ?? 200);
}
