import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = dirname(fileURLToPath(import.meta.url));

/** Makes the console's four files in a folder that a server can serve as it is. Throws esbuild's error. */
export async function buildConsole(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    build({
      entryPoints: [join(source, 'app.ts')],
      outfile: join(folder, 'console.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      minifySyntax: true,
      legalComments: 'none',
      logLevel: 'silent',
    }),
    ...['index.html', 'style.css', 'icon.svg'].map(file => copyFile(join(source, file), join(folder, file))),
  ]);
}
