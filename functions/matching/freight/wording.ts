import type { Wording } from '../../domain/primitives.ts';
import type { LaneMode } from '../../domain/stock.ts';
import type { Flow } from './goals.ts';
import type { Barrier, Network, Way } from './network.ts';

const modes: Readonly<Record<LaneMode, Wording>> = {
  'air charter': { en: 'air charter', ja: 'チャーター機' },
  'scheduled air': { en: 'scheduled air', ja: '定期航空便' },
  sea: { en: 'sea', ja: '海上輸送' },
  road: { en: 'road', ja: '陸上輸送' },
};

/** A sentence of parts, in both languages. */
const joined = (parts: readonly Wording[]): Wording => ({
  en: parts.map(({ en }) => en).join('; '),
  ja: parts.map(({ ja }) => ja).join('。'),
});

const units = (count: number): string => count.toLocaleString('en');

/** "31 h", "1 h 30 min"; from ten hours on without the minutes, rounded. */
export function hoursInWords(minutes: number): Wording {
  const whole = minutes >= 600 ? Math.round(minutes / 60) : Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (whole === 0) return { en: `${rest} min`, ja: `${rest}分` };
  if (rest === 0 || whole >= 10) return { en: `${whole} h`, ja: `${whole}時間` };
  return { en: `${whole} h ${rest} min`, ja: `${whole}時間${rest}分` };
}

/** The lane by its kind: "direct scheduled air, lane dxb-tza". */
function laneInWords({ lane, isDerived }: Way): Wording {
  const mode = modes[lane.mode];
  if (isDerived) return { en: 'by its next flight', ja: '次の便' };
  return {
    en: `by ${lane.direct ? 'direct ' : ''}${mode.en}, lane ${lane.laneId}`,
    ja: `${mode.ja}${lane.direct ? '（直行）' : ''}、経路${lane.laneId}`,
  };
}

/** Why these goods go this way: what it takes, who is nearer and loses, what is left behind, what is sent beyond the need. */
export function reasonOf(network: Network, flow: Flow, arc: number): Wording {
  const { ways, arcs, shelves, items } = network;
  const { shelf, way: w, item: i } = arcs[arc]!;
  const way = ways[w]!;
  const { warehouse } = way;
  const item = items[i]!;
  const quantity = flow[arc]!;
  const own = [...arcs.keys()].filter(a => arcs[a]!.item === i);
  const isFirst = own.every(a => ways[arcs[a]!.way]!.minutes >= way.minutes || flow[a]! > 0);
  const hours = hoursInWords(way.minutes);
  const lane = laneInWords(way);
  const km = Math.round(way.km);
  const parts: Wording[] = [
    isFirst
      ? {
          en: `${warehouse.name} delivers first of those left: ${hours.en} for ${km} km, ${lane.en}`,
          ja: `${warehouse.name}が残る中で最も早く届く：${km} km、${hours.ja}、${lane.ja}`,
        }
      : {
          en: `${warehouse.name} delivers in ${hours.en} for ${km} km, ${lane.en}`,
          ja: `${warehouse.name}から${hours.ja}で届く：${km} km、${lane.ja}`,
        },
  ];
  const nearer = nearerThatLoses(network, arc);
  if (nearer) {
    const later = hoursInWords(nearer.minutes - way.minutes);
    const notDirect = way.lane.direct && !nearer.lane.direct && !nearer.isDerived;
    parts.push({
      en:
        `${nearer.warehouse.name} is nearer (${Math.round(nearer.km)} km) but ` +
        `${notDirect ? 'has no direct lane in that time and ' : ''}arrives ${later.en} later`,
      ja:
        `${nearer.warehouse.name}は近い（${Math.round(nearer.km)} km）が、` +
        `${notDirect ? 'その時刻までの直行便がなく、' : ''}${later.ja}遅く届く`,
    });
  }
  if (!isFirst) {
    const earlier = own.find(a => ways[arcs[a]!.way]!.minutes < way.minutes && flow[a] === 0)!;
    parts.push(earlierUnused(network, flow, earlier));
  }
  const elsewhere = own.some(a => a !== arc && flow[a]! > 0);
  const shelfTaken = own.filter(a => arcs[a]!.shelf === shelf).reduce((sum, a) => sum + flow[a]!, 0);
  const { available, palletUnits } = shelves[shelf]!;
  const sent = own.reduce((sum, a) => sum + flow[a]!, 0);
  const loadOfWay = loadOf(network, flow, w);
  const isFull = way.capacity !== null && way.capacity - loadOfWay < arcs[arc]!.grams * palletUnits;
  if (shelfTaken === available && (elsewhere || sent < item.quantity))
    parts.push({
      en: `all ${units(available)} that it has; the rest ${elsewhere ? 'comes from elsewhere' : 'is missing'}`,
      ja: `在庫の${units(available)}をすべて出し、残りは${elsewhere ? '他から送る' : '足りない'}`,
    });
  else if (isFull && (elsewhere || sent < item.quantity))
    parts.push({
      en: `the lane carries no more: ${Math.round(loadOfWay / 1000)} kg of ${Math.round(way.capacity! / 1000)} kg are taken`,
      ja: `この経路の積載は上限：${Math.round(way.capacity! / 1000)} kgのうち${Math.round(loadOfWay / 1000)} kg`,
    });
  if (palletUnits > 1) {
    const loose = quantity % palletUnits;
    const spare = sent - item.quantity;
    if (loose > 0)
      parts.push({
        en: `${units(loose)} go loose, since whole pallets alone would leave more of the need unmet`,
        ja: `${units(loose)}は端数で送る（パレット単位だけでは不足が増えるため）`,
      });
    else if (spare > 0 && lastUsed(flow, own) === arc)
      parts.push({
        en: `${units(spare)} beyond the need, because a pallet of ${units(palletUnits)} is not broken`,
        ja: `必要数より${units(spare)}多い（${units(palletUnits)}入りのパレットを崩さないため）`,
      });
  }
  if (item.deadline !== null && way.minutes > item.deadline) {
    const late = hoursInWords(way.minutes - item.deadline);
    parts.push({ en: `${late.en} after the deadline`, ja: `期限より${late.ja}遅い` });
  }
  return joined(parts);
}

