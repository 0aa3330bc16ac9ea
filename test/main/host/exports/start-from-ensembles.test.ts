import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { openHost, type Host } from '../../../../src/main/host/open/index.ts'
import { decodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { writeTinyData } from '../../trainer/support/tiny-data.ts'
import { temporaryFolder } from '../support.ts'

const ofVersion = fileURLToPath(new URL('../../../fixtures/export-0.2.0/model.safetensors', import.meta.url))
const arraysOf = (file: string) => decodeSafetensors(readFileSync(file), file).arrays

/** An experiment of the network of the fixture; a rate of learning that changes nothing keeps what it started from. */
const experiment = (images: string, learningRate: number, weights?: string) =>
  experimentFile.parse({
    name: 'ensembles',
    data: { source: 'mnist', path: images, limit: { train: 60, test: 20 } },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4], exits: [0, 1], head: 'ztw' },
    regimes: ['joint'],
    training: { epochs: 1, batchSize: 20, learningRate, weightDecay: 0 },
    ...(weights && { initial: { weights } }),
  })

async function exportOf({ client, idle }: Host, file: ReturnType<typeof experiment>): Promise<string> {
  const { runs } = await client.experiments.create({ file })
  await idle()
  const folder = join(temporaryFolder(), 'run')
  await client.exports.run({ run: runs[0]!.id, folder })
  return join(folder, 'model.safetensors')
}

test.each([
  ['this version', null],
  ['0.2.0', ofVersion],
])('the heads of a ztw run that %s exported start another one', async (_, exported) => {
  const images = temporaryFolder()
  await writeTinyData(images)
  const host = await openHost({ workspace: temporaryFolder() })
  onTestFinished(() => host.close())
  const weights = exported ?? (await exportOf(host, experiment(images, 1e-2)))
  const file = experiment(images, 1e-12, weights)
  const { starts } = await host.client.experiments.plan({ file })
  const given = arraysOf(weights)
  const ensembles = Object.keys(given).filter((name) => name.startsWith('ensembles.'))
  // The phase behind the heads trains the ensembles anew.
  expect(starts).toMatchObject([{ fresh: [], leftOver: ensembles, notes: [] }])
  expect(ensembles).toHaveLength(4)
  const started = arraysOf(await exportOf(host, file))
  const heads = Object.keys(given).filter((name) => name.startsWith('heads.'))
  expect(heads).toContain('heads.1.cascade.weight')
  for (const name of heads) {
    const values = Array.from(given[name]!.values, (value) => expect.closeTo(value, 6) as number)
    expect(Array.from(started[name]!.values), name).toEqual(values)
  }
})
