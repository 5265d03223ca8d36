import * as z from 'zod';

/** Names of settings as the functions find them in their environment. */
const name = z.string().min(1);

/** What a step of deploy-team needs to reach its tables and people; each takes the part that it uses. */
export const Settings = {
  deployments: z.object({ DEPLOYMENTS_TABLE: name }),
  experts: z.object({ EXPERTS_TABLE: name }),
  employers: z.object({ EMPLOYERS_TABLE: name }),
  stock: z.object({ STOCK_TABLE: name }),
  roster: z.object({ ROSTER_BUCKET: name }),
  alerts: z.object({ ALERTS_TABLE: name }),
  desk: z.object({ DESK_TOPIC_ARN: name, PUBLIC_URL: z.url() }),
  /** SMS_ORIGIN: the number that people answer to; without one the account's default is used. */
  people: z.object({ PUBLIC_URL: z.url(), SMS_ORIGIN: z.string().optional() }),
};

/** What every state of deploy-team is given. */
export const StepInput = z.object({ deploymentId: name });

/** What a state that waits is given beside: its token, and who is told when nobody answers. */
export const WaitInput = StepInput.extend({ taskToken: name, tell: name });
