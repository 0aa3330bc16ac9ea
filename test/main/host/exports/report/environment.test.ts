import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeManifest } from '../../../../../src/files/checkpoint-manifest.ts'
import { environmentOf } from '../../../../../src/main/host/exports/report/environment.ts'
import { temporaryFolder } from '../../support.ts'

test('versions and numbers of threads are in the order of their numbers, each once', async () => {
  const folder = temporaryFolder()
  const phases = await Promise.all(
    [
      ['0.10.0', '16'],
      ['0.9.0', '2'],
      ['0.9.0', '16'],
    ].map(async ([exitlab, threads], place) => {
      const file = join(String(place), 'final.safetensors')
      mkdirSync(join(folder, String(place)))
      const written = { file: 'final.safetensors', sha256: 'a', bytes: 1, epoch: 1, step: 1, keptEpoch: 1 }
      const versions = { exitlab: exitlab!, threads: threads! }
      await writeManifest(join(folder, String(place)), {
        ...written,
        ended: 'epoch-cap',
        versions,
        earlierVersions: [],
      })
      return { id: String(place), status: 'done', checkpoint: { file, sha256: 'a' } }
    }),
  )
  const store = { workspace: { folder }, phases: { chain: () => phases }, epochs: { seconds: () => 2 } } as never
  expect(await environmentOf(store, { runs: ['a', 'b'], precisions: [] })).toMatchObject({
    ...{ exitlab: ['0.9.0', '0.10.0'], threads: [2, 16], phases: 3, trainedSeconds: 6 },
  })
})
