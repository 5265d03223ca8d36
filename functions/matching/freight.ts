import { distanceKm } from '../alerts/geography/geography.ts';
import type { GoodsNeed } from '../domain/need.ts';
import type { CountryCode, Instant, Position } from '../domain/primitives.ts';
import type { GoodsPick, StockLine } from '../domain/stock.ts';
import { HOUR, plus } from '../domain/time.ts';

/** Speed of a jet freighter over the great circle, and the hours on the ground at the destination. Both unconfirmed. */
const freight = { kmPerHour: 800, groundHours: 4 };

/** What could not be found, of which item, and why. */
export type Shortage = { item: string; missing: number; reason: string };

/**
 * Where each line of goods comes from: the warehouse from which it arrives first, not the nearest one (Tanzania 2016 was
 * served from Dubai, not nearer Accra, because Dubai had more flights: lnews.jp/2016/10/i100508). A line that one
 * warehouse cannot give whole is split. Stock that stays in its country is used only there; stock that expires before it
 * arrives is not sent.
 */
export function pickGoods(
  lines: readonly GoodsNeed[],
  stock: readonly StockLine[],
  destination: Position,
  destinationCountry: CountryCode | null,
  now: Instant,
): { picks: GoodsPick[]; short: Shortage[] } {
  const picks: GoodsPick[] = [];
  const short: Shortage[] = [];
  for (const [item, quantity] of quantities(lines)) {
    const { usable, unusable } = offersOf(item, stock, destination, destinationCountry, now);
    let missing = quantity;
    for (const offer of usable) {
      if (missing === 0) break;
      const taken = Math.min(missing, offer.line.available);
      const nearer = nearerThatLoses(offer, usable);
      picks.push({
        item,
        warehouseId: offer.line.warehouseId,
        quantity: taken,
        arrivesAt: plus(now, offer.hours * HOUR),
        reason: reasonOf(offer, taken, missing, nearer),
      });
      missing -= taken;
    }
    if (missing > 0) short.push({ item, missing, reason: shortageOf(quantity, missing, unusable) });
  }
  return { picks, short };
}

type Offer = { line: StockLine; km: number; hours: number };

/** Several lines of one item are one demand on the stock. */
function quantities(lines: readonly GoodsNeed[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { item, quantity } of lines) sums.set(item, (sums.get(item) ?? 0) + quantity);
  return sums;
}

/** The stock of an item, the earliest arrival first, and what cannot be sent with the reason. */
function offersOf(
  item: string,
  stock: readonly StockLine[],
  destination: Position,
  destinationCountry: CountryCode | null,
  now: Instant,
): { usable: Offer[]; unusable: string[] } {
  const usable: Offer[] = [];
  const unusable: string[] = [];
  for (const line of stock) {
    if (line.item !== item || line.available === 0) continue;
    const { warehouse } = line;
    const km = distanceKm(warehouse.position, destination);
    // The whole interval between two flights is counted: a promise to the requesting state must hold on the worst day.
    const hours =
      warehouse.handlingHours + warehouse.flightEveryHours + km / freight.kmPerHour + freight.groundHours;
    const arrivesAt = plus(now, hours * HOUR);
    if (warehouse.staysInCountry && warehouse.country !== destinationCountry) {
      unusable.push(`${line.available} in ${warehouse.name} stay in ${warehouse.country}`);
    } else if (line.expiresAt !== null && Date.parse(line.expiresAt) <= Date.parse(arrivesAt)) {
      unusable.push(`${line.available} in ${warehouse.name} expire before they arrive`);
    } else {
      usable.push({ line, km, hours });
    }
  }
  usable.sort(
    (a, b) => a.hours - b.hours || a.km - b.km || (a.line.warehouseId < b.line.warehouseId ? -1 : 1),
  );
  return { usable, unusable };
}

/** The nearest warehouse that is nearer than the chosen one and yet later. */
function nearerThatLoses(chosen: Offer, usable: readonly Offer[]): Offer | undefined {
  return usable
    .filter(({ km, hours }) => km < chosen.km && hours > chosen.hours)
    .toSorted((a, b) => a.km - b.km)[0];
}

function reasonOf(offer: Offer, taken: number, wanted: number, nearer: Offer | undefined): string {
  const { warehouse } = offer.line;
  const parts = [
    `${warehouse.name} delivers first of those left: ${hoursInWords(offer.hours)} for ${Math.round(offer.km)} km ` +
      `(handling ${warehouse.handlingHours} h, a flight every ${warehouse.flightEveryHours} h)`,
  ];
  if (nearer) {
    parts.push(
      `${nearer.line.warehouse.name} is nearer (${Math.round(nearer.km)} km) but arrives ` +
        `${hoursInWords(nearer.hours - offer.hours)} later`,
    );
  }
  if (taken < wanted) parts.push(`all ${taken} that it has; the rest comes from elsewhere`);
  return parts.join('; ');
}

function shortageOf(quantity: number, missing: number, unusable: readonly string[]): string {
  const found = quantity - missing;
  const why = unusable.length > 0 ? `: ${unusable.join(', ')}` : '';
  return found === 0 ? `None of ${quantity} found${why}.` : `${found} of ${quantity} found${why}.`;
}

/** "31 h", "1 h 30 min". */
function hoursInWords(hours: number): string {
  const minutes = Math.round(hours * 60);
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (whole === 0) return `${rest} min`;
  return rest === 0 || whole >= 10 ? `${whole} h` : `${whole} h ${rest} min`;
}
