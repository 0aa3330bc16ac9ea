/** What pictures show: small, but trained for real. */
import { readFileSync } from 'node:fs'

const common = (epochs: number) => `
data: { source: fashion-mnist, limit: { train: 3000, test: 2000 }, validation: { fraction: 0.25 }, augmentation: none }
training:
  epochs: ${epochs}
  learningRate: 5e-3
  schedule: { kind: cosine-warm-restarts, cycleEpochs: ${epochs} }
  earlyStopping: { patience: null }
probes: { gradientDominance: 4 }
`

/** The network of the quick start, three seeds of each regime. */
export const quickStart = `name: quickstart
network: { family: resnet, blockCounts: [2, 2, 1], widths: [4, 16, 32], exits: [1, 2, 3] }
regimes: [disjoint, joint, mixed]
seeds: [1, 2, 3]${common(8)}`

/** Another network, which trains for long enough to be looked at. */
export const wider = `name: wider
network: { family: resnet, blockCounts: [2, 2, 1], widths: [8, 24, 48], exits: [1, 2, 3] }
regimes: [mixed, disjoint, joint]
seeds: [1]${common(40)}`

/** The one that the guide leads from to a decision. */
export const sweep = readFileSync(new URL('../../examples/sweep.yaml', import.meta.url), 'utf8')

/** Many phases, each of them a job. */
export const onCluster = `name: cluster
data: { source: fashion-mnist, limit: { train: 1000, test: 500 }, augmentation: none }
network: { family: resnet, blockCounts: [2, 2, 2], widths: [4, 8, 16], exits: [1, 2, 3, 4] }
regimes: [branch-wise, separate]
seeds: [1]
training: { epochs: 2, earlyStopping: { patience: null } }
`

/** The table of the paper, at desk scale, that takes the least time to train. */
export const paperItem = 'table-16'
