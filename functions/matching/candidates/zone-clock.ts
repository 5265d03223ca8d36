import { aheadOfUtc } from '../../domain/time-zone.ts';

const DAY = 86_400;
/** Zones change their clocks at most once in such a time (Morocco, around Ramadan, twice in about thirty days). */
const BLOCK = 7 * DAY;

/** How far the clocks of one zone are ahead of UTC from a moment on; all times in whole seconds. */
export type ZoneClock = {
  /** Seconds ahead of UTC at a moment not before the start. */
  aheadAt: (at: number) => number;
  /** The moment of the clock change between two moments less than a week apart, if there is one. */
  changeBetween: (from: number, until: number) => number | null;
};

type Block = { before: number; change: number; after: number };

/** Reads a zone (IANA name) by a handful of questions to Intl for each week that is asked about, however many people live there. */
export function zoneClockOf(timeZone: string, start: number): ZoneClock {
  const blocks: Block[] = [];
  const blockOf = (at: number): Block => {
    const number = Math.floor((at - start) / BLOCK);
    const known = blocks[number];
    if (known) return known;
    const read = readBlock(timeZone, start + number * BLOCK);
    blocks[number] = read;
    return read;
  };
  const aheadAt = (at: number): number => {
    const { before, change, after } = blockOf(at);
    return at < change ? before : after;
  };
  const changeBetween = (from: number, until: number): number | null => {
    if (aheadAt(from) === aheadAt(until)) return null;
    const { change } = blockOf(from);
    return change > from ? change : blockOf(until).change;
  };
  return { aheadAt, changeBetween };
}

/** What a week's clocks show, and the second at which they change, found by halving. */
function readBlock(timeZone: string, start: number): Block {
  const before = secondsAhead(timeZone, start);
  const after = secondsAhead(timeZone, start + BLOCK);
  if (before === after) return { before, change: start, after };
  let [old, change] = [start, start + BLOCK];
  while (change - old > 1) {
    const middle = Math.floor((old + change) / 2);
    if (secondsAhead(timeZone, middle) === before) old = middle;
    else change = middle;
  }
  return { before, change, after };
}

/** Days of the zone since 1970-01-01, which is day 0 of every rota. */
export const dayNumberIn = (timeZone: string, at: number): number =>
  Math.floor((at + secondsAhead(timeZone, at)) / DAY);

/** Seconds by which the clocks of a zone are ahead of UTC at a moment (seconds since 1970). */
const secondsAhead = (timeZone: string, at: number): number => aheadOfUtc(timeZone, at * 1000) / 1000;
