import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import policy from '../functions/needs/policy.json' with { type: 'json' };

const source = dirname(fileURLToPath(import.meta.url));

/** Of the policy only what the screens say goes to the browser: no telephone number, no rule. */
const wordsOfThePolicy: Plugin = {
  name: 'words-of-the-policy',
  setup: ({ onLoad }) =>
    onLoad({ filter: /needs[\\/]policy\.json$/ }, () => ({
      loader: 'json',
      contents: JSON.stringify({
        desk: { timeZone: policy.desk.timeZone },
        roles: policy.roles.map(({ role, name, component }) => ({ role, name, component })),
        teams: policy.teams.map(({ teamType, name }) => ({ teamType, name })),
        stages: policy.stages,
        secondApprovalAboveSeats: policy.secondApprovalAboveSeats,
      }),
    })),
};

/** Makes the console's four files in a folder that a server can serve as it is. Throws esbuild's error. */
export async function buildConsole(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    build({
      entryPoints: { console: join(source, 'app.ts'), style: join(source, 'style.css') },
      outdir: folder,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [wordsOfThePolicy],
    }),
    ...['index.html', 'icon.svg'].map(file => copyFile(join(source, file), join(folder, file))),
  ]);
}
