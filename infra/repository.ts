import { fileURLToPath } from 'node:url';

/** The root of the repository: entries, workflows and the lock file are found from here, wherever a command is run. */
export const repositoryRoot = fileURLToPath(new URL('../', import.meta.url));
