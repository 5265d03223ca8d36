import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Network } from '../../../functions/alerts/feeds/fetching.ts';
import { refusalOf } from '../../../functions/alerts/feeds/hosts.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A real server on this machine that answers each path as it is told, and notes what it was asked. */
export async function openServer() {
  const answers = new Map<string, Answer>();
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    // Whoever leaves in the middle of an answer is what is tested.
    response.on('error', () => {});
    asked.push({ path: request.url ?? '', headers: request.headers });
    const answer = answers.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    /** How a path is answered from now on. */
    on: (path: string, answer: Answer) => void answers.set(path, answer),
    /** The rule of the house, but for this one server. */
    network: (more: Partial<Network> = {}): Network => ({
      get: fetch,
      refuse: (url, hosts) => (url.origin === origin ? null : refusalOf(url, hosts)),
      ...more,
    }),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** An answer with a body and its type. */
export const gives =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
