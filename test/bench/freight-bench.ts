import {
  breaches,
  type Flow,
  type Held,
  measure,
  nothingHeld,
} from '../../functions/matching/freight/goals.ts';
import { earliestFirst } from '../../functions/matching/freight/greedy.ts';
import { type Network, networkOf } from '../../functions/matching/freight/network.ts';
import { checkGoodsPlan, planGoods } from '../../functions/matching/freight/plan.ts';
import { columnsOf, flowOf, programmeOf } from '../../functions/matching/freight/programme.ts';
import { solveWhole } from '../../functions/matching/freight/solver.ts';
import { madeUp, type Size } from '../matching/freight-instances.ts';

/** Items x warehouses x ways of travel out of each. */
const usual: readonly Size[] = [
  { items: 6, warehouses: 6, modes: 3, pallets: true, deadlines: true },
  { items: 8, warehouses: 4, modes: 1 },
  { items: 15, warehouses: 6, modes: 1 },
  { items: 15, warehouses: 10, modes: 2 },
];
const long: readonly Size[] = [
  { items: 15, warehouses: 10, modes: 2, pallets: true },
  { items: 30, warehouses: 10, modes: 3 },
  { items: 30, warehouses: 10, modes: 3, pallets: true },
];

type Timed<T> = { result: T; wallMs: number; workMs: number };

/** Wall time, and what the processor works, which a machine that others use disturbs less. */
async function timed<T>(work: () => Promise<T> | T): Promise<Timed<T>> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wallMs: performance.now() - began, workMs: (user + system) / 1000 };
}

/** The peer: the solver with every quantity whole, for the least cost of a plan as good in the goals before it. */
async function allWhole(network: Network, held: Held, start: Flow): Promise<Flow> {
  const states = new Int8Array(network.ways.length).fill(-1);
  const shape = { held, objective: 'cost', states, isWhole: true, isWaysWhole: true } as const;
  const programme = programmeOf(network, shape);
  const begin = columnsOf(network, programme, start);
  const columns = await solveWhole(programme, 400, { absolute: 0.0009, relative: 1e-3 }, begin);
  const flow = columns && flowOf(programme, columns).map(Math.round);
  return flow && breaches(network, flow).length === 0 ? flow : start;
}

const percent = (part: number) => `${(100 * part).toFixed(part < 0.001 ? 3 : 1)} %`;

async function benchSize(size: Size, seed: number): Promise<string[]> {
  const problem = madeUp(seed, { ...size, room: size.modes === 3 ? 1.2 : 1.5 });
  const name = `${size.items} x ${size.warehouses} x ${size.modes}${size.pallets ? ', pallets' : ''}, seed ${seed}`;
  const network = networkOf(problem);
  const ours = await timed(() => planGoods(problem));
  const check = await timed(() => checkGoodsPlan(problem, ours.result));
  const greedy = await timed(() => earliestFirst(network, nothingHeld(network)));

  const flow = network.arcs.map(({ item, way }) => {
    const { warehouse, lane } = network.ways[way]!;
    const line = ours.result.lines.find(
      each =>
        each.item === network.items[item]!.item &&
        each.warehouseId === warehouse.warehouseId &&
        each.laneId === lane.laneId,
    );
    return line?.quantity ?? 0;
  });
  const own = measure(network, Float64Array.from(flow));
  const simple = measure(network, greedy.result);
  const held: Held = { ...nothingHeld(network), unmet: own.unmet, until: own.latest };
  if (network.items.some(({ deadline }) => deadline !== null)) held.late = own.late;
  if (size.pallets) held.loose = own.loose;
  const peer = await timed(() => allWhole(network, held, Float64Array.from(flow)));
  const least = measure(network, peer.result).cost;

  const gap = (goal: string) =>
    ours.result.stages.find(stage => stage.goal === goal && stage.item === null)?.gap ?? 0;
  const open = ours.result.stages.filter(stage => stage.goal !== 'cost' && stage.gap > 0).length;
  const goals = ours.result.stages.filter(stage => stage.goal !== 'cost').length;
  console.log(
    `${name.padEnd(32)} ${ours.workMs.toFixed(0).padStart(6)} ms (wall ${ours.wallMs.toFixed(0)}), check ` +
      `${check.workMs.toFixed(1)} ms; ${goals - open} of ${goals} goals before cost proven best, cost within ` +
      `${percent(gap('cost'))}`,
  );
  console.log(
    `  all quantities whole   ${(peer.workMs / ours.workMs).toFixed(2)} x the work, cost ${percent(least / own.cost - 1)}`,
  );
  console.log(
    `  earliest first         not found ${simple.unmet} against ${own.unmet}, last ` +
      `${Math.round(Math.max(...simple.latest) / 60)} h against ${Math.round(Math.max(...own.latest) / 60)} h, ` +
      `loose ${simple.loose} against ${own.loose}, cost ${percent(simple.cost / own.cost - 1)}`,
  );
  return check.result.map(fault => `${name}: ${fault}`);
}

/** Goods by lanes beside the solver with all quantities whole, and beside the earliest first. */
export async function benchFreight(all: boolean): Promise<void> {
  console.log('goods: items x warehouses x ways of travel');
  const faults: string[] = [];
  for (const size of all ? [...usual, ...long] : usual)
    for (const seed of all ? [1, 2, 3] : [1, 2]) faults.push(...(await benchSize(size, seed)));
  for (const fault of faults) console.log(`  WRONG: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
