import type { Seat } from '../../functions/domain/deployment.ts';

/** Why a seat is empty, in both languages. */
export const nobody = { en: 'nobody', ja: '該当者なし' };

/** An open seat of the sample deployment, with what a test changes. */
export const aSeat = (change: Partial<Seat> = {}): Seat => ({
  deploymentId: 'D-0041',
  seatId: 'rescue/dog-handler/01',
  teamType: 'rescue',
  role: 'dog-handler',
  number: 1,
  critical: true,
  state: 'Open',
  expertId: null,
  offerId: null,
  arrivesAt: null,
  reasons: [],
  timesAsked: 0,
  filledAt: null,
  ...change,
});
