import type { Offer } from '../../../functions/domain/deployment.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import type { Expert } from '../../../functions/domain/expert.ts';
import type { StockLine } from '../../../functions/domain/stock.ts';
import type { Outbox } from '../post.ts';
import type { Whole } from './report.ts';

/** What the auditor looks at: the tables at the end, the stock at the beginning, and every message as it left. */
export type Evidence = {
  events: DisasterEvent[];
  wholes: Whole[];
  experts: Expert[];
  stock: StockLine[];
  stockBefore: StockLine[];
  outbox: Outbox;
  /** A word for everything that was logged. */
  logs: string[];
};

const OVER = new Set(['Closed', 'Refused']);
const isSent = ({ state }: { state: string }) => state === 'Sent' || state === 'Delivered';

/** From the seat's offer until the last word: the time in which a person is this deployment's. */
const spanOf = (offer: Offer): [string, string] => {
  const from = offer.askedAt ?? offer.answerBy;
  const to = offer.finalWord && offer.finalWord.word !== 'deploy' ? offer.finalWord.at : offer.homeAt;
  return [from, to];
};

/** Nobody sits on two seats, or is on the way for two deployments, at the same time. */
function* twoPlaces({ wholes, experts }: Evidence): Generator<string> {
  const asked = wholes.flatMap(({ offers }) =>
    offers.filter(offer => offer.kind === 'seat' && offer.askedAt),
  );
  const byPerson = new Map<string, Offer[]>();
  for (const offer of asked) byPerson.set(offer.expertId, [...(byPerson.get(offer.expertId) ?? []), offer]);
  for (const [expertId, offers] of byPerson)
    for (const [i, a] of offers.entries())
      for (const b of offers.slice(i + 1)) {
        const [[fromA, toA], [fromB, toB]] = [spanOf(a), spanOf(b)];
        if (fromA < toB && fromB < toA)
          yield `two places: ${expertId} has ${a.deploymentId} ${a.offerId} and ${b.deploymentId} ${b.offerId} at once`;
      }
  for (const { deployment, seats } of wholes) {
    const seated = seats.flatMap(seat => seat.expertId ?? []);
    for (const expertId of new Set(seated))
      if (seated.filter(id => id === expertId).length > 1)
        yield `two places: ${expertId} has two seats of ${deployment.deploymentId}`;
    if (!OVER.has(deployment.state)) continue;
    for (const { expertId, hold } of experts)
      if (hold?.deploymentId === deployment.deploymentId)
        yield `still held: ${expertId} by ${deployment.deploymentId}, which is ${deployment.state}`;
  }
}

/** What left the shelf, what is reserved and what is free add up to what was there. */
function* goods({ wholes, stock, stockBefore }: Evidence): Generator<string> {
  const lines = wholes.flatMap(whole => whole.goods);
  for (const line of stock) {
    const place = `${line.warehouseId}/${line.item}`;
    const before = stockBefore.find(each => each.warehouseId === line.warehouseId && each.item === line.item);
    const total = (each: StockLine | undefined) =>
      each ? each.available + Object.values(each.reservations).reduce((sum, units) => sum + units, 0) : 0;
    const left = lines
      .filter(
        each =>
          each.warehouseId === line.warehouseId &&
          each.item === line.item &&
          (each.state === 'Departed' || each.state === 'Arrived'),
      )
      .reduce((sum, each) => sum + each.quantity, 0);
    if (line.available < 0) yield `goods that are not there: ${place} has ${line.available} free`;
    if (total(line) + left !== total(before))
      yield `goods do not add up: ${place} had ${total(before)}, has ${total(line)}, and ${left} left`;
  }
  for (const { deployment, goods: own } of wholes)
    for (const each of own) {
      const line = stock.find(other => other.warehouseId === each.warehouseId && other.item === each.item);
      const isReserved = each.state === 'Reserved' || each.state === 'Loading';
      if (isReserved !== (line?.reservations[deployment.deploymentId] !== undefined))
        yield `goods: ${each.item} of ${each.warehouseId} is ${each.state} for ${deployment.deploymentId}, and the stock says otherwise`;
    }
}

/** Drills follow exercises alone, and exercises are followed by drills alone. */
function* exercises({ events, wholes }: Evidence): Generator<string> {
  for (const { deployment } of wholes) {
    const event = events.find(each => each.eventId === deployment.eventId);
    if (event && event.exercise !== deployment.drill)
      yield `exercise taken for real, or the other way: ${deployment.deploymentId} on ${event.eventId}`;
  }
}

