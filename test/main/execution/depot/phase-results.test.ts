import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isDone, readResults } from '../../../../src/main/execution/depot/phase-results.ts'
import { readManifest, writeManifest } from '../../../../src/files/checkpoint-manifest.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

const evaluated = { weights: 'weights', evaluation: 'outputs' }

describe('the results of a phase', () => {
  it('are its weights and their evaluation, and the steps of its newest checkpoint', async () => {
    const depot = temporaryFolder()
    const done = await readResults(await makePhase(depot, idOf(1), evaluated))
    expect(done).toMatchObject({ weights: { ended: 'epoch-cap' }, steps: 95 })
    expect(done.evaluation!.weights).toBe(done.weights!.sha256)
    const begun = await readResults(await makePhase(depot, idOf(2), { snapshots: [2, 1] }))
    expect(begun).toEqual({ weights: null, evaluation: null, steps: 20 })
    expect((await readResults(await makePhase(depot, idOf(3), { ...evaluated, of: 'others' }))).evaluation).toBeNull()
    expect(await readResults(join(depot, 'missing'))).toEqual({ weights: null, evaluation: null, steps: 0 })
    expect((await readResults(await makePhase(depot, idOf(4), { weights: 'weights' }))).evaluation).toBeNull()
  })

  it('are no weights of a phase that has not ended, and steps of sound records alone', async () => {
    const folder = await makePhase(temporaryFolder(), idOf(1), evaluated)
    const final = (await readManifest(folder, 'final.safetensors'))!
    await writeManifest(folder, { ...final, ended: null })
    writeFileSync(join(folder, 'epoch-00099.safetensors.manifest.json'), '{}')
    expect(await readResults(folder)).toEqual({ weights: null, evaluation: null, steps: 95 })
  })

  it('are refused where the folder cannot be read, as what is there is not known', async () => {
    const folder = join(temporaryFolder(), 'phase')
    writeFileSync(folder, '')
    await expect(readResults(folder)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('leave nothing to do once the weights are there, and the evaluation where one is wanted', async () => {
    const [weights, evaluation] = [{}, {}] as never[]
    const missing = null as never
    expect(isDone({ weights: weights!, evaluation: missing }, { evaluate: false })).toBe(true)
    expect(isDone({ weights: weights!, evaluation: missing }, { evaluate: true })).toBe(false)
    expect(isDone({ weights: weights!, evaluation: evaluation! }, { evaluate: true })).toBe(true)
    expect(isDone({ weights: missing, evaluation: missing }, { evaluate: false })).toBe(false)
  })
})
