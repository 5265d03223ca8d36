import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { repositoryRoot } from '../repository.ts';
import type { FunctionDefinition } from './blueprint.ts';
import { cached, fingerprint } from './build-cache.ts';

/** The names that a bundle finds instead of the machine's own, in the order in which they are handed to it. */
const sandboxNames = [
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
  '__entryUrl',
  'process',
  'Date',
  'Math',
  'console',
  'setTimeout',
  'setInterval',
  'crypto',
  'fetch',
] as const;

/** A function's code, compiled: called with the values of those names it runs once, as at a cold start. */
export type Bundle = (...values: unknown[]) => void;

/**
 * Left outside the bundles: the SDK, whose clients are wired to the local services; what is pure and large, so that a
 * cold start costs nothing; and what may see the machine's own time and timers.
 */
const external = [
  '@aws-sdk/*',
  '@smithy/*',
  '@middy/core',
  'zod',
  'highs',
  'highs/*',
  'saxes',
  'csv-parse',
  'csv-parse/*',
  '@rapideditor/country-coder',
];

/** Bundles of the same code are compiled once a process, however many systems it runs. */
const compiled = new Map<string, Bundle>();

/** What was bundled for a blueprint: a system that follows another in this process runs the same code. */
const bundled = new WeakMap<object, Promise<Map<string, Bundle>>>();

/** The entries of these functions, bundled for the sandbox, by file. Throws esbuild's own error for code that does not build. */
export function bundleEntries(functions: Pick<FunctionDefinition, 'file'>[]): Promise<Map<string, Bundle>> {
  const known = bundled.get(functions) ?? bundle(functions);
  bundled.set(functions, known);
  return known;
}

async function bundle(functions: Pick<FunctionDefinition, 'file'>[]): Promise<Map<string, Bundle>> {
  const files = [...new Set(functions.map(({ file }) => file))].sort();
  const folders = [...new Set(files.map(file => file.split('/')[0]!))];
  const key = fingerprint({ contents: [...folders, 'package-lock.json', 'infra/local/bundles.ts'] });
  const name = `bundles-${files.length}-${hashOf(files.join('\n'))}`;
  const code = await cached(name, key, () => build(files));
  return new Map(
    files.map(file => {
      const text = code[file]!;
      const known = `${file}\0${hashOf(text)}`;
      const bundle = compiled.get(known) ?? compile(file, text);
      compiled.set(known, bundle);
      return [file, bundle];
    }),
  );
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function compile(file: string, text: string): Bundle {
  const script = new Script(`(function (${sandboxNames.join(', ')}) {${text}\n})`, {
    filename: resolve(repositoryRoot, file),
  });
  return script.runInThisContext() as Bundle;
}

async function build(files: string[]): Promise<Record<string, string>> {
  if (files.length === 0) return {};
  const { build: esbuild } = await import('esbuild');
  const { outputFiles } = await esbuild({
    entryPoints: files,
    absWorkingDir: repositoryRoot,
    // Never written; it only gives the outputs their names.
    outdir: 'out',
    outbase: '.',
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external,
    define: { 'import.meta.url': '__entryUrl' },
    // A dynamic import would leave the sandbox.
    supported: { 'dynamic-import': false },
    logLevel: 'silent',
  });
  return Object.fromEntries(
    files.map(file => {
      const output = resolve(repositoryRoot, 'out', file.replace(/\.ts$/, '.js'));
      return [file, outputFiles.find(({ path }) => path === output)!.text];
    }),
  );
}
