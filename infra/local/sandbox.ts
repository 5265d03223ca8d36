import nodeCrypto from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import type { Bundle } from './bundles.ts';
import { type Stream, uuidFrom } from './random.ts';

/** What a function is given instead of the machine's own. */
export interface Surroundings {
  /** Absolute path of the entry's file. */
  file: string;
  environment: Record<string, string>;
  /** Epoch milliseconds. */
  now(): number;
  random: Stream;
  /** The configuration that a client of this SDK package begins with. */
  clientDefaults(packageName: string): object;
  fetch: typeof fetch;
  log(level: string, line: string): void;
}

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const machineRequire = createRequire(import.meta.url);

/** Runs a bundle once, as a cold start does, and returns its handler. Throws what the code throws, or that it has no handler. */
export function instantiate(bundle: Bundle, surroundings: Surroundings): Handler {
  const { file, environment } = surroundings;
  const module = { exports: {} as { handler?: Handler } };
  const own = {
    process: processOf(surroundings),
    crypto: cryptoOf(surroundings.random),
  };
  bundle(
    module.exports,
    requireFor(surroundings, own),
    module,
    file,
    dirname(file),
    pathToFileURL(file).href,
    own.process,
    dateOf(surroundings.now),
    Object.create(Math, { random: { value: surroundings.random.next } }),
    consoleOf(surroundings.log),
    refuseTimer,
    refuseTimer,
    webCryptoOf(surroundings.random),
    surroundings.fetch,
  );
  if (typeof module.exports.handler !== 'function') {
    throw new TypeError(`${environment.AWS_LAMBDA_FUNCTION_NAME} exports no handler`);
  }
  return module.exports.handler;
}

function refuseTimer(): never {
  throw new Error('A handler never sleeps: what must wait, waits in a workflow');
}

const timers = { setTimeout: refuseTimer, setInterval: refuseTimer, setImmediate: refuseTimer };

function requireFor(surroundings: Surroundings, own: { process: unknown; crypto: unknown }) {
  const require = (name: string): unknown => {
    switch (name.replace(/^node:/, '')) {
      case 'crypto':
        return own.crypto;
      case 'process':
        return own.process;
      case 'timers':
      case 'timers/promises':
        return timers;
    }
    if (/^@aws-sdk\/client-[a-z0-9-]+$/.test(name)) return wiredSdk(name, surroundings);
    const loaded = machineRequire(name) as { __esModule?: boolean; default?: unknown };
    // A package of ES modules alone arrives as its namespace; the bundle expects what `require` gives.
    const isDefaultOnly =
      loaded?.__esModule && Object.keys(loaded).every(key => /^(default|__esModule)$/.test(key));
    const given = isDefaultOnly ? loaded.default : loaded;
    return name === 'highs' ? compiledOnce(given as LoadSolver) : given;
  };
  return Object.assign(require, { resolve: machineRequire.resolve });
}

type Constructor = new (...values: never[]) => object;

type LoadSolver = (options: { wasmBinary: Uint8Array<ArrayBuffer> }) => Promise<unknown>;
let compiledSolver: Promise<WebAssembly.Module> | undefined;

/** Loads the solver from code that is compiled once a process: each cold start would otherwise do it anew, for 40 ms. */
const compiledOnce =
  (load: LoadSolver): LoadSolver =>
  options => {
    compiledSolver ??= WebAssembly.compile(options.wasmBinary);
    const compiled = compiledSolver;
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      void compiled.then(async module => done(await WebAssembly.instantiate(module, imports), module));
      return {};
    };
    return load({ ...options, instantiateWasm } as typeof options);
  };

/**
 * The SDK package as it is, with client classes that begin with the local region, credentials and services: a function
 * here can reach no account, whatever stands in the environment of the machine.
 */
function wiredSdk(name: string, { clientDefaults }: Surroundings): unknown {
  const sdk = machineRequire(name) as Record<string, unknown>;
  const [, base] = Object.entries(sdk).find(([key]) => /^[A-Z]\w*Client$/.test(key)) as [string, Constructor];
  const wired: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(sdk)) {
    const isClient =
      typeof value === 'function' && (value === base || value.prototype instanceof (base as Constructor));
    if (!isClient) continue;
    const Client = value as new (config: object) => object;
    wired[key] = {
      [key]: class extends Client {
        constructor(config: object = {}) {
          super({ ...clientDefaults(name), ...config });
        }
      },
    }[key];
  }
  return Object.create(sdk, Object.getOwnPropertyDescriptors(wired));
}

/** The machine's process, with another environment and a voice of its own. */
function processOf({ environment, log }: Surroundings): NodeJS.Process {
  const voice = (level: string) => ({
    write(text: string) {
      log(level, String(text).replace(/\n$/, ''));
      return true;
    },
  });
  return Object.create(process, {
    env: { value: { ...environment }, writable: true },
    stdout: { value: voice('info') },
    stderr: { value: voice('error') },
    exit: {
      value: () => {
        throw new Error('A handler does not end its process');
      },
    },
  });
}

/** The machine's Date, whose present is the clock's. */
function dateOf(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new Date(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}

function consoleOf(log: Surroundings['log']): Console {
  const at =
    (level: string) =>
    (...values: unknown[]) =>
      log(level, format(...values));
  return Object.create(console, {
    debug: { value: at('debug') },
    log: { value: at('info') },
    info: { value: at('info') },
    warn: { value: at('warn') },
    error: { value: at('error') },
    trace: { value: at('debug') },
  });
}

type Callback<T> = (error: null, value: T) => void;

function cryptoOf(random: Stream): typeof nodeCrypto {
  const give = <T>(value: T, callback?: Callback<T>): T | undefined => {
    if (!callback) return value;
    setImmediate(callback, null, value);
    return undefined;
  };
  const randomInt = (...values: unknown[]) => {
    const callback = typeof values.at(-1) === 'function' ? (values.pop() as Callback<number>) : undefined;
    const [low, high] = values.length > 1 ? values : [0, values[0]];
    return give((low as number) + Math.floor(random.next() * ((high as number) - (low as number))), callback);
  };
  return Object.create(nodeCrypto, {
    randomUUID: { value: () => uuidFrom(random) },
    randomBytes: { value: (size: number, callback?: Callback<Buffer>) => give(random.bytes(size), callback) },
    randomInt: { value: randomInt },
    getRandomValues: { value: fillFrom(random) },
    webcrypto: { value: webCryptoOf(random) },
  });
}

const fillFrom =
  (random: Stream) =>
  <T extends NodeJS.ArrayBufferView>(array: T): T => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(random.bytes(array.byteLength));
    return array;
  };

const webCryptoOf = (random: Stream): unknown => ({
  subtle: nodeCrypto.webcrypto.subtle,
  randomUUID: () => uuidFrom(random),
  getRandomValues: fillFrom(random),
});
