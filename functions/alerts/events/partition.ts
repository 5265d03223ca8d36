import type { Account, Doubt, Join, MergeDecision, Voice } from '../../domain/event.ts';
import { secondsBetween } from '../documents/times.ts';
import { distanceKm } from '../geography/geography.ts';
import { type Family, familyOf } from './families.ts';
import { isIncidentNumber, isLooseId } from './identity.ts';
import { observedUntil, type Report, type Resemblance, resemblanceOf, tie } from './resemblance.ts';

/** How accounts fall into events: which stand together, why, and which pairs a person has to look at. */
export type Partition = { groups: Account[][]; joins: Join[]; doubts: PairDoubt[] };
export type PairDoubt = { accounts: Doubt['accounts']; reason: string };

/** What may hold two accounts together. `rank` orders the kinds: what a person said, ids, numbers per disaster, likeness. */
type Edge = {
  a: Account;
  b: Account;
  rank: 0 | 1 | 2 | 3;
  kind: Join['kind'];
  score: number;
  verdict: 'same' | 'doubtful';
  reason: string;
  /** The source itself gave both the same number, so that it may have two accounts of one event. */
  ofOneSource: boolean;
};

const day = 24 * 3600;

/**
 * The most accounts of one event by number or likeness, several times what any disaster has had: a sender that gives all
 * its messages one number must not make an event without end.
 */
const mostAccounts = 64;

/** A number per disaster joins only while the spans are no further apart: quakes are minutes, all else is over within a month. */
const numberSeconds = (family: Family, a: Account, b: Account) => {
  if (family !== 'earthquake' && family !== 'tsunami') return 30 * day;
  return isDayOnly(a) || isDayOnly(b) ? day : 600;
};

/** ReliefWeb and GLIDE know the day of a quake, not its hour. */
const isDayOnly = (account: Account) =>
  account.voices.every(voice => voice.occurredAt.endsWith('T00:00:00.000Z'));

/** Two oceans may have a storm of one name at once; one storm is not further apart than feeds differ and than it travels. */
const storm = { km: 1500, kmPerHour: 40 };

const reportOf = (voice: Voice): Report => ({
  occurredAt: voice.occurredAt,
  observedUntilAt: observedUntil(voice),
  position: voice.position,
  footprint: voice.footprint,
  countries: voice.countries,
  measures: voice.measures,
});

/** The family that an account speaks of; nothing while it has only withdrawn what nobody has seen. */
export const familyOfAccount = (account: Account): Family | undefined =>
  account.voices[0] && familyOf(account.voices[0].hazard);

const decisionAbout = (decisions: readonly MergeDecision[], a: Account, b: Account) =>
  decisions
    .filter(
      ({ ids: [one, other] }) =>
        (a.ownIds.includes(one) && b.ownIds.includes(other)) ||
        (a.ownIds.includes(other) && b.ownIds.includes(one)),
    )
    .reduce<MergeDecision | undefined>(
      (latest, next) => (latest && latest.at >= next.at ? latest : next),
      undefined,
    );

const nearestReports = (a: Account, b: Account): { seconds: number; km: number | undefined } => {
  let best = { seconds: Number.POSITIVE_INFINITY, km: undefined as number | undefined };
  for (const one of a.voices.map(reportOf))
    for (const other of b.voices.map(reportOf)) {
      const seconds = Math.min(
        secondsBetween(one.occurredAt, other.observedUntilAt),
        secondsBetween(other.occurredAt, one.observedUntilAt),
        secondsBetween(one.occurredAt, other.occurredAt),
      );
      const km = one.position && other.position ? distanceKm(one.position, other.position) : undefined;
      if (seconds < best.seconds) best = { seconds, km };
    }
  return best;
};

/** A number that the source itself gives to several of its messages; that another gave them does not make them one. */
const isOwnIncident = (id: string, source: string) => id.startsWith(`incident:${source},`);

const byNumber = (a: Account, b: Account, family: Family): Edge | undefined => {
  const sameSource = a.source === b.source;
  const id = a.strongIds.find(
    strongId =>
      isLooseId(strongId) &&
      b.strongIds.includes(strongId) &&
      (sameSource ? isOwnIncident(strongId, a.source) : true) &&
      (!strongId.startsWith('incident:') || isIncidentNumber(strongId)),
  );
  if (id === undefined) return undefined;
  const { seconds, km } = nearestReports(a, b);
  if (seconds > (id.startsWith('incident:') ? 30 * day : numberSeconds(family, a, b))) return undefined;
  if (id.startsWith('storm:') && km !== undefined && km > storm.km + (seconds / 3600) * storm.kmPerHour)
    return undefined;
  const reason = `common number ${id}`;
  return { a, b, rank: 2, kind: 'number', score: 0, verdict: 'same', reason, ofOneSource: sameSource };
};

const byLikeness = (a: Account, b: Account, family: Family): Edge | undefined => {
  let best: Resemblance | undefined;
  for (const one of a.voices)
    for (const other of b.voices) {
      const found = resemblanceOf(family, reportOf(one), reportOf(other));
      if (found.verdict !== 'apart' && (!best || found.score < best.score)) best = found;
    }
  if (!best || best.verdict === 'apart') return undefined;
  const { verdict, score, reason } = best;
  return { a, b, rank: 3, kind: 'likeness', score, verdict, reason, ofOneSource: false };
};