/** Grams that a way carries in a plan. */
const loadOf = ({ arcs }: Network, flow: Flow, way: number): number =>
  arcs.reduce((sum, arc, a) => (arc.way === way ? sum + flow[a]! * arc.grams : sum), 0);

/** Why an earlier way is not taken: others fill it, or it costs more and the arrival promised is kept without it. */
function earlierUnused(network: Network, flow: Flow, arc: number): Wording {
  const { arcs, ways, shelves } = network;
  const { way: w, grams, shelf } = arcs[arc]!;
  const { warehouse, lane, capacity } = ways[w]!;
  const name = {
    en: `${warehouse.name} by lane ${lane.laneId}`,
    ja: `${warehouse.name}の経路${lane.laneId}`,
  };
  const isFull =
    capacity !== null && capacity - loadOf(network, flow, w) < grams * shelves[shelf]!.palletUnits;
  return isFull
    ? {
        en: `${name.en} would be earlier and is full with other goods`,
        ja: `${name.ja}の方が早いが、他の物資で満載`,
      }
    : {
        en: `${name.en} would be earlier, and costs more for the same arrival of the last ones`,
        ja: `${name.ja}の方が早いが、最後の到着時刻は変わらず費用が高い`,
      };
}

const lastUsed = (flow: Flow, own: readonly number[]): number | undefined => own.findLast(a => flow[a]! > 0);

/** The earliest way of the nearest warehouse that has the item, is nearer than the chosen one and yet later. */
function nearerThatLoses({ arcs, ways }: Network, chosen: number): Way | undefined {
  const way = ways[arcs[chosen]!.way]!;
  const others = arcs.filter(({ item }) => item === arcs[chosen]!.item).map(arc => ways[arc.way]!);
  // Ways stand in the order of arrival, so the first of a warehouse is its earliest.
  const earliest = new Map<string, Way>();
  for (const other of others)
    if (!earliest.has(other.warehouse.warehouseId)) earliest.set(other.warehouse.warehouseId, other);
  return [...earliest.values()]
    .filter(other => other.km < way.km && other.minutes > way.minutes)
    .sort((a, b) => a.km - b.km)[0];
}

/** Why so many of an item are missing: how many were found, and what keeps the rest where it lies. */
export function shortageOf(network: Network, flow: Flow, i: number): Wording {
  const { items, arcs, shelves } = network;
  const { item, quantity } = items[i]!;
  const own = [...arcs.keys()].filter(a => arcs[a]!.item === i);
  const found = own.reduce((sum, a) => sum + flow[a]!, 0);
  const why = network.barriers
    .filter(({ shelf }) => shelves[shelf]!.item === item)
    .map(barrier => barrierInWords(network, barrier));
  for (const [s, { available, warehouseId }] of shelves.entries()) {
    const ofShelf = own.filter(a => arcs[a]!.shelf === s);
    const left = available - ofShelf.reduce((sum, a) => sum + flow[a]!, 0);
    if (ofShelf.length === 0 || left === 0) continue;
    const { name } = network.ways[arcs[ofShelf[0]!]!.way]!.warehouse;
    why.push({
      en: `${units(left)} in ${name || warehouseId} find no more room on its lanes`,
      ja: `${name || warehouseId}の${units(left)}は経路の積載が足りない`,
    });
  }
  const start =
    found === 0
      ? { en: `None of ${units(quantity)} found`, ja: `${units(quantity)}のうち見つかったものはない` }
      : {
          en: `${units(found)} of ${units(quantity)} found`,
          ja: `${units(quantity)}のうち${units(found)}が見つかった`,
        };
  const all = why.length > 0;
  return {
    en: `${start.en}${all ? `: ${why.map(({ en }) => en).join(', ')}` : ''}.`,
    ja: `${start.ja}${all ? `：${why.map(({ ja }) => ja).join('、')}` : ''}。`,
  };
}

function barrierInWords({ shelves, warehouses }: Network, { shelf, why }: Barrier): Wording {
  const { available, warehouseId } = shelves[shelf]!;
  const { name, country } = warehouses.get(warehouseId)!;
  const count = units(available);
  switch (why) {
    case 'stays':
      return { en: `${count} in ${name} stay in ${country}`, ja: `${name}の${count}は${country}国内用` };
    case 'expired':
      return { en: `${count} in ${name} have expired`, ja: `${name}の${count}は期限切れ` };
    case 'expires on the way':
      return {
        en: `${count} in ${name} expire before they arrive`,
        ja: `${name}の${count}は到着前に期限が切れる`,
      };
    case 'no lane':
      return { en: `no lane leads there for ${count} in ${name}`, ja: `${name}の${count}を運ぶ経路がない` };
    case 'lanes full':
      return {
        en: `${count} in ${name} find no room on its lanes`,
        ja: `${name}の${count}は経路に積めない`,
      };
  }
}
