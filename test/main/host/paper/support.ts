import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FakeScript } from '../../../support/fake-trainer/script.ts'
import { bench, temporaryFolder } from '../support.ts'

/** A host that finds Fashion-MNIST, by the names of its files. */
export async function paperBench(script: Partial<FakeScript> = {}) {
  const datasets = temporaryFolder()
  const folder = join(datasets, 'fashion-mnist')
  mkdirSync(folder)
  const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']
  names.forEach((name) => writeFileSync(join(folder, `${name}-ubyte`), ''))
  const made = bench({ stepsPerEpoch: 1, ...script })
  const host = await made.open({ environment: { EXITLAB_DATASETS: datasets } })
  return { ...made, host, client: host.client }
}
