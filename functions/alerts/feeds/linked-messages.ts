import { digestOf } from '../events/identity.ts';
import type { FeedLink } from '../formats/format.ts';
import type { Reading } from '../intake.ts';
import type { Feed } from './feed.ts';
import type { Counts, LinkState } from './feed-state.ts';
import { fetchBody, type Network } from './fetching.ts';
import { refusalOf } from './hosts.ts';

/** What is done with a body: it is kept, read and handed on. */
export type Receive = (bytes: Uint8Array, contentType: string) => Promise<Reading>;

/** What became of the messages that an index links to. */
export type Linked = {
  states: LinkState[];
  counts: Counts;
  rejection: string | null;
  left: number;
  /** Why not one of them could be fetched. */
  fault: string | null;
  /** When a host that had enough wants to be asked again, in its own words. */
  retryAfter: string | null;
};

/** Links of one index that are looked at; their states must fit into one item of the table. */
const MOST_LINKS = 500;
const FETCHES_A_POLL = 50;
const AT_A_TIME = 4;
/** Of one linked message, decoded; the largest real ones, with a sound file inside, have 600 kB. */
const MOST_BYTES = 4_000_000;
/** After so many attempts a message counts as gone. */
const MOST_FAILURES = 5;

export const keyOfLink = (url: string): string => digestOf(url).slice(0, 16);

type Wanted = { url: string; state: LinkState };

const fresh = (key: string): LinkState => ({
  key,
  etag: null,
  lastModified: null,
  digest: null,
  failures: 0,
});
const isOpen = ({ digest, failures }: LinkState): boolean => digest === null && failures < MOST_FAILURES;

/** Never tried, then tried in vain, then known; in each in the order of the index. */
const inTurn = (wanted: Wanted[], again: boolean): Wanted[] => [
  ...wanted.filter(({ state }) => isOpen(state) && state.failures === 0),
  ...wanted.filter(({ state }) => isOpen(state) && state.failures > 0),
  ...(again ? wanted.filter(({ state }) => state.digest !== null) : []),
];

/**
 * Fetches the messages that an index links to: from the feed's link hosts alone, at most fifty a poll, the others at the
 * next one. Each body goes its own way; one that cannot be fetched keeps none of the others. Links inside linked messages
 * are not followed. `known` is what the polls before remember; what the index lists no more is forgotten.
 */
export async function fetchLinked(
  links: readonly FeedLink[],
  feed: Feed,
  known: readonly LinkState[],
  by: { network: Network; receive: Receive },
): Promise<Linked> {
  const { network, receive } = by;
  const linked: Linked = {
    states: [],
    counts: { accepted: 0, ignored: 0, rejected: 0 },
    rejection: null,
    left: 0,
    fault: null,
    retryAfter: null,
  };
  if (feed.linkHosts.length === 0 || links.length === 0) return linked;
  const reject = (reason: string) => {
    linked.counts.rejected += 1;
    linked.rejection ??= reason;
  };

  const before = new Map(known.map(state => [state.key, state]));
  const wanted = new Map<string, Wanted>();
  for (const link of links.slice(0, MOST_LINKS)) {
    const text = link.url.trim();
    const url = URL.canParse(text, feed.url) ? new URL(text, feed.url) : null;
    const refusal = url ? (network.refuse ?? refusalOf)(url, feed.linkHosts) : 'the link is no address';
    if (!url || refusal) {
      reject(`${link.place}: ${refusal}`);
      continue;
    }
    url.hash = '';
    const key = keyOfLink(url.href);
    wanted.set(key, { url: url.href, state: before.get(key) ?? fresh(key) });
  }
  if (links.length > MOST_LINKS) reject(`only the first ${MOST_LINKS} links are followed`);

  const faults: string[] = [];
  let brought = 0;
  let enough = false;
  const fetchOne = async (each: Wanted): Promise<void> => {
    const { etag, lastModified } = each.state;
    const fetched = await fetchBody(
      {
        ...feed,
        url: each.url,
        hosts: feed.linkHosts,
        contentTypes: [],
        maxBytes: Math.min(feed.maxBytes, MOST_BYTES),
        known: { etag, lastModified },
        timeoutMs: feed.timeoutSeconds * 1000,
      },
      network,
    );
    if (fetched.outcome === 'failed') {
      faults.push(fetched.reason);
      linked.retryAfter ??= fetched.retryAfter;
      enough ||= /^HTTP (429|503)$/.test(fetched.reason);
      // What was cut short because the whole poll had to end is no fault of the message.
      const failures = each.state.failures + (network.until?.aborted ? 0 : 1);
      each.state = { ...each.state, failures };
      if (each.state.digest === null && failures >= MOST_FAILURES)
        reject(`linked message: ${fetched.reason}`);
      return;
    }
    brought += 1;
    if (fetched.outcome === 'not modified') return;
    const reading = await receive(fetched.bytes, fetched.contentType);
    each.state = {
      key: each.state.key,
      etag: fetched.etag,
      lastModified: fetched.lastModified,
      digest: reading.rawDigest.slice(0, 16),
      failures: 0,
    };
    linked.counts.accepted += reading.accepted.length;
    linked.counts.ignored += reading.ignored.length;
    for (const { reason } of reading.rejected) reject(`linked message: ${reason}`);
  };

  const queue = inTurn([...wanted.values()], feed.linksChange)
    .slice(0, FETCHES_A_POLL)
    .values();
  const ends = await Promise.allSettled(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const each of queue) if (!enough && !network.until?.aborted) await fetchOne(each);
    }),
  );
  // Nothing may go on behind a poll that has failed: what could not be kept is thrown when all are done.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;

  linked.states = [...wanted.values()].map(({ state }) => state);
  linked.left = linked.states.filter(isOpen).length;
  if (faults.length > 0 && brought === 0) linked.fault = `linked messages: ${faults[0]}`;
  return linked;
}
