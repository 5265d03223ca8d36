import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What a file imports: other files as paths from the root, packages by their name; `typeOnly` vanishes when it is built. */
type Import = { from: string; target: string; typeOnly: boolean };

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(file => join(folder, file).replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts'));

const files = ['functions', 'infra', 'console'].flatMap(filesIn);
const sourceOf = new Map(files.map(file => [file, readFileSync(file, 'utf8')]));

const importsOf = (file: string): Import[] =>
  [...(sourceOf.get(file) ?? '').matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'/gm)].map(
    ([, type, target = '']) => ({
      from: file,
      target: target.startsWith('.') ? join(dirname(file), target).replaceAll('\\', '/') : target,
      typeOnly: type !== undefined,
    }),
  );

const imports = files.flatMap(importsOf);
const isEntry = (file: string): boolean => /^export const handler\b/m.test(sourceOf.get(file) ?? '');
const shown = (broken: Import[]): string[] => broken.map(({ from, target }) => `${from} -> ${target}`);

it('reads the imports at all', () => {
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.some(({ target }) => target.startsWith('@aws-sdk/'))).toBe(true);
});

it('lets only runtime, store, channels and infra import an AWS package', () => {
  const mayKnowAws = /^(infra|functions\/(runtime|store))\/|^functions\/notices\/[\w-]+-channel\.ts$/;
  expect(
    shown(
      imports.filter(
        each =>
          /^(@aws-sdk|@smithy|aws-cdk-lib|constructs|cdk-nag)\b/.test(each.target) &&
          !mayKnowAws.test(each.from),
      ),
    ),
  ).toEqual([]);
});

it('keeps the domain to itself', () => {
  const outside = imports.filter(
    each =>
      each.from.startsWith('functions/domain/') &&
      !each.target.startsWith('functions/domain/') &&
      each.target !== 'zod',
  );
  expect(shown(outside)).toEqual([]);
});

it('never imports an entry, and nothing of infra or the console from functions', () => {
  expect(shown(imports.filter(({ target }) => isEntry(target)))).toEqual([]);
  expect(
    shown(
      imports.filter(
        ({ from, target }) => from.startsWith('functions/') && /^(infra|console)\//.test(target),
      ),
    ),
  ).toEqual([]);
});

it('has no circle of imports', () => {
  const edges = new Map(
    files.map(file => [file, importsOf(file).filter(each => !each.typeOnly && sourceOf.has(each.target))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const { target } of edges.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

it('imports zod as a namespace: the other way a bundle is five times as large', () => {
  const others = files.filter(file =>
    /^import (?!\* as z |type ).*from 'zod'/m.test(sourceOf.get(file) ?? ''),
  );
  expect(others).toEqual([]);
});

it('calls nothing utils, helpers, common, manager or service', () => {
  expect(
    files.filter(file => /(^|[/-])(utils?|helpers?|common|managers?|services?)[/.-]/.test(file)),
  ).toEqual([]);
});

it('calls an entry by a verb and a noun, in kebab-case', () => {
  expect(files.filter(isEntry).filter(file => !/\/[a-z]+(-[a-z]+)+\.ts$/.test(file))).toEqual([]);
});
