import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { weightings } from '../../../../src/engine/objectives/index.ts'
import { archiveFile, archiveText, hashOf } from '../../../../src/main/extensions/archive.ts'
import { announceExtensions } from '../../../../src/main/extensions/launch.ts'
import { depth } from '../../extensions/depth-weighting.ts'
import { startSlurm, type TestSlurm } from '../../../support/slurm.ts'

const text = `
import { defineExtension, z } from 'exitlab/extension'
const parameters = z.strictObject({ last: z.number().default(3), rampEpochs: z.int().default(2) })
const info = { title: 'By depth', sentence: 'Deeper exits count more.', paper: 'none' }
const weights = ({ exitCosts }: { exitCosts: number[] }) => exitCosts.map((_, exit) => 1 + exit)
export default defineExtension({ name: 'mine', weightings: { depth: { info, parameters, normalised: true, weights } } })
`
const archive = { entry: 'mine.ts', files: { 'mine.ts': text } }
const sha256 = hashOf(archive)

// This process has the weighting as if it had loaded the file; jobs have to load it themselves.
weightings.register('depth', depth, { extension: 'mine', file: '/m/mine.ts', sha256 })
const { bench, experiment, temporaryFolder } = await import('../../host/support.ts')
const { clusterSettings, oneProcessor } = await import('../../../support/cluster-settings.ts')

let slurm: TestSlurm | string
beforeAll(async () => {
  slurm = await startSlurm()
  if (typeof slurm !== 'string') process.env.SLURM_CONF = join(slurm.folder, 'slurm.conf')
})
afterAll(async () => {
  announceExtensions([])
  delete process.env.SLURM_CONF
  if (typeof slurm !== 'string') await slurm.stop()
})
beforeEach(({ skip }) => {
  if (typeof slurm === 'string') skip(slurm)
})

it('jobs of Slurm load the extension that their phase uses from the depot', async () => {
  const folder = temporaryFolder()
  const kept = join(folder, archiveFile(sha256))
  writeFileSync(kept, archiveText(archive))
  announceExtensions([{ extension: 'mine', file: '/m/mine.ts', sha256, archive: kept }])
  const made = bench()
  const depot = join(folder, 'depot')
  const host = await made.open({ ...clusterSettings(made.fakeFolder), environment: {} })
  await host.client.system.configure({ depot, slurm: oneProcessor })
  await host.client.experiments.create(
    experiment({
      seeds: [1],
      regimes: ['joint'],
      objective: { weighting: 'depth', parameters: { last: 3, rampEpochs: 2 } },
    }),
  )
  await host.idle()
  const runs = await host.client.runs.list({})
  expect(runs.map(({ status, error }) => [status, error])).toEqual([['done', null]])
  expect(readdirSync(join(depot, 'extensions'))).toEqual([archiveFile(sha256)])
})
