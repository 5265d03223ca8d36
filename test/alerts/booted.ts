import { createHmac } from 'node:crypto';
import type { DisasterEvent } from '../../functions/domain/event.ts';
import { createAlertStore } from '../../functions/store/alerts.ts';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { type BootOptions, boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock, type VirtualClock } from '../../infra/local/workflow/clock.ts';

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

/** The header of a body signed with the system's own secret at a moment. */
export function signed(
  system: System,
  body: string | Buffer,
  atMs: number,
): { 'x-relief-signature': string } {
  const seconds = Math.floor(atMs / 1000);
  const file = system.blueprint.secrets[0]?.file ?? '';
  const secret = system.disk.secret(file, () => {
    throw new Error('the system has made no secret');
  });
  const code = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return { 'x-relief-signature': `t=${seconds},v1=${code}` };
}

/** The bearer of somebody with a role. */
export const bearer = async (system: System, ...groups: string[]): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await system.token({ name: 'Ito', groups })}`,
});

/** The events of the table, whole. */
export const storedEvents = (system: System): Promise<DisasterEvent[]> =>
  createAlertStore(system.tables, system.variable('ALERTS_TABLE')).list();
