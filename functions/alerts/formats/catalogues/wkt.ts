import type { Position } from '../../../domain/primitives.ts';
import { positionOf } from '../../geography/geography.ts';
import type { Outline } from '../../geography/geometry.ts';

/** Longer texts are no area that anyone drew by hand. */
const longest = 2_000_000;

const pairOf = (text: string): number[] | undefined => {
  const [x, y] = text.trim().split(/\s+/, 2).map(Number);
  return x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : undefined;
};

/** The outer rings, in a text where every polygon opens with one bracket more than its rings. */
const ringsIn = (body: string, depthOfPolygon: number): Outline[] => {
  const outlines: Outline[] = [];
  let depth = 0;
  let start = 0;
  let isOuter = true;
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at];
    if (character === '(') {
      depth += 1;
      if (depth === depthOfPolygon) isOuter = true;
      start = at + 1;
    } else if (character === ')') {
      if (depth === depthOfPolygon + 1 && isOuter) {
        const points = body.slice(start, at).split(',').map(pairOf);
        // A ring with a point that is none is drawn somewhere else than it was meant.
        if (!points.includes(undefined)) outlines.push({ ring: points as number[][] });
        isOuter = false;
      }
      depth -= 1;
      if (depth < 0) return outlines;
    }
  }
  return outlines;
};

/**
 * Well-known text, "POINT (lon lat)", "POLYGON ((lon lat, …))" or MULTIPOLYGON, with or without "SRID=4326;" and a third
 * number; anything else is nothing. Never throws.
 */
export const geometryOfWkt = (
  text: string | undefined,
): { position: Position | null; outlines: Outline[] } => {
  const nothing = { position: null, outlines: [] };
  if (text === undefined || text.length > longest) return nothing;
  const head = text
    .slice(0, 60)
    .match(/^\s*(?:SRID=4326;)?\s*(POINT|POLYGON|MULTIPOLYGON)\s*(?:Z|M|ZM)?\s*\(/i);
  if (!head) return nothing;
  const body = text.slice(head[0].length - 1);
  switch (head[1]!.toUpperCase()) {
    case 'POINT': {
      const [longitude, latitude] = pairOf(body.slice(1, body.indexOf(')'))) ?? [];
      return { position: positionOf(latitude, longitude) ?? null, outlines: [] };
    }
    case 'POLYGON':
      return { position: null, outlines: ringsIn(body, 1) };
    default:
      return { position: null, outlines: ringsIn(body, 2) };
  }
};
