import { fileURLToPath } from 'node:url'
import type { HostOptions } from '../../src/main/host/open/index.ts'
import { initialSlurm, type SlurmSettings } from '../../src/shared/phases/slurm-settings.ts'

const cliProcess = fileURLToPath(new URL('cli-process.ts', import.meta.url))

/** Of a host whose phases are trained by jobs of Slurm, with the fake trainer. */
export function clusterSettings(
  fakeFolder: string,
): Pick<HostOptions, 'executor' | 'commandLine' | 'pollMilliseconds'> {
  return { executor: 'slurm', commandLine: [cliProcess, fakeFolder], pollMilliseconds: 300 }
}

export const oneProcessor: SlurmSettings = { ...initialSlurm, cpus: 1 }
