import { describe, expect, it } from 'vitest';
import { isNearLand } from '../../../functions/alerts/geography/coasts.ts';
import { drawnCoasts } from './coast-lines.ts';

const near = (latitude: number, longitude: number) => isNearLand({ latitude, longitude });

describe('what counts as near to land', () => {
  it('is land, small islands and the sea around them', () => {
    for (const [latitude, longitude] of [
      [48, 2],
      [-37.1, -12.3],
      [-0.53, 166.93],
      [10.3, -109.2],
      [70, 180],
      [70, -180],
      [-90, 0],
      [38.3, 142.37],
    ] as const)
      expect(near(latitude, longitude), `${latitude}, ${longitude}`).toBe(true);
  });

  it('is not the open sea', () => {
    for (const [latitude, longitude] of [
      [0, -140],
      [30, -40],
      [38, 145],
      [90, 0],
      [0, 180],
      [-30, -75],
    ] as const)
      expect(near(latitude, longitude), `${latitude}, ${longitude}`).toBe(false);
  });

  it('is drawn from the outlines of two packages (after an update of one: npx vitest run test/alerts -u)', async () => {
    await expect(drawnCoasts()).toMatchFileSnapshot('../../functions/alerts/geography/coasts.json');
  });
});