/** What may hold two accounts together by rule, the strongest first; nothing when they are sure to be apart. */
const edgesByRule = (a: Account, b: Account): Edge[] => {
  if (a.source === b.source && !a.strongIds.some(id => isOwnIncident(id, a.source))) return [];
  const families = [familyOfAccount(a), familyOfAccount(b)] as const;
  const [family] = families;
  const sameFamily = family !== undefined && family === families[1];
  const edges: (Edge | undefined)[] = [];
  if (a.source !== b.source && sameFamily) {
    // A CAP reference is for its own sender alone: by naming the messages of others a stranger could tie events together.
    const id = a.strongIds.find(
      strongId => !isLooseId(strongId) && !strongId.startsWith('cap:') && b.strongIds.includes(strongId),
    );
    if (id !== undefined) {
      const reason = `common id ${id}`;
      edges.push({ a, b, rank: 1, kind: 'id', score: 0, verdict: 'same', reason, ofOneSource: false });
    }
  }
  if (!sameFamily) return edges.filter(edge => edge !== undefined);
  if (edges.length === 0) edges.push(byNumber(a, b, family));
  if (a.source !== b.source) edges.push(byLikeness(a, b, family));
  return edges.filter(edge => edge !== undefined);
};

const edgesOf = (a: Account, b: Account, decisions: readonly MergeDecision[]): Edge[] => {
  if (a.exercise !== b.exercise) return [];
  const decision = decisions.length === 0 ? undefined : decisionAbout(decisions, a, b);
  if (decision?.kind === 'apart') return [];
  if (decision)
    return [
      {
        a,
        b,
        rank: 0,
        kind: 'desk',
        score: 0,
        verdict: 'same',
        reason: `${decision.by}: ${decision.reason}`,
        ofOneSource: true,
      },
    ];
  return edgesByRule(a, b);
};

/** Whether anything, doubtful or sure, links the two: only such accounts have to be looked at together. */
export const areRelated = (a: Account, b: Account, decisions: readonly MergeDecision[]): boolean =>
  edgesOf(a, b, decisions).length > 0;

/** Two things at one end that cannot both be meant: accounts of one source, which keeps them apart in its own books. */
const areRivals = (a: Account, b: Account) => a !== b && a.source === b.source;

/**
 * Numbers that several events of one source share, and likenesses as close as another, cannot be told by a rule; then a
 * person decides.
 */
const isAmbiguous = (edge: Edge, edges: readonly Edge[]): boolean =>
  edges.some(other => {
    if (other === edge || other.rank !== edge.rank || other.verdict !== 'same') return false;
    if (edge.ofOneSource || other.ofOneSource) return false;
    const rivals =
      (other.a === edge.a && areRivals(other.b, edge.b)) ||
      (other.b === edge.b && areRivals(other.a, edge.a)) ||
      (other.a === edge.b && areRivals(other.b, edge.a)) ||
      (other.b === edge.a && areRivals(other.a, edge.b));
    return rivals && other.score - edge.score < tie;
  });

const inOrder = (a: Edge, b: Edge): number =>
  a.rank - b.rank || a.score - b.score || (pairKey(a) < pairKey(b) ? -1 : pairKey(a) > pairKey(b) ? 1 : 0);

const pairKey = ({ a, b }: Pick<Edge, 'a' | 'b'>) => [a.accountId, b.accountId].sort().join('|');

const pairOf = ({ a, b }: Edge): Join['accounts'] =>
  a.accountId < b.accountId ? [a.accountId, b.accountId] : [b.accountId, a.accountId];

/**
 * Which accounts are one event. A function of the set alone: the links are taken from the strongest to the weakest, and
 * each joins what its ends have grown into, unless that would put two events of one source into one, or a person said no.
 */
export const partition = (accounts: readonly Account[], decisions: readonly MergeDecision[]): Partition => {
  const edges: Edge[] = [];
  accounts.forEach((a, index) => {
    for (const b of accounts.slice(index + 1)) edges.push(...edgesOf(a, b, decisions));
  });
  edges.sort(inOrder);

  const groupOf = new Map(accounts.map(account => [account, [account]]));
  const isForbidden = (edge: Edge, one: Account[], other: Account[]): string | undefined => {
    if (edge.rank > 1 && one.length + other.length > mostAccounts)
      return `it has ${mostAccounts} accounts already`;
    for (const a of one)
      for (const b of other) {
        if (decisionAbout(decisions, a, b)?.kind === 'apart') return 'the desk keeps them apart';
        if (!edge.ofOneSource && a.source === b.source) return `${a.source} holds them for two events`;
      }
    return undefined;
  };

  const joins: Join[] = [];
  const open: { edge: Edge; reason: string }[] = [];
  for (const edge of edges) {
    const [one, other] = [groupOf.get(edge.a)!, groupOf.get(edge.b)!];
    if (one === other) continue;
    if (edge.verdict === 'doubtful') {
      open.push({ edge, reason: edge.reason });
      continue;
    }
    if (isAmbiguous(edge, edges)) {
      open.push({ edge, reason: `${edge.reason}, and as near to another event` });
      continue;
    }
    const forbidden = isForbidden(edge, one, other);
    if (forbidden !== undefined) {
      // A weaker likeness than the one that was taken is no doubt; an id or a number that contradicts is.
      if (edge.rank < 3) open.push({ edge, reason: `${edge.reason}, but ${forbidden}` });
      continue;
    }
    joins.push({ accounts: pairOf(edge), kind: edge.kind, reason: edge.reason });
    const joined = [...one, ...other];
    for (const account of joined) groupOf.set(account, joined);
  }
  const doubts = new Map<string, PairDoubt>();
  for (const { edge, reason } of open)
    if (groupOf.get(edge.a) !== groupOf.get(edge.b) && !doubts.has(pairKey(edge)))
      doubts.set(pairKey(edge), { accounts: pairOf(edge), reason });
  return {
    groups: [...new Set(groupOf.values())].map(group =>
      [...group].sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    ),
    joins,
    doubts: [...doubts.values()],
  };
};