/** Nobody is told to go before the desk has approved and both consents are recorded, and nobody without a request. */
function* consents({ wholes }: Evidence): Generator<string> {
  for (const { deployment, offers, notices } of wholes) {
    // A later approval of further need does not make the first one late.
    const approvedAt = deployment.approvals.filter(({ note }) => note !== 'further need').at(-1)?.at;
    for (const notice of notices.filter(
      each => each.kind === 'deploy' && each.to === 'member' && each.sentAt,
    )) {
      const offer = offers.find(each => each.offerId === notice.offerId);
      const agreed =
        offer?.member?.answer === 'yes' &&
        offer.employer?.answer === 'yes' &&
        offer.member.at <= (notice.sentAt ?? '') &&
        offer.employer.at <= (notice.sentAt ?? '');
      if (!agreed) yield `told to go without both consents: ${deployment.deploymentId} ${notice.noticeId}`;
      if (!approvedAt || approvedAt > (notice.sentAt ?? '') || !deployment.request)
        yield `told to go without approval or request: ${deployment.deploymentId} ${notice.noticeId}`;
    }
    const asked = notices.filter(
      each => (each.kind === 'offer' || each.kind === 'standby offer') && isSent(each),
    );
    if (asked.length > 0 && (!deployment.request || deployment.approvals.length === 0))
      yield `asked to go before request and approval: ${deployment.deploymentId}`;
  }
}

/** Nobody who was asked is left without a final word once a deployment is over, and no notice is left half sent. */
function* finalWords({ wholes }: Evidence): Generator<string> {
  for (const { deployment, offers, notices } of wholes) {
    if (!OVER.has(deployment.state)) continue;
    for (const offer of offers) {
      const own = notices.filter(notice => notice.offerId === offer.offerId);
      const wasAsked = own.some(notice => notice.to === 'member' && isSent(notice));
      const word = offer.finalWord?.word;
      if (wasAsked && (!word || word === 'deploy'))
        yield `no final word: ${offer.expertId} on ${deployment.deploymentId} ${offer.offerId}`;
      const told = own.some(
        notice =>
          notice.kind === word &&
          notice.to === 'member' &&
          (isSent(notice) || notice.state === 'Failed for good'),
      );
      if (wasAsked && word && !told)
        yield `final word not sent: ${offer.expertId} on ${deployment.deploymentId} ${offer.offerId} (${word})`;
      if (!offer.reviewed) yield `answer not acted on: ${deployment.deploymentId} ${offer.offerId}`;
    }
    for (const notice of notices)
      if (notice.state === 'Sending' || notice.state === 'Failed for now')
        yield `notice lost: ${deployment.deploymentId} ${notice.noticeId} is ${notice.state}`;
  }
}

/** A telephone number, an address or a token never stands in a log. */
function* secrets({ experts, wholes, logs }: Evidence): Generator<string> {
  const words = new Set<string>();
  for (const { phone, email } of experts)
    for (const word of [phone?.number, email?.address]) if (word) words.add(word);
  for (const offer of wholes.flatMap(whole => whole.offers))
    words.add(offer.memberKey).add(offer.employerKey);
  for (const line of logs)
    for (const token of line.split(/[\s"',:;/\\{}()[\]]+/))
      if (words.has(token) || [...words].some(word => token.length > 15 && token.endsWith(word)))
        yield `secret in a log: a line of ${line.length} characters`;
}

/** Every message that left is recorded, and every one recorded as sent has left. */
function* messages({ wholes, outbox }: Evidence): Generator<string> {
  const left = new Set([...outbox.sms, ...outbox.emails].map(message => message.messageId));
  for (const { deployment, notices } of wholes)
    for (const notice of notices)
      if (isSent(notice) && !left.has(notice.messageId ?? ''))
        yield `recorded as sent, never left: ${deployment.deploymentId} ${notice.noticeId}`;
}

/** Every breach of what the system must never do, found by looking at the tables and the post, not by asking the code that wrote them. */
export const audit = (evidence: Evidence): string[] => [
  ...twoPlaces(evidence),
  ...goods(evidence),
  ...exercises(evidence),
  ...consents(evidence),
  ...finalWords(evidence),
  ...messages(evidence),
  ...secrets(evidence),
];
