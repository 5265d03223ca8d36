import type { Offer } from '../domain/deployment.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import { parseToken, sameKey } from './reply-code.ts';

/** Whose link it is, and to which offer; undefined for a token that opens nothing. */
export async function holderOf(
  store: DeploymentStore,
  token: string,
): Promise<{ offer: Offer; audience: 'member' | 'employer' } | undefined> {
  const parsed = parseToken(token);
  const offer = parsed && (await store.offerByLink(parsed.link));
  if (!parsed || !offer) return undefined;
  if (sameKey(parsed.key, offer.memberKey)) return { offer, audience: 'member' };
  return sameKey(parsed.key, offer.employerKey) ? { offer, audience: 'employer' } : undefined;
}
