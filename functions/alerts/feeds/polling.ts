import { digestOf, statementOf } from '../events/identity.ts';
import type { Feed } from './feed.ts';
import type { FeedState, Polled } from './feed-state.ts';
import { fetchBody, type Network } from './fetching.ts';
import { fetchLinked, type Receive } from './linked-messages.ts';

/**
 * One poll of one feed: asks for news since the last poll, hands a body that is new to `receive`, and follows its links.
 * A body that nobody can read is a failure: its marks are not believed, else the feed would say "nothing new" about it.
 */
export async function pollFeed(
  feed: Feed,
  before: FeedState,
  by: { network: Network; receive: Receive },
): Promise<Polled> {
  const { etag, lastModified, linksLeft } = before;
  const fetched = await fetchBody(
    { ...feed, known: { etag, lastModified }, timeoutMs: feed.timeoutSeconds * 1000 },
    by.network,
  );
  if (fetched.outcome === 'failed') return fetched;
  if (fetched.outcome === 'not modified') return { outcome: 'nothing new' };
  if (linksLeft === 0 && digestOf(fetched.bytes) === before.digest) return { outcome: 'nothing new' };
  const reading = await by.receive(fetched.bytes, fetched.contentType);
  if (reading.problem) return { outcome: 'failed', reason: reading.problem.reason, retryAfter: null };
  const linked = await fetchLinked(reading.links, feed, before.links, by);
  const first = reading.rejected[0];
  return {
    outcome: 'news',
    etag: fetched.etag,
    lastModified: fetched.lastModified,
    digest: reading.rawDigest,
    counts: {
      accepted: reading.accepted.length + linked.counts.accepted,
      // An entry that only links to its message is counted as that message.
      ignored: Math.max(0, reading.ignored.length - reading.links.length) + linked.counts.ignored,
      rejected: reading.rejected.length + linked.counts.rejected,
    },
    said: reading.accepted.map(statementOf),
    rejection: (first ? `${first.item}: ${first.reason}` : linked.rejection)?.slice(0, 300) ?? null,
    links: linked.states,
    linksLeft: linked.left,
    linkFault: linked.fault,
    retryAfter: linked.retryAfter,
  };
}
