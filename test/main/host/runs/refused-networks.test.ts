import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refusedNetworks } from '../../../../src/main/host/runs/refused-networks.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { onnxPath } from '../../../support/onnx-fixtures.ts'
import { bench, enrolled, experiment, temporaryFolder } from '../support.ts'

const described = (path: string) => ({ path, sites: ['1.0', '1.1'] })

/** Queued runs of a network in a file with named modules, with other weights, and of a built-in family. */
async function queued() {
  const path = join(temporaryFolder(), 'own.onnx')
  copyFileSync(onnxPath('convnext'), path)
  const { open, workspace } = bench()
  const host = await open({ train: false })
  const network = { family: 'onnx', file: path, exits: 'all', sites: ['1.0', '1.1'] } as never
  const whole = { source: null, calibrate: false }
  await enrolled(host.client, { ...experiment({ name: 'own', network, regimes: ['joint', 'mixed'] }), ...whole })
  const initial = { weights: path }
  await enrolled(host.client, { ...experiment({ name: 'others', network, initial, regimes: ['joint'] }), ...whole })
  await enrolled(host.client, experiment({ regimes: ['joint'] }))
  await host.close()
  const store = openStore(workspace)
  return { store, path, runs: store.runs.withStatus('queued') }
}

test('each file is asked about once, with the modules that its runs name', async () => {
  const { store, path, runs } = await queued()
  expect(runs).toHaveLength(4)
  const asked: unknown[] = []
  const networkFiles = { describe: async (work: unknown) => (asked.push(work), {}) } as never
  expect(await refusedNetworks({ store, networkFiles }, runs)).toEqual([])
  expect(asked).toEqual([described(path)])
  rmSync(path)
  await refusedNetworks({ store, networkFiles }, runs)
  expect(asked).toHaveLength(1)
  store.close()
})

test('a refusal of the file is a caveat of its runs, and any other failure is not taken for one', async () => {
  const { store, path, runs } = await queued()
  const failing = (error: Error) => ({ describe: () => Promise.reject(error) }) as never
  const refusal = 'The file own.onnx has the array w twice; expected one of that name: export it again.'
  const data = new ExitlabError('data', refusal)
  expect(await refusedNetworks({ store, networkFiles: failing(data) }, runs)).toEqual([
    {
      kind: 'refused-network',
      sentence: `A new run from this network’s file would be refused. ${refusal} Runs that were trained from it are as they were; they may be of another network than the file meant.`,
      file: path,
      reason: refusal,
    },
  ])
  await expect(refusedNetworks({ store, networkFiles: failing(new Error('worker died')) }, runs)).rejects.toThrow(
    'worker died',
  )
  store.close()
})
