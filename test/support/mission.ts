import type { Deployment, MissionStage, Notice, Offer, Seat } from '../../functions/domain/deployment.ts';
import type { StockLine } from '../../functions/domain/stock.ts';
import { createDeploymentStore } from '../../functions/store/deployments.ts';
import { createEmployerStore } from '../../functions/store/employers.ts';
import { createExpertStore } from '../../functions/store/experts.ts';
import { createStockStore } from '../../functions/store/stock.ts';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { audit, type Evidence } from '../../infra/local/drill/auditor.ts';
import { readWorld, tablesOf, type Whole } from '../../infra/local/drill/report.ts';
import { type BootOptions, boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock, type VirtualClock } from '../../infra/local/workflow/clock.ts';
import { aRoster, employerIdOf, type People } from './roster.ts';

/** Two people of the desk: above the policy's number of seats each must approve. */
export const OFFICER = { name: 'Ito', 'cognito:groups': ['desk', 'approver'] };
export const SECOND = { name: 'Sato', 'cognito:groups': ['approver'] };

/** When scenarios begin. */
export const START = Date.parse('2026-03-02T00:00:00.000Z');
const MINUTE = 60_000;

/** An earthquake that no feed has told of, in a country that is not the desk's. */
export const aDisaster = (change: Record<string, unknown> = {}) => ({
  title: 'Earthquake in Türkiye',
  hazard: 'EQ',
  level: 'Red',
  occurredAt: '2026-03-01T20:00:00.000Z',
  country: 'TUR',
  position: { latitude: 37.2, longitude: 37 },
  ...change,
});

type Reply = { status: number; body: { state?: string; rule?: string; detail?: string } };
type Said = 'yes' | 'no';

/** One deployment, and what the desk and people do about it. Each verb ends when nothing is in flight any more. */
export interface Mission {
  deploymentId: string;
  whole(): Promise<Whole>;
  head(): Promise<Deployment>;
  seats(): Promise<Seat[]>;
  /** "A1 Asked" for each seat of the role, in their order; "- Open" for one without a person. */
  seated(role: string): Promise<string[]>;
  offers(expertId?: string): Promise<Offer[]>;
  /** The newest offer to a person. Throws when there is none. */
  offerTo(expertId: string): Promise<Offer>;
  /** The kinds of notice that a person, or their employer, was sent by SMS, in the order of sending. */
  told(expertId: string, to?: 'member' | 'employer'): Promise<Notice['kind'][]>;
  act(action: string, body?: object, who?: object): Promise<Reply>;
  /** Records the state's request and approves it. */
  approve(): Promise<Reply>;
  answer(
    expertId: string,
    said: Said,
    how?: { via?: 'page' | 'sms'; from?: 'member' | 'employer' },
  ): Promise<void>;
  /** Everybody who is asked and has not answered says yes, and so do their employers, until nobody is asked. */
  everybodyAgrees(): Promise<void>;
  /** Reports these stages, an hour apart. */
  report(...stages: MissionStage[]): Promise<void>;
}

