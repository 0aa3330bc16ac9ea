import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import type { PhaseDefinition } from '../../../src/contract/experiment/phase-definition.ts'
import type { RunRow } from '../../../src/main/store/runs.ts'
import type { Store } from '../../../src/main/store/open.ts'
import { onTestFinished } from 'vitest'

/** An empty folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const network: NetworkSpec = {
  family: 'resnet',
  block: 'basic',
  blockCounts: [1, 1],
  widths: [4, 8],
  stem: '3x3',
  inputShape: [8, 8, 1],
  pad: 0,
  classes: 3,
  exits: [0],
  head: 'pooled',
  normalisation: { mean: [0.5], std: [0.25] },
}

export const file = experimentFile.parse({
  name: 'toy',
  data: { source: 'fashion-mnist' },
  network: { family: 'resnet', blockCounts: [1, 1], widths: [4, 8] },
  regimes: ['joint'],
})

export function addExperiment(store: Store, id = 'e1', name = 'toy'): void {
  store.experiments.insert({
    id,
    name,
    file: { ...file, name },
    source: null,
    dataPath: '/data',
    memoryBytes: 1e9,
    createdAt: 1,
  })
}

export function definition(seed: number, parent: string | null = null): PhaseDefinition {
  return {
    format: 1,
    network,
    data: { ...file.data, path: undefined } as PhaseDefinition['data'],
    dataset: 'd',
    training: file.training,
    seed,
    phase: { name: 'phase', network: 'multi-exit', trains: ['stem'], lossCycle: [[1, 1]], stopsOn: [0, 1] },
    initial: parent === null ? { kind: 'fresh' } : { kind: 'phase', id: parent, fresh: [] },
  }
}

export function addRun(
  store: Store,
  id: string,
  phases: string[],
  { regime = 'joint', ...over }: Partial<RunRow> = {},
): void {
  const experimentId = over.experimentId ?? 'e1'
  const costs = { backboneMacs: 100, exits: [] }
  const series = { experimentId, regime, settings: {}, name: regime, network, costs }
  store.runs.insert({
    id,
    name: `toy-joint-${id}`,
    experimentId,
    seriesId: store.series.ensure(series),
    seed: store.runs.lastPosition(),
    status: 'queued',
    position: store.runs.lastPosition() + 1,
    error: null,
    createdAt: 1,
    startedAt: null,
    finishedAt: null,
    deletedAt: null,
    ...over,
  })
  phases.forEach((phase, position) => {
    const made = definition(1, phases[position - 1] ?? null)
    const named = { ...made, phase: { ...made.phase, name: `phase ${position + 1}` } }
    store.phases.ensure({ id: phase, definition: named, createdAt: 1 })
    store.phases.link(id, position, { id: phase, definition: named })
  })
}
