import { createHash } from 'node:crypto';
import type { Alert } from '../../domain/alert.ts';

/** SHA-256 in hex. */
export const digestOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** The id of a message: who said it, about what, in which revision. The same message always has the same id. */
export const alertIdOf = (alert: Pick<Alert, 'source' | 'sourceId' | 'revision'>): string =>
  `${alert.source}:${alert.sourceId}:${alert.revision}`;

/** The key under which a message is named by later ones of its sender: the id without the revision. */
export const keyOf = (message: Pick<Alert, 'source' | 'sourceId'>): string =>
  `${message.source}:${message.sourceId}`;

/** A message is digested for its voice, for the history and for its key in the table, and is never changed. */
const digests = new WeakMap<Alert, string>();

/**
 * SHA-256 of what a message says. Left out is what differs from poll to poll: the body it came in, its place there, the
 * way it came, and the time of sending where the feed has none of its own.
 */
export const contentDigestOf = (alert: Alert): string => {
  const known = digests.get(alert);
  if (known !== undefined) return known;
  const {
    alertId: _alertId,
    sentAt: _sentAt,
    format: _format,
    rawDigest: _rawDigest,
    rawPlace: _rawPlace,
    channelId: _channelId,
    places: _places,
    remarks: _remarks,
    ...said
  } = alert;
  const ordered = Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = digestOf(JSON.stringify(ordered));
  digests.set(alert, digest);
  return digest;
};

/** What a message says under its id, in 16 hex digits: to know again, not to prove. */
export const statementOf = (alert: Alert): string =>
  digestOf(`${alert.alertId}|${contentDigestOf(alert)}`).slice(0, 16);

/**
 * Ids given per disaster, not per message: a GLIDE number covers a quake and its aftershock, an activation several floods,
 * a storm's name, a volcano's and an incident's number come back. They need a match in time beside them.
 */
export const isLooseId = (id: string): boolean => /^(glide|storm|incident|volcano|emsr):/.test(id);

/** An incident of CAP is the sender's own number; a word ("Alert") is none, and stands in all that some senders write. */
export const isIncidentNumber = (id: string): boolean => /^incident:.*,(?=.*\d).{4,}$/.test(id);

/** Ids of messages that follow one another without one replacing the next by itself: CAP references, VTEC. */
export const isChainId = (id: string): boolean => /^(cap|vtec):/.test(id);

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/**
 * The id of the event that a message opens, readable ("EQ-20230206-us6000jllz") and always the same for that message.
 * Other ids than those of USGS and GDACS are unique within their source only, so those carry a digest of both.
 */
export const eventIdOf = (
  alert: Pick<Alert, 'source' | 'sourceId' | 'hazard' | 'occurredAt' | 'status'>,
): string => {
  const day = alert.occurredAt.slice(0, 10).replaceAll('-', '');
  const name =
    alert.source === 'USGS'
      ? slug(alert.sourceId)
      : alert.source === 'GDACS'
        ? `gdacs${slug(alert.sourceId).replace(/^[a-z]+/, '')}`
        : `${slug(alert.sourceId).slice(0, 24)}-${digestOf(keyOf(alert)).slice(0, 8)}`.replace(/-{2,}/g, '-');
  const drill = alert.status === 'Actual' ? '' : 'EXERCISE-';
  return `${drill}${alert.hazard}-${day}-${name.replace(/^-/, '')}`;
};
