import { fileURLToPath } from 'node:url'

/** The command line's entry. A host has jobs on a cluster call it, in the same folder on a shared disk. */
export const commandLine = [fileURLToPath(new URL('index.ts', import.meta.url))]
