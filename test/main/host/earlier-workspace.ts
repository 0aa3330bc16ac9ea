import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { HostClient } from '../../../src/contract/index.ts'
import { openHost } from '../../../src/main/host/open/index.ts'
import { temporaryFolder } from './support.ts'

/** The images of all fixtures. */
export const images = fileURLToPath(new URL('../../fixtures/workspace-0.1.0/data/', import.meta.url))

/** The workspace of an earlier version, of `test/fixtures/`. */
export function earlierWorkspace(name: string) {
  const fixture = fileURLToPath(new URL(`../../fixtures/${name}/`, import.meta.url))

  /** A copy of it. */
  function copied(): string {
    const workspace = temporaryFolder()
    cpSync(join(fixture, 'workspace'), workspace, { recursive: true })
    return workspace
  }

  return {
    /** What that version printed. */
    expected: (file: string) => readFileSync(join(fixture, 'expected', file), 'utf8'),
    copied,
    /** A copy, opened by this version. */
    async opened() {
      const workspace = copied()
      const { client, close } = await openHost({ workspace })
      onTestFinished(close)
      return { client, workspace }
    },
    /** Runs one of its experiment files again; `folder`: where its images now are. */
    async runAgain(client: HostClient, experiment: string, folder = fixture) {
      const source = readFileSync(join(fixture, `${experiment}.yaml`), 'utf8')
      return client.experiments.create({ file: await client.experiments.parse({ source }), source, folder })
    },
  }
}
