import { describe, expect, test } from 'vitest'
import type { AnalysisContent } from '../../../../src/main/host/analyses/identity.ts'
import { analysisId } from '../../../../src/main/host/analyses/identity.ts'
import type { TrainedPhase } from '../../../../src/main/host/analyses/trained-phase.ts'
import type { PhaseDefinition } from '../../../../src/contract/experiment/phase-definition.ts'
import { definition } from '../../store/support.ts'

function phase(changes: Partial<TrainedPhase> = {}, what: Partial<PhaseDefinition> = {}): TrainedPhase {
  return {
    id: 'p1',
    definition: { ...definition(1), ...what },
    status: 'done',
    epochs: 3,
    batchesPerEpoch: 10,
    ended: 'epoch-cap',
    keptEpoch: 3,
    checkpoint: { file: 'checkpoints/p1/final.safetensors', sha256: 'aa' },
    error: null,
    startedAt: 1,
    finishedAt: 2,
    ...changes,
  }
}

const rank = (...phases: TrainedPhase[]): AnalysisContent => ({
  kind: 'numerical-rank',
  parameters: { samples: 200, seed: 0 },
  phases,
})
const { data, network, training, phase: trained } = definition(1)

describe('the id of an analysis', () => {
  test('is the same for the same weights and images, whichever phase or training they come from', () => {
    const id = analysisId(rank(phase()))
    expect(id).toMatch(/^[0-9a-f]{64}$/)
    const elsewhere = { file: 'elsewhere', sha256: 'aa' }
    for (const same of [
      phase({ id: 'p2', checkpoint: elsewhere, epochs: 9, startedAt: 7 }),
      phase({}, { seed: 2, initial: { kind: 'phase', id: 'p0', fresh: [] }, training: { ...training, batchSize: 1 } }),
      phase({}, { data: { ...data, augmentation: 'none' } }),
    ]) {
      expect(analysisId(rank(same))).toBe(id)
    }
    expect(analysisId({ ...rank(phase()), parameters: { seed: 0, samples: 200 } })).toBe(id)
  })

  test('is the same as before a parameter existed, where that parameter has its earlier behaviour', () => {
    const landscape = (parameters: object): AnalysisContent => ({
      kind: 'loss-landscape',
      parameters: { points: 25, ...parameters },
      phases: [phase()],
    })
    const before = analysisId(landscape({}))
    expect(analysisId(landscape({ precision: 'float32' }))).toBe(before)
    expect(analysisId(landscape({ precision: 'bfloat16' }))).not.toBe(before)
  })

  test('changes with each thing that can change the result', () => {
    const contents: AnalysisContent[] = [
      rank(phase()),
      { ...rank(phase()), kind: 'mutual-information' },
      { ...rank(phase()), parameters: { samples: 200, seed: 1 } },
      rank(phase({ checkpoint: { file: 'checkpoints/p1/final.safetensors', sha256: 'bb' } })),
      rank(phase({}, { network: { ...network, exits: [] } })),
      rank(phase({}, { network: { ...network, normalisation: { mean: [0.4], std: [0.25] } } })),
      rank(phase({}, { dataset: 'other images' })),
      rank(phase({}, { data: { ...data, pad: 2 } })),
      rank(phase({}, { data: { ...data, limit: { train: 10, test: null } } })),
      rank(phase({}, { data: { ...data, validation: { fraction: 0.2, seed: 42 } } })),
      rank(phase(), phase({ checkpoint: { file: '', sha256: 'bb' } })),
      rank(phase({ checkpoint: { file: '', sha256: 'bb' } }), phase()),
    ]
    expect(new Set(contents.map(analysisId)).size).toBe(contents.length)
  })

  test('of gradient dominance changes with the batches too, which the phase has drawn', () => {
    const dominance = (each: TrainedPhase): AnalysisContent => ({
      kind: 'gradient-dominance',
      parameters: {},
      phases: [each],
    })
    const contents = [dominance(phase()), dominance(phase({ id: 'p2' })), dominance(phase({ epochs: 4 }))]
    expect(new Set(contents.map(analysisId)).size).toBe(3)
    expect(analysisId(dominance(phase({}, { phase: { ...trained, name: 'other' } })))).toBe(
      analysisId(dominance(phase())),
    )
  })
})
