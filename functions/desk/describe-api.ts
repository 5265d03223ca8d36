import { rawHttpEntry } from '../runtime/edge.ts';
import { describeApi } from './openapi.ts';

const body = JSON.stringify(describeApi());

/** The API's description, for programs and people. */
export const handler = rawHttpEntry(async () => ({
  statusCode: 200,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  },
  body,
}));
