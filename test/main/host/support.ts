import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { HostClient } from '../../../src/contract/index.ts'
import type { ErrorFields } from '../../../src/shared/basics/error.ts'
import type { RunStatus, RunSummary } from '../../../src/shared/runs/runs.ts'
import { openHost, type Host, type HostOptions } from '../../../src/main/host/open/index.ts'
import { hostSettings } from './settings.ts'
import { readJournal, writeScript, type FakeScript } from '../../support/fake-trainer/script.ts'

export { dataFolder, experiment, hostSettings } from './settings.ts'

/** A folder that is gone after the test, even where a process still writes into it when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-host-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))
  return folder
}

/** A workspace with a fake trainer that does as the test says. */
export interface Bench {
  workspace: string
  /** Folder of the fake trainers' script and journal. */
  fakeFolder: string
  /** Changes what trainers do from their next step or job on. */
  script(script: Partial<FakeScript>): void
  journal(): string[]
  open(options?: Partial<HostOptions>): Promise<Host>
}

export function bench(script: Partial<FakeScript> = {}): Bench {
  const workspace = temporaryFolder()
  const folder = temporaryFolder()
  writeScript(folder, script)
  return {
    workspace,
    fakeFolder: folder,
    script: (changes) => writeScript(folder, changes),
    journal: () => readJournal(folder),
    async open(options = {}) {
      const host = await openHost({ ...hostSettings(workspace, folder), ...options })
      onTestFinished(() => host.close())
      return host
    },
  }
}

/** Waits until a condition holds, looking often; the test's own time limit ends it. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    await setTimeout(10)
  }
}

export function untilStatus(client: HostClient, run: string, status: RunStatus): Promise<RunSummary> {
  return until(async () => {
    const [found] = await client.runs.list({ runs: [run] })
    if (found!.status === 'failed' && status !== 'failed') throw new Error(`${run} failed: ${found!.error}`)
    return found!.status === status && found!
  })
}

/** Queues an experiment. @returns its runs as lists show them. */
export async function enrolled(
  client: HostClient,
  input: Parameters<HostClient['experiments']['create']>[0],
): Promise<RunSummary[]> {
  const { runs } = await client.experiments.create(input)
  return client.runs.list({ runs: runs.map(({ id }) => id) })
}

/** What a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<ErrorFields & { code: string; message: string }> {
  try {
    await call
  } catch (error) {
    const { data, message } = error as { data?: ErrorFields & { code?: string }; message: string }
    return { ...data, code: data?.code ?? '', message }
  }
  throw new Error('expected a refusal')
}
