import { readdirSync, readFileSync } from 'node:fs';
import { CAP_1_2 } from '@dec112/cap-ts';
import { SaxesParser } from 'saxes';
import { foldAll } from '../../functions/alerts/events/batch.ts';
import { readBody } from '../../functions/alerts/intake.ts';
import type { Alert } from '../../functions/domain/alert.ts';
import { eonetOf, nwsOf, polygonOf } from './generated.ts';

/** What is done with the bodies: the whole way, a bare parse, the peer's reading, or events made of what was read. */
export type Side = 'whole' | 'bare' | 'peer' | 'fold';

/** The bodies: the files of a folder, of those the ones that the peer can read, or made here. */
export type Bodies =
  | { folder: string }
  | { readableByPeer: string }
  | { eonetEvents: number }
  | { polygonPoints: number }
  | { nwsAlerts: number };

/**
 * One measurement, made in a process of its own: a parser slows down where others have used it in other ways. `once`: the
 * first pass of all, cold, as a function makes it that has just started, with no more memory than that takes.
 */
export type Job = { side: Side; bodies: Bodies; once?: true };

/** Median of one pass over all bodies. `messages`: all items, whatever became of them. */
export type Measured = { ms: number; bytes: number; messages: number; files: number; peakRssBytes: number };

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const parseBare = (bytes: Uint8Array): void => {
  const text = textOf(bytes).trimStart();
  if (text.startsWith('<')) new SaxesParser({ xmlns: true, position: false }).write(text).close();
  else JSON.parse(text);
};

const parseAsPeer = (bytes: Uint8Array): Promise<unknown> => CAP_1_2.Alert.fromXML(textOf(bytes));

/** A broken capture costs about the same on both sides. */
const orNothing = async (work: () => unknown): Promise<boolean> => {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
};

const filesIn = (folder: string): Uint8Array[] =>
  readdirSync(folder).map(name => readFileSync(`${folder}/${name}`));

const readableByPeer = async (files: readonly Uint8Array[]): Promise<Uint8Array[]> => {
  const readable: Uint8Array[] = [];
  for (const bytes of files) if (await orNothing(() => parseAsPeer(bytes))) readable.push(bytes);
  return readable;
};

const bodiesOf = async (bodies: Bodies): Promise<Uint8Array[]> => {
  if ('eonetEvents' in bodies) return [eonetOf(bodies.eonetEvents)];
  if ('polygonPoints' in bodies) return [polygonOf(bodies.polygonPoints)];
  if ('readableByPeer' in bodies) return readableByPeer(filesIn(bodies.readableByPeer));
  if ('nwsAlerts' in bodies) return [nwsOf(bodies.nwsAlerts)];
  return filesIn(bodies.folder);
};

const readers: Record<Exclude<Side, 'fold'>, (bytes: Uint8Array) => unknown> = {
  whole: bytes => readBody(bytes),
  bare: parseBare,
  peer: parseAsPeer,
};

const passOf = async (side: Side, files: readonly Uint8Array[]): Promise<() => unknown> => {
  if (side !== 'fold')
    return async () => {
      for (const bytes of files) await orNothing(() => readers[side](bytes));
    };
  const alerts: Alert[] = [];
  for (const bytes of files) alerts.push(...(await readBody(bytes)).accepted);
  return () => foldAll(alerts, '2030-01-01T00:00:00.000Z');
};

const messagesIn = async (files: readonly Uint8Array[]): Promise<number> => {
  let messages = 0;
  for (const bytes of files) {
    const { accepted, ignored, rejected } = await readBody(bytes);
    messages += accepted.length + ignored.length + rejected.length;
  }
  return messages;
};

const timeOf = async (pass: () => unknown): Promise<number> => {
  const began = performance.now();
  await pass();
  return performance.now() - began;
};

/** Passes until their times are steady: warm-up for a while, then some to take the median of. */
const measure = async (pass: () => unknown): Promise<number> => {
  const began = performance.now();
  for (let run = 0; run < 3 || performance.now() - began < 700; run += 1) await pass();
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 5 || (performance.now() - start < 1500 && times.length < 200)) {
    times.push(await timeOf(pass));
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
};

const { side, bodies, once } = JSON.parse(process.argv[2]!) as Job;
const files = await bodiesOf(bodies);
const ms = await (once ? timeOf : measure)(await passOf(side, files));
// Before the messages are counted, which is the whole way on every side.
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const bytes = files.reduce((sum, file) => sum + file.length, 0);
const measured: Measured = {
  ms,
  bytes,
  messages: await messagesIn(files),
  files: files.length,
  peakRssBytes,
};
process.stdout.write(JSON.stringify(measured));
