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

/** An event as the API shows it: what intake prints, and what it stands on. */
export const eventView = ({ voices: _voices, replacements: _replacements, ...event }: DisasterEvent) => event;

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
