import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => join(folder, file));

/** What a file imports, types left out: paths from the root of the repository, or names of packages. */
const valuesOf = (file: string): string[] =>
  importsOf(file, readFileSync(file, 'utf8').replaceAll(/^\s*import type\b[^;]*;/gm, ''));

/** What a file imports, types included: paths from the root of the repository, or names of packages. */
function importsOf(file: string, text = readFileSync(file, 'utf8')): string[] {
  const pattern =
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...text.matchAll(pattern)].map(([, from, alone, later]) => {
    const name = (from ?? alone ?? later) as string;
    return name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
  });
}

const isEntry = (file: string): boolean => /^export const handler\b/m.test(readFileSync(file, 'utf8'));
const isAws = (name: string): boolean => name.startsWith('@aws-sdk/') || name.startsWith('@smithy/');
const files = sources('functions');
const entries = new Set(files.filter(isEntry));
const folderOf = (path: string): string => path.split('/')[1] ?? '';
const isChannel = (file: string): boolean => /^functions\/notices\/[a-z]+-channel\.ts$/.test(file);

/** Where somebody else's machine begins. What imports none of these, and nothing that does, is a rule. */
const isOutside = (file: string): boolean =>
  folderOf(file) === 'runtime' || folderOf(file) === 'store' || isChannel(file);

const breaches = (rule: (file: string, name: string) => boolean, read = (file: string) => importsOf(file)) =>
  files.flatMap(file =>
    read(file)
      .filter(name => rule(file, name))
      .map(name => `${file} imports ${name}`),
  );

/** What several entries share and what is no rule: it sends, wakes, keeps, or reads a request. */
const STEPS = new Set(
  [
    'deployments/waiting',
    'deployments/ordering',
    'deployments/telling',
    'deployments/recording',
    'deployments/plan-stores',
    'notices/outbox',
    'notices/sms-channel',
    'alerts/feeds/receiving',
    'desk/csv-body',
  ].map(name => `functions/${name}.ts`),
);

describe('imports run one way', () => {
  it('finds imports in every form', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '../b/b.ts';",
      "import {\n  c,\n} from 'c';",
      "export { d } from './d.ts';",
      "import 'e';",
      "const f = await import('./f.ts');",
    ].join('\n');
    expect(importsOf('functions/x/x.ts', text)).toEqual([
      'functions/x/a.ts',
      'functions/b/b.ts',
      'c',
      'functions/x/d.ts',
      'e',
      'functions/x/f.ts',
    ]);
    expect(files.length).toBeGreaterThan(100);
    expect(entries.size).toBeGreaterThan(20);
  });

  it('the domain imports nothing but the domain', () => {
    const foreign = breaches(
      (file, name) => folderOf(file) === 'domain' && !name.startsWith('functions/domain/') && name !== 'zod',
    );
    expect(foreign).toEqual([]);
  });

  it('only runtime, stores and channels import an AWS package', () => {
    expect(breaches((file, name) => isAws(name) && !isOutside(file))).toEqual([]);
  });

  it('nobody imports an entry', () => {
    expect(breaches((_file, name) => entries.has(name))).toEqual([]);
  });

  it('nothing that runs in the cloud imports where it runs', () => {
    expect(breaches((_file, name) => /^(infra|test|console)\//.test(name))).toEqual([]);
  });

  it('only entries, and the steps that they share, reach for clients, clock, settings or channels', () => {
    const reached = (file: string, name: string) =>
      (name.startsWith('functions/runtime/') && !name.endsWith('/errors.ts')) || isChannel(name)
        ? !entries.has(file) && !isOutside(file) && !STEPS.has(file)
        : false;
    expect(breaches(reached, valuesOf)).toEqual([]);
  });

  it('a store knows rules and other stores, but no channel and no step', () => {
    const strange = breaches(
      (file, name) => folderOf(file) === 'store' && (isChannel(name) || STEPS.has(name)),
    );
    expect(strange).toEqual([]);
  });

  it('every file is called by its business', () => {
    const vague = files.filter(file => /(utils?|helpers?|common|manager|service)\b/.test(file));
    expect(vague).toEqual([]);
  });
});
