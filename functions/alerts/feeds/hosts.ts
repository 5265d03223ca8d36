/** Names that never leave the building they are used in. */
const INSIDE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/;
const NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Whether that is a name in the public part of the name system: no address in any notation (its last label would be a
 * number, or it holds a colon), no single word, no name of an inside network. What the name leads to is not looked up
 * here; a machine inside could answer under it, but not with the certificate that https demands.
 */
export const isPublicName = (host: string): boolean => NAME.test(host) && !INSIDE.test(host);

/** Why an address may not be asked; null when it may. */
export type Refuse = (url: URL, hosts: readonly string[]) => string | null;

/** Only https, at its own port, without a password, at one of the listed hosts. */
export const refusalOf: Refuse = ({ protocol, hostname, port, username, password }, hosts) => {
  if (protocol !== 'https:') return `${protocol}// is not https`;
  if (username !== '' || password !== '') return 'the address carries a password';
  if (port !== '') return `port ${port} is not the one of https`;
  if (!isPublicName(hostname)) return `${hostname.slice(0, 80)} is no public name`;
  return hosts.includes(hostname) ? null : `${hostname.slice(0, 80)} is not one of its hosts`;
};
