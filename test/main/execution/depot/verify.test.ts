import { hash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { phaseIdOf } from '../../../../src/main/execution/depot/phase-job.ts'
import { verifyDepot } from '../../../../src/main/execution/depot/verify.ts'
import { evaluationName } from '../../../../src/files/checkpoint-manifest.ts'
import type { Marks } from '../../../../src/files/verified-file.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase, encoded } from './made-phase.ts'
import { jobOf } from './support.ts'

const evaluated = { weights: 'weights', evaluation: 'outputs' }

describe('the verification of a depot', () => {
  it('names every damaged record, and every file that differs from its record', async () => {
    const depot = temporaryFolder()
    const damaged = await makePhase(depot, idOf(1), { files: { 'evaluation.json': '{}', 'job.json': '{}' } })
    const altered = await makePhase(depot, idOf(2), { snapshots: [1, 2] })
    writeFileSync(join(altered, 'epoch-00001.safetensors'), 'altered')
    const kept = join(depot, 'extensions', `${'0'.repeat(64)}.json`)
    mkdirSync(join(depot, 'extensions'))
    writeFileSync(kept, 'altered')
    const { phases, faults } = await verifyDepot(depot)
    expect(phases).toBe(2)
    expect(faults).toEqual([
      `${join(damaged, 'evaluation.json')} is damaged`,
      expect.stringMatching(/job\.json is damaged, or from a newer Exitlab/),
      expect.stringMatching(/2{64}\/epoch-00001\.safetensors /),
      `${kept} is damaged`,
    ])
  })

  it('finds no fault in a phase without a job, whose files say nothing of themselves', async () => {
    const depot = temporaryFolder()
    await makePhase(depot, idOf(1), evaluated)
    expect(await verifyDepot(depot)).toEqual({ phases: 1, faults: [] })
  })

  it('ends where a job cannot be read at the moment', async () => {
    const depot = temporaryFolder()
    symlinkSync('file/in', join(await makePhase(depot, idOf(1), { files: { file: '' } }), 'job.json'))
    await expect(verifyDepot(depot)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('names files that are of another phase, of other weights or of other images', async () => {
    const job = jobOf()
    const [id, { dataset }] = [phaseIdOf(job.definition), job.definition]
    const faultsOf = async (changes: (weights: string) => Partial<Marks>) => {
      const depot = temporaryFolder()
      const weights = encoded({ content: 'weights', phase: id })
      const sha256 = hash('sha256', weights)
      const marks: Marks = { content: 'evaluation', phase: id, weights: sha256, dataset, ...changes(sha256) }
      const folder = await makePhase(depot, id, { weights, evaluation: encoded(marks), job })
      const { faults } = await verifyDepot(depot)
      return faults.map((fault) => fault.replace(`${join(folder, evaluationName)} `, ''))
    }
    expect(await faultsOf(() => ({}))).toEqual([])
    expect(await faultsOf(() => ({ phase: idOf(1) }))).toEqual([
      `belongs to another phase, ${idOf(1)}: it is in the wrong folder`,
    ])
    expect(await faultsOf(() => ({ content: 'weights' }))).toEqual(['does not contain evaluation'])
    expect(await faultsOf(() => ({ weights: 'others' }))).toEqual(['belongs to other weights than those of its phase'])
    expect(await faultsOf(() => ({ dataset: 'others' }))).toEqual([
      'belongs to other images than those on which its phase was trained',
    ])
    const depot = temporaryFolder()
    const folder = await makePhase(depot, idOf(1), { weights: encoded({ content: 'weights', phase: id }) })
    expect((await verifyDepot(depot)).faults).toEqual([
      `${join(folder, 'final.safetensors')} belongs to another phase, ${id}: it is in the wrong folder`,
    ])
  })
})
