import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { progressOf, readContent, recordedFiles, stepsIn } from '../../../../src/main/execution/depot/phase-content.ts'
import { depotSummary } from '../../../../src/main/execution/depot/summary.ts'
import { readManifest, writeManifest } from '../../../../src/files/checkpoint-manifest.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

const evaluated = { weights: 'weights', evaluation: 'outputs' }

describe('the content of a phase', () => {
  it('is its records, snapshots newest first', async () => {
    const folder = await makePhase(temporaryFolder(), idOf(1), { snapshots: [1, 3, 2] })
    const content = readContent(folder)
    expect(content).toMatchObject({ weights: null, evaluation: null, damaged: [] })
    expect(content.snapshots.map(({ epoch }) => epoch)).toEqual([3, 2, 1])
    expect(content.texts.size).toBe(3)
    expect(recordedFiles(content).map(({ name, record }) => [name, record])[0]).toEqual([
      'epoch-00003.safetensors',
      'epoch-00003.safetensors.manifest.json',
    ])
    expect([stepsIn(content), progressOf(content)]).toEqual([30, 'begun'])
  })

  it('has the checkpoint of an epoch before one within the next epoch at the same step', async () => {
    const folder = await makePhase(temporaryFolder(), idOf(1), { snapshots: [2, 3] })
    const latest = (await readManifest(folder, 'epoch-00003.safetensors'))!
    for (const [file, epoch] of [
      ['a.safetensors', 2],
      ['z.safetensors', 4],
    ] as const)
      await writeManifest(folder, { ...latest, file, epoch })
    expect(readContent(folder).snapshots.map(({ epoch, step }) => [epoch, step])).toEqual([
      [4, 30],
      [3, 30],
      [2, 30],
      [2, 20],
    ])
  })

  it('is nothing where its folder is gone, and refused where that cannot be read', () => {
    const folder = join(temporaryFolder(), 'phase')
    expect(readContent(folder)).toMatchObject({
      names: [],
      weights: null,
      evaluation: null,
      snapshots: [],
      damaged: [],
    })
    writeFileSync(folder, '')
    expect(() => readContent(folder)).toThrow(
      expect.objectContaining({
        code: 'disk',
        message: expect.stringContaining(`${folder} cannot be read: ENOTDIR`),
      }),
    )
  })

  it('has damaged records where they are links that lead nowhere or in a circle, or are no files', async () => {
    const folder = await makePhase(temporaryFolder(), idOf(1), { weights: 'weights', files: { file: '' } })
    symlinkSync('a.manifest.json', join(folder, 'a.manifest.json'))
    symlinkSync('nowhere', join(folder, 'b.manifest.json'))
    mkdirSync(join(folder, 'evaluation.json'))
    const content = readContent(folder)
    expect(content.damaged).toEqual(['a.manifest.json', 'b.manifest.json', 'evaluation.json'])
    expect([...content.texts.keys()]).toEqual(['final.safetensors.manifest.json'])
    // The disk fails as it does where a record cannot be read at the moment.
    symlinkSync('file/in', join(folder, 'c.manifest.json'))
    expect(() => readContent(folder)).toThrow(expect.objectContaining({ code: 'disk' }))
  })

  it('counts the weights and their evaluation alone once it is done', async () => {
    const content = readContent(await makePhase(temporaryFolder(), idOf(1), { ...evaluated, snapshots: [1] }))
    expect(recordedFiles(content).map(({ name }) => name)).toEqual(['final.safetensors', 'evaluation.safetensors'])
    expect([stepsIn(content), progressOf(content)]).toEqual([95, 'evaluated'])
  })

  it('has no evaluation of other weights, and none without weights', async () => {
    const depot = temporaryFolder()
    const other = readContent(await makePhase(depot, idOf(1), { ...evaluated, of: 'others' }))
    expect([other.evaluation, other.damaged, progressOf(other)]).toEqual([null, [], 'trained'])
    const alone = readContent(await makePhase(depot, idOf(2), { evaluation: 'outputs', of: '' }))
    expect([alone.evaluation, progressOf(alone), stepsIn(alone)]).toEqual([null, 'waiting', 0])
  })

  it('names damaged records', async () => {
    const files = { 'final.safetensors.manifest.json': '{', 'evaluation.json': '{}' }
    const content = readContent(await makePhase(temporaryFolder(), idOf(1), { files }))
    expect(content).toMatchObject({ weights: null, evaluation: null })
    expect(content.damaged).toEqual(['final.safetensors.manifest.json', 'evaluation.json'])
  })

  it('is counted by its progress over a depot', async () => {
    const depot = temporaryFolder()
    await makePhase(depot, idOf(1), evaluated)
    await makePhase(depot, idOf(2), { weights: 'weights' })
    await makePhase(depot, idOf(3), { snapshots: [1] })
    await makePhase(depot, idOf(4))
    await makePhase(depot, idOf(5))
    expect(await depotSummary(depot)).toEqual({ evaluated: 1, trained: 1, begun: 1, waiting: 2 })
  })
})
