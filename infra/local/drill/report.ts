import { hasBothConsents } from '../../../functions/deployments/review.ts';
import { isFilled, readyAt } from '../../../functions/deployments/seating.ts';
import type {
  Deployment,
  GoodsLine,
  Notice,
  Offer,
  Seat,
  TimelineEntry,
} from '../../../functions/domain/deployment.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import { createAlertStore } from '../../../functions/store/alerts.ts';
import { createDeploymentStore } from '../../../functions/store/deployments.ts';
import { eventReport } from '../commands/event-report.ts';
import type { System } from '../surface.ts';

/** A deployment with everything that belongs to it, as the tables hold it. */
export type Whole = {
  deployment: Deployment;
  seats: Seat[];
  offers: Offer[];
  notices: Notice[];
  goods: GoodsLine[];
  timeline: TimelineEntry[];
};

/** The tables' names, as the template gives them to the functions. */
export const tablesOf = (system: System) => ({
  alerts: system.variable('ALERTS_TABLE'),
  experts: system.variable('EXPERTS_TABLE'),
  employers: system.variable('EMPLOYERS_TABLE'),
  stock: system.variable('STOCK_TABLE'),
  deployments: system.variable('DEPLOYMENTS_TABLE'),
});

/** Everything that the tables say of events and deployments, in the order of their ids. */
export async function readWorld(system: System): Promise<{ events: DisasterEvent[]; wholes: Whole[] }> {
  const names = tablesOf(system);
  const store = createDeploymentStore(system.tables, names.deployments);
  const deployments = (await store.list()).sort((a, b) => a.deploymentId.localeCompare(b.deploymentId));
  const wholes: Whole[] = [];
  for (const deployment of deployments) {
    const id = deployment.deploymentId;
    wholes.push({
      deployment,
      seats: await store.seats(id),
      offers: await store.offers(id),
      notices: await store.notices(id),
      goods: await store.goods(id),
      timeline: await store.timeline(id),
    });
  }
  return { events: await createAlertStore(system.tables, names.alerts).list(), wholes };
}

/** A team met its standard when it was full, and the last of its people at the assembly point, by the deadline. */
const teamReport = ({ deployment, seats, offers }: Whole) =>
  deployment.teams.map(team => {
    const ready = readyAt(team, seats);
    const isMet =
      team.filledAt !== null &&
      team.deadlineAt !== null &&
      ready !== null &&
      team.filledAt <= team.deadlineAt &&
      ready <= team.deadlineAt;
    return {
      type: team.teamType,
      required: team.required,
      filled: seats.filter(seat => seat.teamType === team.teamType && isFilled(seat)).length,
      standby: offers.filter(
        offer => offer.kind === 'standby' && offer.teamType === team.teamType && hasBothConsents(offer),
      ).length,
      deadlineAt: team.deadlineAt,
      filledAt: team.filledAt,
      readyAt: ready,
      deadlineMet: isMet,
    };
  });

/** Every person who was asked counts once, by the last state of the person's offers. */
const peopleReport = ({ offers }: Whole) => {
  const asked = offers.filter(offer => offer.askedAt !== null);
  const count = (test: (offer: Offer) => boolean) =>
    new Set(asked.filter(test).map(offer => offer.expertId)).size;
  return {
    asked: count(() => true),
    accepted: count(offer => offer.member?.answer === 'yes'),
    declined: count(offer => offer.member?.answer === 'no'),
    silent: count(offer => offer.state === 'Silent'),
    stoodDown: count(offer => offer.finalWord?.word === 'stand down'),
  };
};

const noticesReport = ({ notices }: Whole) => {
  const sent = notices.filter(notice => notice.state === 'Sent' || notice.state === 'Delivered');
  const sms = sent.filter(notice => notice.channel === 'sms');
  return {
    sms: sms.length,
    smsSegments: sms.reduce((sum, notice) => sum + notice.segments, 0),
    email: sent.length - sms.length,
  };
};

/** What a drill prints with `--json`. */
export const drillReport = (options: {
  seed: number;
  events: DisasterEvent[];
  wholes: Whole[];
  bill: object;
  violations: string[];
  complaints: string[];
}) => ({
  seed: options.seed,
  events: options.events.map(eventReport),
  deployments: options.wholes.map(whole => ({
    deploymentId: whole.deployment.deploymentId,
    eventId: whole.deployment.eventId,
    state: whole.deployment.state,
    teams: teamReport(whole),
    people: peopleReport(whole),
    notices: noticesReport(whole),
    goods: whole.goods.map(({ item, quantity, warehouseId, arrivesAt, state, reason }) => ({
      item,
      quantity,
      warehouse: warehouseId,
      arrivesAt,
      state,
      reason: reason.en,
    })),
    timeline: whole.timeline.map(({ at, what, who }) => ({ at, what, who })),
  })),
  bill: options.bill,
  violations: options.violations,
  complaints: options.complaints,
});

export type DrillReport = ReturnType<typeof drillReport>;
