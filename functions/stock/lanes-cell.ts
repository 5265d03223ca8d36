import type { Lane, LaneMode, Transit } from '../domain/stock.ts';
import { decimal, parts, wholeNumber } from '../roster/cells.ts';
import { CellFault } from '../roster/csv-file.ts';

/**
 * The lanes of a warehouse in one cell, `|` between two lanes and `;` between what is said of one:
 *
 *     air-tza: scheduled air to TZA, direct; leaves within 18 h; takes 11 h; up to 20000 kg; 310 per kg; fixed 5000
 *     | charter: air charter; leaves within 48 h; 800 km/h + 3 h
 *
 * First the lane's code and how it goes: `air charter`, `scheduled air`, `sea` or `road`; `to` a country or anywhere;
 * `direct` or not. Then, needed: the hours from the order to the departure, the whole interval between two departures
 * counted; and how long it takes, in hours, or as a speed over the great circle and hours on the ground. At will: what it
 * carries at most, points for a kilogram, points once.
 */
export const readLanes = (isCountry: (code: string) => boolean) => (text: string) => {
  const lanes = parts(text).map(each => readLane(each.normalize('NFKC'), isCountry));
  const twice = lanes.find((lane, i) => lanes.some((other, j) => j < i && other.laneId === lane.laneId));
  if (twice) throw new CellFault(`the lane \`${twice.laneId}\` is there twice`);
  return lanes;
};

const head =
  /^([a-z0-9-]{1,40})\s*:\s*(air charter|scheduled air|sea|road)(?:\s+to\s+([a-z]{3}|anywhere))?(?:\s*,?\s+(direct))?$/i;
const number = String.raw`(\d+(?:\.\d+)?)`;
const sayings = {
  leadHours: new RegExp(`^leaves within ${number} h$`, 'i'),
  hours: new RegExp(`^takes ${number} h$`, 'i'),
  speed: new RegExp(String.raw`^${number} km/h \+ ${number} h$`, 'i'),
  capacityKg: new RegExp(`^up to ${number} kg$`, 'i'),
  costPerKg: new RegExp(`^${number} per kg$`, 'i'),
  fixedCost: new RegExp(`^fixed ${number}$`, 'i'),
};
type Saying = keyof typeof sayings;

function readLane(text: string, isCountry: (code: string) => boolean): Lane {
  const [first = '', ...rest] = text.split(';').map(part => part.trim().replace(/\s+/g, ' '));
  const named = head.exec(first);
  if (!named)
    throw new CellFault(
      `\`${first}\` is not the beginning of a lane (\`air-tza: scheduled air to TZA, direct\` is)`,
    );
  const [, laneId = '', mode = '', to = 'anywhere', direct] = named;
  const said = new Map<Saying, RegExpExecArray>();
  for (const part of rest.filter(each => each !== '')) {
    const found = (Object.keys(sayings) as Saying[]).find(each => sayings[each].test(part));
    if (!found)
      throw new CellFault(
        `\`${part}\` says nothing of a lane (\`leaves within 18 h\`, \`takes 11 h\`, \`800 km/h + 3 h\`, ` +
          '`up to 20000 kg`, `310 per kg`, `fixed 5000` do)',
      );
    if (said.has(found)) throw new CellFault(`\`${part}\`: lane \`${laneId}\` says this twice`);
    said.set(found, sayings[found].exec(part)!);
  }
  const value = (saying: Saying, read: (text: string) => number, place = 1): number | null => {
    const match = said.get(saying);
    return match ? read(match[place]!) : null;
  };
  const points = wholeNumber(0, 1_000_000);
  const leadHours = value('leadHours', decimal(0, 10_000));
  if (leadHours === null)
    throw new CellFault(`lane \`${laneId}\` does not say when it leaves (\`leaves within 18 h\`)`);
  const country = to.toUpperCase();
  if (country !== 'ANYWHERE' && !isCountry(country))
    throw new CellFault(`\`${to}\` of lane \`${laneId}\` is not a country (three letters, as in TZA)`);
  return {
    laneId: laneId.toLowerCase(),
    mode: mode.toLowerCase() as LaneMode,
    destinationCountry: country === 'ANYWHERE' ? null : country,
    direct: direct !== undefined,
    leadHours,
    transit: transitOf(),
    capacityKg: value('capacityKg', decimal(0.001, 1_000_000_000)),
    costPerKg: value('costPerKg', points) ?? 0,
    fixedCost: value('fixedCost', wholeNumber(0, 1_000_000_000)) ?? 0,
  };

  function transitOf(): Transit {
    const hours = value('hours', decimal(0, 10_000));
    const kmPerHour = value('speed', decimal(0.1, 10_000));
    const groundHours = value('speed', decimal(0, 10_000), 2);
    if (hours !== null && kmPerHour !== null)
      throw new CellFault(`lane \`${laneId}\` takes either hours or a speed, not both`);
    if (hours !== null) return { hours };
    if (kmPerHour === null || groundHours === null)
      throw new CellFault(
        `lane \`${laneId}\` does not say how long it takes (\`takes 11 h\`, or \`800 km/h + 3 h\`)`,
      );
    return { kmPerHour, groundHours };
  }
}
