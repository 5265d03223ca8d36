/** A message that did not leave. `forGood`: another attempt at the same address would fail too. The reason holds no address. */
export class NoticeNotSent extends Error {
  override name = 'NoticeNotSent';
  readonly forGood: boolean;
  readonly reason: string;

  constructor(reason: string, forGood: boolean) {
    super(`Not sent, failed for ${forGood ? 'good' : 'now'}: ${reason}`);
    this.reason = reason;
    this.forGood = forGood;
  }
}

/**
 * Errors that say something lasting about this one address or message. All others (throttling, the service's own
 * faults, no network) pass; so does a missing permission: it strikes everybody at once until an engineer mends it,
 * and taking it as lasting would write off the whole roster in one night.
 */
const FOR_GOOD = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'ValidationException',
  'OptedOutException',
  'EndpointDisabledException',
  'NotFoundException',
  'ResourceNotFoundException',
]);

/** Tells failures for good from failures for now, by the name of the error; its message may hold a phone number and is left out. */
export function notSentBecause(error: unknown): NoticeNotSent {
  if (error instanceof NoticeNotSent) return error;
  const name = error instanceof Error ? error.name : 'unknown error';
  // The wire says "OptedOut", the client "OptedOutException".
  const forGood = FOR_GOOD.has(name) || FOR_GOOD.has(`${name}Exception`);
  return new NoticeNotSent(name, forGood);
}
