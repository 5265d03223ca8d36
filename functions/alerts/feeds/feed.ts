import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { isPublicName } from './hosts.ts';

const Host = z.string().refine(isPublicName, 'no public host name');
const HeaderText = z.string().regex(/^[\x20-\x7e]{1,200}$/);

/** One public feed that is polled, as the configuration gives it. */
export const Feed = z
  .object({
    /** The id that the schedule hands to poll-feeds: key of the feed's state, and the channel of what it brings. */
    feedId: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    url: z.url({ protocol: /^https$/ }),
    everyMinutes: z.number().int().min(1).max(120),
    /** The only hosts that a poll or one of its redirects may reach, so that a feed cannot send the poller elsewhere. */
    hosts: z.array(Host).min(1),
    /** Sources whose word is believed on this feed, as `Channel.believes` has them. */
    believes: z.array(z.string().min(1)).min(1),
    /** The only hosts from which messages that this feed links to are fetched. None: links are not followed. */
    linkHosts: z.array(Host).default([]),
    /** Whether linked messages may change under the same address, and are asked for again when the index has changed. */
    linksChange: z.boolean().default(false),
    /** After so many intervals without a changed body the feed counts as silent; null where that is nothing unusual. */
    silentAfterIntervals: z.number().int().positive().nullable(),
    /** For a whole body with its redirects: a server that drips is given up as one that is silent. */
    timeoutSeconds: z.number().positive().max(20).default(20),
    /** Of the decoded body. More than 16 MB is not parsed in any case. */
    maxBytes: z.number().int().positive().max(16_000_000).default(16_000_000),
    accept: HeaderText.default('application/json, application/xml, text/xml, */*;q=0.5'),
    /** Beginnings of the content types that this feed is served with. None: anything that is data. */
    contentTypes: z.array(z.string().min(1)).default([]),
    /** Where the publisher can reach whoever polls, in the user agent: a mail address or a page. */
    contact: HeaderText.nullable().default(null),
  })
  .refine(
    ({ url, hosts }) => URL.canParse(url) && hosts.includes(new URL(url).hostname),
    'hosts: the host of the url is missing',
  );
export type Feed = z.infer<typeof Feed>;
export type FeedSettings = z.input<typeof Feed>;

/** Lambda takes 4 kB of environment in all; this leaves room for the other variables. */
const MOST_PACKED = 3_200;

/**
 * The feeds as one variable of the environment. As plain JSON fifteen of them would fill the 4 kB that a function may
 * have. Throws when one is not valid, or when there are too many.
 */
export const packFeeds = (feeds: readonly FeedSettings[]): string => {
  for (const feed of feeds) {
    const read = Feed.safeParse(feed);
    if (!read.success) throw new Error(`feed ${feed.feedId}: ${read.error.issues[0]?.message}`);
  }
  const packed = deflateRawSync(JSON.stringify(feeds), { level: 9 }).toString('base64');
  if (packed.length > MOST_PACKED) throw new Error(`${feeds.length} feeds do not fit into the environment`);
  return packed;
};

/** The feeds of that variable. Throws when it is none. */
export const unpackFeeds = (packed: string): Feed[] =>
  z.array(Feed).parse(JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8')));
