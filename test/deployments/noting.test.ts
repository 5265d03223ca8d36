import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Choice } from '../../functions/deployments/choosing.ts';
import { planMade } from '../../functions/deployments/noting.ts';
import { Deployment, PlanMade, Seat } from '../../functions/domain/deployment.ts';
import { aDeployment } from '../notices/samples.ts';
import { aSeat, nobody } from './seats.ts';

const AT = '2026-03-02T00:00:00.000Z';

const aChoice = (trouble: string | null) =>
  ({
    from: 'whole roster',
    because: 'test',
    match: {
      picks: [{ seatId: 'expert/nurse/01', expertId: 'E-1', arrivesAt: AT, reasons: [nobody] }],
      empty: [{ seatId: 'expert/nurse/02', reason: nobody, filters: {} }],
      standby: [],
      stages: [],
      brokenRules: [],
      marginals: { seats: [], rules: [], openings: [] },
      summary: [],
      certificate: { stages: [], trouble },
    },
  }) as unknown as Choice;

it('keeps who was chosen for what, and the certificate by the digest of its bytes', () => {
  const made = planMade('D-1', 7, AT, aChoice('切れた'));
  expect(PlanMade.parse(made)).toEqual(made);
  expect(made).toMatchObject({
    number: 7,
    picks: [{ seatId: 'expert/nurse/01', expertId: 'E-1', arrivesAt: AT }],
    empty: ['expert/nurse/02'],
  });
  const { sha256, text } = made.certificate;
  expect(JSON.parse(text ?? '')).toEqual({ stages: [], trouble: '切れた' });
  expect(sha256).toBe(
    createHash('sha256')
      .update(text ?? '')
      .digest('hex'),
  );
});

it('keeps a certificate that no item can hold by its digest alone', () => {
  const trouble = 'x'.repeat(250_000);
  const { certificate } = planMade('D-1', 7, AT, aChoice(trouble));
  const text = JSON.stringify({ stages: [], trouble });
  expect(certificate).toEqual({ sha256: createHash('sha256').update(text).digest('hex'), text: null });
});

it('reads reasons from before there were two languages', () => {
  const seat = Seat.parse({ ...aSeat(), reasons: ['nobody', nobody] });
  expect(seat.reasons).toEqual([{ en: 'nobody', ja: 'nobody' }, nobody]);
  const { plans: _plans, brokenRules: _rules, ...before } = aDeployment();
  const read = Deployment.parse({ ...before, gaps: { 'rescue/nurse/01': 'nobody' } });
  expect(read).toMatchObject({ plans: 0, brokenRules: [], gaps: { 'rescue/nurse/01': { ja: 'nobody' } } });
});
