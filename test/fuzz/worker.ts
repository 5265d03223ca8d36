import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { examined } from './invariants.ts';
import { secondOpinion } from './oracles.ts';
import { runPart, type Trial } from './parts.ts';
import { layout, mostMs, type Told, type Work } from './protocol.ts';
import { capturedSeeds, ownSeeds } from './seeds.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapUsed = () => {
  collect();
  return getHeapStatistics().used_heap_size;
};

const work = workerData as Work;
const numbers = new Int32Array(work.shared, 0, 2);
const began = new Float64Array(work.shared, 8, 1);
const input = new Uint8Array(work.shared, layout.header);

const told: Told = {
  messages: 0,
  ms: 0,
  bodies: { accepted: 0, refused: 0, unreadable: 0 },
  alerts: 0,
  worstMs: 0,
  worst: new Uint8Array(),
  findings: [],
  counts: {},
  heap: [0, 0],
  guided: undefined,
};

const found = (what: string, bytes: Uint8Array) => {
  // Numbers differ from message to message; what happened is the same.
  const kind = what.replace(/\d+/g, '#').slice(0, 160);
  told.counts[kind] = (told.counts[kind] ?? 0) + 1;
  if (told.counts[kind] === 1) told.findings.push({ what, bytes: bytes.slice() });
};

const attempt = async ({ bytes, secondReader }: Trial): Promise<void> => {
  const start = performance.now();
  input.set(bytes.subarray(0, layout.room));
  began[0] = Date.now();
  Atomics.store(numbers, 1, Math.min(bytes.length, layout.room));
  Atomics.add(numbers, 0, 1);
  const { reading, breaches } = await examined(bytes);
  let ms = performance.now() - start;
  // A machine that is busy otherwise makes anything slow once.
  if (ms > mostMs) {
    const again = performance.now();
    await examined(bytes);
    ms = Math.min(ms, performance.now() - again);
  }
  Atomics.store(numbers, 1, -1);
  for (const breach of breaches) found(breach, bytes);
  if (ms > mostMs) found(`took ${Math.round(ms)} ms`, bytes);
  const difference = secondReader ? secondOpinion(bytes) : undefined;
  if (difference !== undefined) found(difference, bytes);
  told.messages += 1;
  if (ms > told.worstMs) {
    told.worstMs = ms;
    told.worst = bytes.slice();
  }
  told.alerts += reading?.accepted.length ?? 0;
  if (reading?.problem) told.bodies.unreadable += 1;
  else if (reading && reading.accepted.length > 0) told.bodies.accepted += 1;
  else told.bodies.refused += 1;
};

const seeds = [...ownSeeds(), ...capturedSeeds(work.captures)];
// Once through all of them, so that what is loaded and compiled on the way counts as the start.
for (const { bytes } of seeds) await attempt({ bytes, secondReader: true });
told.heap[0] = heapUsed();
const start = performance.now();
told.messages = 0;
told.worstMs = 0;
const untilMs = start + work.minutes * 60_000;
const { part, messages, seed } = work;
told.guided = await runPart(part, { messages, untilMs, seed }, seeds, import.meta.url, attempt);
told.ms = performance.now() - start;
told.heap[1] = heapUsed();
parentPort?.postMessage(told);
