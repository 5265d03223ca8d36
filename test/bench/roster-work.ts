import { argv, cpuUsage, memoryUsage, resourceUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import type { Expert } from '../../functions/domain/expert.ts';
import { plus } from '../../functions/domain/time.ts';
import type { Candidate } from '../../functions/matching/problem.ts';
import { columnsOf } from '../../functions/roster/columns-of.ts';
import { overlay } from '../../functions/roster/overlay.ts';
import { postingsOf } from '../../functions/roster/reading.ts';
import { decodeColumns, ROSTER_KEY } from '../../functions/roster/snapshot-file.ts';
import { createRosterStore } from '../../functions/store/roster.ts';
import { createS3Endpoint, openBodies } from '../../infra/local/endpoints/s3.ts';
import { generate } from '../../infra/local/instances/generator.ts';
import { requestHandler } from '../../infra/local/transport.ts';

/** One reading of a roster by a process that does nothing else. */

export const SEED = 7;
export const BUCKET = 'roster';
/** When the snapshot was made; half an hour later it is read. */
export const MOMENT = '2026-03-02T00:00:00.000Z';

const CHANGED = 200;
const HALF_AN_HOUR = 1_800_000;

/** DynamoDB, as documented: half a unit for each 4 KB that may be a moment old, a whole one for what may not. */
const UNIT_BYTES = 4096;
const PAGE_BYTES = 1_048_576;
const SHARDS = 8;
/** A person in the index by change: three short attributes, their names, and what the index adds. */
const ENTRY_BYTES = 200;

export type Reads = { items: number; units: number; requests: number };
export type Reading = {
  cold: Reads;
  warm: Reads;
  times: Record<'unzip' | 'decode' | 'overlay' | 'postings' | 'cold' | 'warm', number>;
  /** MB: the process before it read the roster, and at its most. */
  memory: { before: number; peak: number };
};

/** The whole record of a generated person: what the matching does not ask is as long as in the demonstration. */
const recordOf = (candidate: Candidate): Expert => ({
  ...candidate,
  name: { family: 'Kobayashi', given: 'Haruka' },
  language: 'ja',
  phone: candidate.phone && { number: '+819000000000', state: candidate.phone.state },
  email: candidate.email && {
    address: `${candidate.expertId}@roster.example`,
    state: candidate.email.state,
    topicArn: `arn:aws:sns:ap-northeast-1:000000000000:relief-person-${candidate.expertId}-00000000`,
  },
});

/** The mean size of an item, by its JSON, which is within a tenth of how DynamoDB counts. */
export const itemBytesOf = (people: number): number => {
  const { person } = generate({ seed: SEED, seats: 70, people, kind: 'standard' });
  const sample = Math.min(people, 2000);
  let bytes = 0;
  for (let place = 0; place < sample; place++) bytes += JSON.stringify(recordOf(person(place))).length;
  return bytes / sample;
};

/** What a scan of the table reads, nothing of it out of date. */
export const scanOf = (people: number, itemBytes: number): Reads => ({
  items: people,
  units: Math.ceil((people * itemBytes) / UNIT_BYTES),
  requests: Math.ceil((people * itemBytes) / PAGE_BYTES),
});

/** Time of the processor, so that what else the machine does is not in it. */
const processorMs = (): number => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};

const measured = <T>(work: () => T): [T, number] => {
  const began = processorMs();
  const made = work();
  return [made, processorMs() - began];
};

async function read(folder: string, people: number, seats: number): Promise<Reading> {
  const { problem, person } = generate({ seed: SEED, seats, people, kind: 'standard' });
  const places = Array.from({ length: Math.min(CHANGED, people) }, (_, i) =>
    Math.floor((i * people) / CHANGED),
  );
  const hold = { deploymentId: 'D-OTHER', until: plus(MOMENT, 86_400_000) };
  const changed = new Map(
    places.map(place => {
      const record = { ...recordOf(person(place)), hold };
      return [record.expertId, record];
    }),
  );
  const changedAt = new Map([...changed.keys()].map(expertId => [expertId, plus(MOMENT, 60_000)]));
  const reads: Reads = { items: 0, units: 0, requests: 0 };
  const endpoint = createS3Endpoint([BUCKET], openBodies(folder));
  const memory = { before: Math.round(memoryUsage().rss / 1e6), peak: 0 };
  const store = createRosterStore({
    bucket: BUCKET,
    bodies: new S3Client({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
      forcePathStyle: true,
      requestHandler: requestHandler(request => {
        reads.requests += 1;
        return endpoint(request);
      }),
    }),
    now: () => plus(MOMENT, HALF_AN_HOUR),
    experts: {
      async changedSince() {
        reads.requests += SHARDS;
        reads.units +=
          SHARDS * 0.5 * Math.max(1, Math.ceil(((changedAt.size / SHARDS) * ENTRY_BYTES) / UNIT_BYTES));
        return changedAt;
      },
      async getMany(ids) {
        const asked = [...ids];
        reads.items += asked.length;
        reads.units += asked.length;
        reads.requests += Math.ceil(asked.length / 100);
        return new Map(asked.flatMap(id => (changed.has(id) ? [[id, changed.get(id)!]] : [])));
      },
      // biome-ignore lint/correctness/useYield: a plan that scans has failed here.
      async *rosterPages() {
        throw new Error('the table was scanned');
      },
    },
  });
  /** All that a plan reads of people: the roster, and by id whom it picks and who stands by. */
  const plan = async (): Promise<Reads> => {
    Object.assign(reads, { items: 0, units: 0, requests: 0 });
    await store.current();
    const standby = problem.teams.flatMap(team => team.standby).reduce((sum, { count }) => sum + count, 0);
    const named = problem.seats.length + standby;
    return {
      items: reads.items + named,
      units: reads.units + named,
      requests: reads.requests + Math.ceil(named / 100),
    };
  };
  let began = processorMs();
  const cold = await plan();
  const coldMs = processorMs() - began;
  postingsOf(await store.current());
  memory.peak = Math.round((resourceUsage().maxRSS * 1024) / 1e6);
  began = processorMs();
  const warm = await plan();
  const warmMs = processorMs() - began;

  const { bytes } = (await openBodies(folder).get(BUCKET, ROSTER_KEY))!;
  const [unzipped, unzip] = measured(() => gunzipSync(bytes));
  const [columns, decode] = measured(() => decodeColumns(unzipped));
  const [, overlaying] = measured(() => overlay(columns, columnsOf([...changed.values()])));
  const [, postings] = measured(() => postingsOf(columns));
  const times = { unzip, decode, overlay: overlaying, postings, cold: coldMs, warm: warmMs };
  return { cold, warm, times, memory };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '', people, seats] = argv;
  console.log(JSON.stringify(await read(folder, Number(people), Number(seats))));
}
