import type {
  Deployment,
  GoodsLine,
  Notice,
  Offer,
  Seat,
  TimelineEntry,
  Waiting,
} from '../domain/deployment.ts';
import type { DisasterEvent } from '../domain/event.ts';
import type { KeptAlert } from '../store/alerts.ts';

/** An event as lists show it: what intake prints, and what it stands on. */
export const eventView = ({
  accounts,
  footprint: _footprint,
  provenance: _provenance,
  areas: _areas,
  ...event
}: DisasterEvent) => ({
  ...event,
  sources: accounts.map(({ accountId, source }) => ({ accountId, source })),
});

/** An event whole: each source's own words, and every message with what became of it. */
export const wholeEventView = (event: DisasterEvent, messages: readonly KeptAlert[]) => {
  const { accounts, ...rest } = event;
  return {
    ...rest,
    sources: accounts.map(({ accountId, source, ownIds, strongIds, homes, voices }) => ({
      accountId,
      source,
      ids: [...new Set([...ownIds, ...strongIds])],
      /** The events that were opened for it: this one keeps its name as long as it has such a source. */
      homes,
      says: voices,
    })),
    messages,
  };
};

/** The head of a deployment, with the address of its page. */
export const deploymentView = (deployment: Deployment) => ({
  ...deployment,
  teams: deployment.teams.map(team => ({ ...team })),
});

/** An offer without its credentials: the links let the holder answer for somebody else. */
const offerView = ({ link: _link, memberKey: _member, employerKey: _employer, ...offer }: Offer) => offer;

/** A deployment whole: seats, offers, notices, goods and timeline, and who is waited for. */
export const wholeView = (whole: {
  deployment: Deployment;
  seats: Seat[];
  offers: Offer[];
  notices: Notice[];
  goods: GoodsLine[];
  timeline: TimelineEntry[];
  waiting: Waiting | undefined;
}) => {
  const { taskToken: _token, ...waiting } = whole.waiting ?? { taskToken: '' };
  return {
    ...deploymentView(whole.deployment),
    seats: whole.seats,
    offers: whole.offers.map(offerView),
    notices: whole.notices,
    goodsLines: whole.goods,
    timeline: whole.timeline,
    waitsFor: whole.waiting ? waiting : null,
  };
};
