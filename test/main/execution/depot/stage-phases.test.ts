import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readContent } from '../../../../src/main/execution/depot/phase-content.ts'
import { copyPhase, stagePhases } from '../../../../src/main/execution/depot/stage-phases.ts'
import type { Marks } from '../../../../src/files/verified-file.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase, encoded } from './made-phase.ts'

const evaluated = { weights: 'weights', evaluation: 'outputs' }

/** Two depots, and a folder of the second one to which phases of the first one are brought. */
function depots() {
  const [source, target] = [temporaryFolder(), temporaryFolder()]
  const folder = join(target, 'merging-1')
  mkdirSync(folder)
  const bring = (id: string, isPresent: boolean) => stagePhases({ source, target, folder, phases: [{ id, isPresent }] })
  return { source, target, folder, bring, staged: (id: string) => namesIn(join(folder, id)) }
}
const namesIn = (folder: string) => (existsSync(folder) ? readContent(folder).names.sort() : [])
const recorded = (...names: string[]) => names.flatMap((name) => [name, `${name}.manifest.json`])
const ofEvaluated = ['evaluation.json', 'evaluation.safetensors', ...recorded('final.safetensors')]

describe('bringing phases', () => {
  it('brings all that has a record, the job and the events of a phase that is not there', async () => {
    const { source, bring, staged } = depots()
    const files = { 'events.jsonl': '', 'job.json': '{}', 'epoch-00004.safetensors': 'unfinished', notes: '' }
    await makePhase(source, idOf(1), { ...evaluated, snapshots: [1], files })
    expect(await bring(idOf(1), false)).toEqual({ ids: [idOf(1)], left: [] })
    expect(staged(idOf(1))).toEqual([...ofEvaluated.slice(0, 2), 'events.jsonl', ...ofEvaluated.slice(2), 'job.json'])
  })

  it('brings nothing that is there', async () => {
    const { source, target, folder, bring } = depots()
    for (const depot of [source, target]) await makePhase(depot, idOf(1), evaluated)
    expect(await bring(idOf(1), true)).toEqual({ ids: [], left: [] })
    expect(existsSync(join(folder, idOf(1)))).toBe(false)
  })

  it('brings the evaluation of the same weights', async () => {
    const { source, target, bring, staged } = depots()
    const files = { 'job.json': '{}', 'events.jsonl': '' }
    await makePhase(source, idOf(1), { ...evaluated, files })
    await makePhase(target, idOf(1), { weights: 'weights', files })
    expect(await bring(idOf(1), true)).toEqual({ ids: [idOf(1)], left: [] })
    expect(staged(idOf(1))).toEqual(['evaluation.json', 'evaluation.safetensors'])
  })

  it('brings files whose records are missing, damaged or of other weights there', async () => {
    const { source, target, bring, staged } = depots()
    const { weights, evaluation } = evaluated
    for (const digit of [1, 2, 3]) await makePhase(source, idOf(digit), evaluated)
    // As where a merge was killed.
    await makePhase(target, idOf(1), { files: { 'final.safetensors': weights, 'evaluation.safetensors': evaluation } })
    await makePhase(target, idOf(2), { weights, files: { 'evaluation.json': '{}' } })
    await makePhase(target, idOf(3), { ...evaluated, of: 'others' })
    for (const digit of [1, 2, 3]) expect((await bring(idOf(digit), true)).left).toEqual([])
    expect([1, 2, 3].map((digit) => staged(idOf(digit)))).toEqual([
      ofEvaluated,
      ofEvaluated.slice(0, 2),
      ofEvaluated.slice(0, 2),
    ])
  })

  it('brings weights to a phase that has begun, and snapshots only with more steps', async () => {
    const { source, target, bring, staged } = depots()
    for (const [digit, there, here] of [
      [1, { weights: 'weights' }, { snapshots: [4] }],
      [2, { snapshots: [3] }, { snapshots: [2] }],
      [3, { snapshots: [2] }, { snapshots: [3] }],
      [4, { snapshots: [1] }, { weights: 'weights' }],
      [5, { snapshots: [1] }, {}],
      // Best and latest checkpoint are of one training.
      [6, { snapshots: [1, 3] }, { snapshots: [1] }],
      [7, { snapshots: [10] }, { weights: 'weights' }],
      [8, { snapshots: [2] }, { snapshots: [1, 2] }],
    ] as const) {
      await makePhase(source, idOf(digit), there)
      await makePhase(target, idOf(digit), here)
      await bring(idOf(digit), true)
    }
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((digit) => staged(idOf(digit)))).toEqual([
      recorded('final.safetensors'),
      recorded('epoch-00003.safetensors'),
      [],
      [],
      recorded('epoch-00001.safetensors'),
      recorded('epoch-00001.safetensors', 'epoch-00003.safetensors'),
      [],
      [],
    ])
  })

  it('names a phase in the wrong folder only where something of it is to be brought', async () => {
    const { source, target, bring } = depots()
    const marks: Marks = { content: 'weights', phase: idOf('f') }
    const file = encoded(marks)
    const from = await makePhase(source, idOf(1), { weights: file })
    const wrong = `${idOf(1)} is not copied: ${join(from, 'final.safetensors')} belongs to another phase, ${idOf('f')}: it is in the wrong folder`
    expect(await bring(idOf(1), false)).toEqual({ ids: [], left: [wrong] })
    const to = await makePhase(target, idOf(1), { weights: file })
    expect(await bring(idOf(1), true)).toEqual({ ids: [], left: [] })
    rmSync(to, { recursive: true })
    await makePhase(target, idOf(1), { weights: 'weights' })
    expect(await bring(idOf(1), true)).toEqual({ ids: [], left: [wrong] })
  })

  it('keeps other weights, and names the devices of both', async () => {
    const { source, target, bring } = depots()
    await makePhase(source, idOf(1), { weights: 'weights', device: 'a card' })
    await makePhase(target, idOf(1), { weights: 'others' })
    const { ids, left } = await bring(idOf(1), true)
    expect([ids, left]).toEqual([
      [],
      [`${idOf(1)} has other weights there: trained on a card, and on one device, whose are kept`],
    ])
  })

  it('brings nothing of a phase with an altered or missing file, and says which', async () => {
    const { source, bring, staged } = depots()
    const folder = await makePhase(source, idOf(1), evaluated)
    const file = join(folder, 'evaluation.safetensors')
    for (const damage of [() => writeFileSync(file, 'altered'), () => rmSync(file)]) {
      damage()
      const left = [`${idOf(1)} is not copied: ${file} is missing or damaged`]
      expect(await bring(idOf(1), false)).toEqual({ ids: [], left })
      expect(staged(idOf(1))).toEqual([])
    }
  })

  it('brings a phase without its damaged records, and names them', async () => {
    const { source, bring, staged } = depots()
    const folder = await makePhase(source, idOf(1), { weights: 'weights', files: { 'evaluation.json': '{}' } })
    const left = [`${idOf(1)} is copied without what is damaged: ${join(folder, 'evaluation.json')}`]
    expect(await bring(idOf(1), false)).toEqual({ ids: [idOf(1)], left })
    expect(staged(idOf(1))).toEqual(recorded('final.safetensors'))
  })

  it('ends where a job cannot be read at the moment', async () => {
    const { source, bring } = depots()
    const files = { file: '', 'events.jsonl': '' }
    symlinkSync('file/in', join(await makePhase(source, idOf(1), { files }), 'job.json'))
    await expect(bring(idOf(1), false)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
})

describe('copying a phase into a depot', () => {
  it('copies what is missing there, and nothing of a phase that is not there', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()]
    const source = await makePhase(from, idOf(1), { ...evaluated, files: { 'events.jsonl': 'events' } })
    await copyPhase(source, join(to, idOf(1)))
    expect(namesIn(join(to, idOf(1)))).toEqual(namesIn(source))
    await makePhase(to, idOf(2), { weights: 'weights' })
    await copyPhase(source, join(to, idOf(2)))
    expect(namesIn(join(to, idOf(2)))).toEqual(namesIn(source))
    await copyPhase(join(from, 'missing'), join(to, idOf(3)))
    expect(existsSync(join(to, idOf(3)))).toBe(false)
  })

  it('leaves other weights there as they are', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()]
    const target = await makePhase(to, idOf(1), { weights: 'others' })
    await copyPhase(await makePhase(from, idOf(1), evaluated), target)
    expect(namesIn(target)).toEqual(recorded('final.safetensors'))
    expect(readFileSync(join(target, 'final.safetensors'), 'utf8')).toBe('others')
  })

  it('copies no file where one is altered or missing', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()]
    const source = await makePhase(from, idOf(1), evaluated)
    for (const damage of [
      () => writeFileSync(join(source, 'evaluation.safetensors'), 'altered'),
      () => rmSync(join(source, 'evaluation.safetensors')),
    ]) {
      damage()
      await copyPhase(source, join(to, idOf(1)))
      expect(namesIn(join(to, idOf(1)))).toEqual([])
    }
  })

  it('reads nothing large before it lets others have a turn', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()]
    const source = await makePhase(from, idOf(1), evaluated)
    const copied = copyPhase(source, join(to, idOf(1)))
    writeFileSync(join(source, 'final.safetensors'), 'altered')
    await copied
    expect(namesIn(join(to, idOf(1)))).toEqual([])
  })
})