/** A desk on the virtual clock with its roster and stock. */
export interface Desk {
  readonly system: System;
  clock: VirtualClock;
  people: People;
  open(body?: { teams?: string[]; consignments?: string[]; disaster?: object }): Promise<Mission>;
  mission(deploymentId: string): Mission;
  advance(minutes: number): Promise<void>;
  settle(): Promise<void>;
  /** A phone sends these words. */
  sms(from: string, text: string): Promise<void>;
  phoneOf(id: string): string;
  /** Every SMS to a person or employer so far, oldest first. */
  smsTo(id: string): string[];
  /** What the desk was told, as "subject" lines. */
  deskWasTold(): string[];
  stock(): Promise<StockLine[]>;
  /** Who holds each held person. */
  holds(): Promise<Record<string, string>>;
  evidence(): Promise<Evidence>;
  violations(): Promise<string[]>;
  /** Dies and goes on. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export type DeskOptions = {
  people?: People;
  stock?: StockLine[];
  boot?: Partial<BootOptions>;
  filled?: boolean;
};

/** Boots the real app and writes roster and stock through their stores; with `filled` the disk has them already. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const { people = aRoster({ L: 3, A: 6, C: 3 }), stock: goods = [] } = options;
  const clock = (options.boot?.clock as VirtualClock | undefined) ?? createVirtualClock(START);
  const logs: string[] = [];
  let system = await boot({
    clock,
    dataDir: 'memory',
    seed: 1,
    blueprint: await readBlueprint(),
    logs: ({ line }) => logs.push(line),
    ...options.boot,
  });
  const names = tablesOf(system);
  const stores = () => ({
    experts: createExpertStore(system.tables, names.experts, () => new Date(clock.now()).toISOString()),
    stock: createStockStore(system.tables, names.stock),
  });
  if (!options.filled) {
    await createEmployerStore(system.tables, names.employers).saveMany(people.employers);
    await stores().experts.fill(people.experts);
    await stores().stock.fill(goods);
  }
  const stockBefore = goods;
  const settle = () => clock.advanceTo(clock.now());

  const phoneOf = (id: string): string => {
    const found =
      people.experts.find(each => each.expertId === id) ??
      people.employers.find(each => each.employerId === id);
    if (!found?.phone) throw new Error(`${id} has no telephone`);
    return found.phone.number;
  };

  async function post(
    path: string,
    body: object,
    who: object,
  ): Promise<Reply & { body: Record<string, unknown> }> {
    const reply = await system.http({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      claims: who as Record<string, unknown>,
    });
    await settle();
    return { status: reply.statusCode, body: JSON.parse(reply.body || '{}') };
  }

  async function sms(from: string, text: string): Promise<void> {
    await system.inboundSms(from, text);
    await settle();
  }

  function mission(deploymentId: string): Mission {
    const store = () => createDeploymentStore(system.tables, names.deployments);
    const head = async () => {
      const found = await store().read(deploymentId);
      if (!found) throw new Error(`there is no deployment ${deploymentId}`);
      return found;
    };
    const seats = () => store().seats(deploymentId);
    const offers = async (expertId?: string) =>
      (await store().offers(deploymentId)).filter(
        offer => expertId === undefined || offer.expertId === expertId,
      );
    const whole = async (): Promise<Whole> => ({
      deployment: await head(),
      seats: await seats(),
      offers: await offers(),
      notices: await store().notices(deploymentId),
      goods: await store().goods(deploymentId),
      timeline: await store().timeline(deploymentId),
    });
    const offerTo = async (expertId: string): Promise<Offer> => {
      const own = await offers(expertId);
      const open = own.filter(offer => offer.finalWord === null);
      const found = open.find(offer => offer.kind !== 'availability') ?? open[0] ?? own.at(-1);
      if (!found) throw new Error(`${expertId} was never asked`);
      return found;
    };
    const act: Mission['act'] = (action, body = {}, who = OFFICER) =>
      post(`/api/deployments/${deploymentId}/${action}`, body, who);
    const answer: Mission['answer'] = async (expertId, said, { via = 'page', from = 'member' } = {}) => {
      const offer = await offerTo(expertId);
      if (via === 'sms') {
        const phone = phoneOf(from === 'member' ? expertId : employerIdOf(expertId));
        await sms(phone, `${offer.code} ${said.toUpperCase()}`);
        return;
      }
      const key = from === 'member' ? offer.memberKey : offer.employerKey;
      const { statusCode } = await system.http({
        method: 'POST',
        path: `/a/${offer.link}${key}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `answer=${said}`,
      });
      if (statusCode !== 303) throw new Error(`the page answered ${statusCode}`);
      await settle();
    };
    return {
      deploymentId,
      whole,
      head,
      seats,
      seated: async role =>
        (await seats())
          .filter(seat => seat.role === role)
          .map(seat => `${seat.expertId ?? '-'} ${seat.state}`),
      offers,
      offerTo,
      told: async (expertId, to = 'member') => {
        const own = new Set((await offers(expertId)).map(offer => offer.offerId));
        const notices = await store().notices(deploymentId);
        const left = system.outbox.sms.map(({ messageId }) => messageId);
        const place = ({ messageId }: Notice) => left.indexOf(messageId ?? '');
        return notices
          .filter(
            notice =>
              own.has(notice.offerId) && notice.to === to && notice.channel === 'sms' && notice.sentAt,
          )
          .sort((a, b) => place(a) - place(b))
          .map(notice => notice.kind);
      },
      act,
      approve: () => act('approve', { note: '', request: aRequest(clock.now()) }),
      answer,
      async everybodyAgrees() {
        for (let round = 0; round < 50; round += 1) {
          const open = (await offers()).filter(
            offer => offer.askedAt && !offer.finalWord && offer.kind !== 'availability',
          );
          const member = open.find(offer => offer.member === null);
          const employer = open.find(offer => offer.member?.answer === 'yes' && !offer.employer);
          if (member) await answer(member.expertId, 'yes');
          else if (employer) await answer(employer.expertId, 'yes', { from: 'employer' });
          else return;
        }
        throw new Error('people are asked without end');
      },
      async report(...stages) {
        for (const stage of stages) {
          await clock.advanceTo(clock.now() + 60 * MINUTE);
          const { status, body } = await act('report-stage', { stage });
          if (status !== 200) throw new Error(`${stage}: ${body.detail}`);
        }
      },
    };
  }

  const evidence = async (): Promise<Evidence> => ({
    ...(await readWorld(system)),
    experts: await stores().experts.readRoster(),
    stock: await stores().stock.readAll(),
    stockBefore,
    outbox: system.outbox,
    logs,
  });

  return {
    get system() {
      return system;
    },
    clock,
    people,
    async open({ teams = ['expert'], consignments = [], disaster = {} } = {}) {
      const { status, body } = await post(
        '/api/deployments',
        { disaster: aDisaster(disaster as Record<string, unknown>), teams, consignments },
        OFFICER,
      );
      if (status !== 201) throw new Error(`not opened: ${status} ${body.detail}`);
      return mission(String(body.deploymentId));
    },
    mission,
    advance: minutes => clock.advanceTo(clock.now() + minutes * MINUTE),
    settle,
    sms,
    phoneOf,
    smsTo: id => system.outbox.sms.filter(({ to }) => to === phoneOf(id)).map(({ text }) => text),
    deskWasTold: () => system.outbox.desk.map(({ subject }) => subject),
    stock: () => stores().stock.readAll(),
    holds: async () =>
      Object.fromEntries(
        (await stores().experts.readRoster()).flatMap(({ expertId, hold }) =>
          hold ? [[expertId, hold.deploymentId] as const] : [],
        ),
      ),
    evidence,
    violations: async () => audit(await evidence()),
    async restart() {
      system.kill();
      system = await system.restart();
      await settle();
    },
    close: () => system.close(),
  };
}

/** The affected state's request as the desk records it at this moment (epoch ms). */
export const aRequest = (nowMs: number, change: object = {}) => ({
  reference: 'NV/1',
  receivedAt: new Date(nowMs).toISOString(),
  channel: 'embassy',
  conflictCaused: false,
  ...change,
});
