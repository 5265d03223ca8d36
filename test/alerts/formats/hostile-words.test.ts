import { describe, expect, it } from 'vitest';
import { Alert } from '../../../functions/domain/alert.ts';
import { read } from '../messages.ts';
import { jsonSamples } from './sample-json.ts';
import { xmlSamples } from './sample-xml.ts';

const samples: readonly (readonly [format: string, body: string | object])[] = [
  ...xmlSamples,
  ...jsonSamples,
];

/** What every plain object inherits: a table that is one would answer to them, with a function or with another object. */
const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'CONSTRUCTOR'];

/** The body with one of its texts, values, names or keys replaced by the word; one body for each of them. */
const xmlWith = (body: string, word: string): string[] => {
  const spots = [...body.matchAll(/(?<=>)[^<>]*[^<>\s][^<>]*(?=<)|(?<=\s(?!xmlns)[\w:]+=")[^"]*/g)];
  const replaced = spots.map(
    ({ index, 0: text }) => body.slice(0, index) + word + body.slice(index + text.length),
  );
  const leaves = [...body.matchAll(/<([\w:]+)[^<>/]*>([^<>]*)<\/\1>/g)];
  const renamed = leaves.map(
    ({ index, 0: leaf, 2: text }) =>
      `${body.slice(0, index)}<${word}>${text}</${word}>${body.slice(index + leaf.length)}`,
  );
  return [...replaced, ...renamed];
};

const jsonWith = (body: object, word: string): string[] => {
  const text = JSON.stringify(body);
  // A key stands before a colon, a value does not; both may be texts, values numbers and words of JSON too.
  const spots = [...text.matchAll(/"(?:[^"\\]|\\.)*"|(?<=[:[,])(?:-?[\d.e+-]+|true|false|null)(?=[,\]}])/g)];
  return spots.map(
    ({ index, 0: spot }) => `${text.slice(0, index)}"${word}"${text.slice(index + spot.length)}`,
  );
};

describe('a word that objects inherit', () => {
  it.each(samples)('%s: its sample is sound', async (format, body) => {
    const reading = await read(body);
    expect([reading.format, reading.problem]).toEqual([format, null]);
    // GeoNet's volcanoes have no time, so that no message can be made of them.
    if (format === 'geonet-volcano') expect(reading.rejected).toHaveLength(1);
    else expect([reading.accepted.length > 0, reading.rejected]).toEqual([true, []]);
  });

  it.each(samples)('%s: is a word like any other wherever it stands', async (_format, body) => {
    for (const word of words)
      for (const text of typeof body === 'string' ? xmlWith(body, word) : jsonWith(body, word)) {
        const { problem, accepted, rejected } = await read(text);
        expect(problem?.reason ?? '', text).not.toMatch(/ failed: /);
        for (const { reason } of rejected) expect(reason, text).not.toMatch(/is not a function|of undefined/);
        for (const alert of accepted) expect(Alert.safeParse(alert).error?.message, text).toBeUndefined();
      }
  });
});
