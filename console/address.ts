/** A page of the console, as the address names it. */
export type Page = { kind: 'situation' } | { kind: 'deployment' | 'event'; id: string };

/** The page behind a hash: "#/events/EQ-…", "#/deployments/D-…"; anything else is Situation. */
export function pageIn(hash: string): Page {
  const [, folder, id = ''] = /^#\/(deployments|events)\/(.+)$/.exec(hash) ?? [];
  if (!folder) return { kind: 'situation' };
  try {
    return { kind: folder === 'events' ? 'event' : 'deployment', id: decodeURIComponent(id) };
  } catch {
    return { kind: 'situation' };
  }
}

/** The address of a deployment's page. */
export const pageOf = (deploymentId: string): string => `/#/deployments/${encodeURIComponent(deploymentId)}`;

/** The address of an event's page. */
export const pageOfEvent = (eventId: string): string => `/#/events/${encodeURIComponent(eventId)}`;
