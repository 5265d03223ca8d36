import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { FileRejected } from '../roster/csv-file.ts';
import { bodyBytes } from '../runtime/edge.ts';
import { Problem } from '../runtime/errors.ts';

/** A roster of some 10,000 people. Lambda takes no more than 6 MB, base64 included. */
const MOST_BYTES = 4_000_000;

/** The CSV file that a request brings, as text. Throws a Problem for another type, a size or a coding that is not read. */
export const csvText = (event: APIGatewayProxyEventV2): string => {
  const type = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'text/csv')
    throw new Problem(415, 'Wrong type', `Send text/csv, not ${type || 'a body without a type'}.`);
  const bytes = bodyBytes(event, MOST_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(422, 'Not UTF-8', 'The file is not UTF-8: save it as "CSV UTF-8".');
  }
};

/** Reads a file by its rules; a file that cannot be read at all is the sender's problem, with line and reason. */
export const readOrRefuse = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileRejected) throw new Problem(422, 'File not read', error.message);
    throw error;
  }
};

/** A 200 with JSON that nobody keeps. */
export const jsonReply = (body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
