import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** What a request says; all else is as the gateway fills it in. */
export type Request = {
  roles?: unknown;
  type?: string;
  body?: string | Buffer;
};

/** The event of payload format 2.0 for a caller with these roles. */
export const aRequest = ({ roles = ['desk'], type, body }: Request = {}): APIGatewayProxyEventV2 =>
  ({
    routeKey: 'POST /api/thing',
    headers: type === undefined ? {} : { 'content-type': type },
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : body.toString('base64'),
      isBase64Encoded: typeof body !== 'string',
    }),
    requestContext: {
      requestId: 'request-1',
      authorizer: { jwt: { claims: { sub: 'ito', 'cognito:groups': roles } } },
    },
  }) as unknown as APIGatewayProxyEventV2;

/** Hands a request to an entry and reads its reply. */
export const send = async (entry: unknown, request: APIGatewayProxyEventV2) => {
  const reply = await (entry as Handler)(request, {} as Context);
  return {
    status: reply.statusCode,
    type: reply.headers?.['content-type'],
    body: JSON.parse(reply.body ?? 'null'),
  };
};
