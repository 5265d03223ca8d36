import { createHmac } from 'node:crypto';
import type { DisasterEvent } from '../../functions/domain/event.ts';
import { createAlertStore } from '../../functions/store/alerts.ts';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { type BootOptions, boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock, type VirtualClock } from '../../infra/local/workflow/clock.ts';

/** Who may sign: one who is believed in everything, and one about its own messages alone. */
const SENDERS = {
  tester: { secret: 'a secret that only the tester has', believes: ['*'] },
  agency: { secret: 'a secret that only the agency has', believes: ['*@agency.example'] },
};

/** The whole app at a moment, with nobody on its roster and no network. */
export async function bootAt(
  at: string,
  options: Partial<BootOptions> = {},
): Promise<{ system: System; clock: VirtualClock }> {
  const clock = createVirtualClock(Date.parse(at));
  const system = await boot({
    clock,
    dataDir: 'memory',
    seed: 1,
    blueprint: await readBlueprint(),
    fetch: async () => Promise.reject(new TypeError('no network')),
    ...options,
  });
  system.disk.keep(system.blueprint.secrets[0]?.file ?? '', JSON.stringify({ senders: SENDERS }));
  return { system, clock };
}

type Sent = { status: number; body: Record<string, unknown> };

/** Hands a body in at the address of the webhook. Nothing of it is triaged before the clock goes on. */
export async function post(
  system: System,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const reply = await system.http({ method: 'POST', path: '/api/alerts', headers, body });
  return { status: reply.statusCode, body: JSON.parse(reply.body || '{}') };
}

/** The headers of a body that a sender signed at a moment. */
export function signed(
  _system: System,
  body: string | Buffer,
  atMs: number,
  senderId: keyof typeof SENDERS = 'tester',
): { 'x-relief-sender': string; 'x-relief-signature': string } {
  const seconds = Math.floor(atMs / 1000);
  const code = createHmac('sha256', SENDERS[senderId].secret)
    .update(`${seconds}.${senderId}.`)
    .update(body)
    .digest('hex');
  return { 'x-relief-sender': senderId, 'x-relief-signature': `t=${seconds},v1=${code}` };
}

/** The bearer of somebody with a role. */
export const bearer = async (system: System, ...groups: string[]): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await system.token({ name: 'Ito', groups })}`,
});

/** The events of the table, whole. */
export const storedEvents = (system: System): Promise<DisasterEvent[]> =>
  createAlertStore(system.tables, system.variable('ALERTS_TABLE')).list();
