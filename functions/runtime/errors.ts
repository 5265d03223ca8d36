/** AWS could not answer just now. Every task of the workflows retries this name, with jitter. */
export class TemporarilyUnavailable extends Error {
  override name = 'TemporarilyUnavailable';
}

/** An input that breaks its schema: the caller's fault, never retried. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
}

/** A request that is refused, in the form of RFC 9457. `rule` names the rule that refused it. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly rule?: string,
  ) {
    super(detail);
  }
}

const TRANSIENT = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
  'InternalFailure',
  'InternalError',
  'InternalErrorException',
  'InternalServiceError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'TooManyRequestsException',
  'KMSThrottlingException',
  'KMSThrottling',
  'TimeoutError',
  'RequestTimeout',
  'NetworkingError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'TemporarilyUnavailable',
]);

/** True for a fault of the moment (throttling, a 5xx, a lost connection) that repeating may cure. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return TRANSIENT.has(name) || TRANSIENT.has(code ?? '') || status === 429 || status >= 500;
}

/** The error under the one name that the workflows retry, or as it is. */
export const asDomainError = (error: unknown): unknown =>
  isTransient(error) && (error as Error).name !== 'TemporarilyUnavailable'
    ? new TemporarilyUnavailable(`${(error as Error).name}: ${(error as Error).message}`, { cause: error })
    : error;
