import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../functions/alerts/documents/document.ts';
import { placeWithin, valueAt } from '../../functions/alerts/documents/place.ts';
import { readBody } from '../../functions/alerts/intake.ts';
import type { Alert } from '../../functions/domain/alert.ts';
import { repositoryRoot } from '../../infra/repository.ts';

const captures = join(repositoryRoot, '..', 'shared', 'captures');
const folders = existsSync(captures)
  ? readdirSync(captures, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
  : ['none here'];

/** Fields of which a message must be able to show where it was read; a level that no source gave has no place, nor has a title that we made. */
const shown = ({ level, title }: Alert): string[] => [
  'occurredAt',
  ...(level === 'Unknown' ? [] : ['level']),
  ...(title.endsWith('Earthquake') ? [] : ['title']),
];

describe.skipIf(!existsSync(captures))('where each field was read', () => {
  it.each(folders)('is shown for every alert of %s', async folder => {
    for (const name of readdirSync(join(captures, folder))) {
      const bytes = readFileSync(join(captures, folder, name));
      const { accepted } = await readBody(bytes);
      if (accepted.length === 0) continue;
      const document = readDocument(bytes);
      for (const alert of accepted) {
        const { alertId, rawPlace, places } = alert;
        expect(valueAt(document, rawPlace), `${name}: ${rawPlace} of ${alertId}`).toBeDefined();
        for (const [field, place] of Object.entries(places))
          if (valueAt(document, placeWithin(rawPlace, place)) === undefined)
            expect.fail(`${name}: ${field} of ${alertId} is not at ${rawPlace} ${place}`);
        const unnamed = shown(alert).filter(field => places[field] === undefined);
        expect(unnamed, `${name}: fields of ${alertId} without a place`).toEqual([]);
      }
    }
  });
});
