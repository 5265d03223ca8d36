/** One HTTP request as it stands on the wire. Header names are lower case; `path` carries the query. */
export interface Wire {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** One HTTP response as it stands on the wire. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

/** A service as a function of its requests: the same for the transport in process and for a socket. */
export type Endpoint = (request: Wire) => Promise<Reply>;

/** The services the system speaks to, by the name in a signature's scope. */
export const serviceNames = ['dynamodb', 'sns', 'states', 's3', 'secretsmanager'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** A JSON reply of the AWS JSON protocols; `version` as in `x-amz-json-1.0`. */
export const jsonReply = (status: number, value: unknown, version = '1.0'): Reply => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}` },
  body: JSON.stringify(value),
});

/** A refusal of the AWS JSON protocols by the name of its error. */
export const jsonError = (status: number, type: string, message: string, version = '1.0'): Reply =>
  jsonReply(status, { __type: type, message }, version);

export const xmlReply = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in XML. */
export const xml = (text: string): string => text.replace(/[&<>"']/g, character => entities[character]!);

/** The operation a request asks for: from the target header, the form's Action, or the method of an object store. */
export function operationOf(service: ServiceName, { method, path, headers, body }: Wire): string {
  const target = headers['x-amz-target'];
  if (target) return target.slice(target.indexOf('.') + 1);
  if (service === 'sns') return new URLSearchParams(body.toString('utf8')).get('Action') ?? 'unknown';
  if (service !== 's3') return 'unknown';
  const key = path.split('?')[0]!.split('/').slice(2).join('/');
  const verbs: Record<string, string> = {
    PUT: 'Put',
    GET: 'Get',
    HEAD: 'Head',
    DELETE: 'Delete',
    POST: 'Post',
  };
  return `${verbs[method] ?? method}${key ? 'Object' : 'Bucket'}`;
}

/** The kinds of fault that a service can be made to answer with. */
export type ServiceFault = 'throttle' | 'error-500';

/** The fault as that service words it, so that the SDK reads it as the real one. */
export function faultReply(service: ServiceName, fault: ServiceFault): Reply {
  const throttled = fault === 'throttle';
  const text = throttled ? 'Rate exceeded' : 'We encountered an internal error. Please try again.';
  switch (service) {
    case 'sns': {
      const [status, code, type] = throttled
        ? [429, 'Throttled', 'Sender']
        : [500, 'InternalError', 'Receiver'];
      return xmlReply(
        status as number,
        `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${type}</Type><Code>${code}</Code>` +
          `<Message>${text}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
      );
    }
    case 's3':
      return xmlReply(
        throttled ? 503 : 500,
        `<Error><Code>${throttled ? 'SlowDown' : 'InternalError'}</Code><Message>${text}</Message></Error>`,
      );
    case 'secretsmanager':
      return throttled
        ? jsonError(400, 'ThrottlingException', text, '1.1')
        : jsonError(500, 'InternalServiceError', text, '1.1');
    default:
      return throttled
        ? jsonError(400, 'ThrottlingException', text)
        : jsonError(500, 'InternalServerError', text);
  }
}
