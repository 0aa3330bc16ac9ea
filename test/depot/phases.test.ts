import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bringFile } from '../../src/main/depot/bring-file.ts'
import { phaseIds, resolvePhase } from '../../src/main/depot/depot.ts'
import { progressOf, readContent, recordedFiles, stepsIn } from '../../src/main/depot/phase-content.ts'
import { findJob, phaseIdOf, readJob, writeJob } from '../../src/main/depot/phase-job.ts'
import { isDone, readResults } from '../../src/main/depot/phase-results.ts'
import { copyPhase, stagePhases } from '../../src/main/depot/stage-phases.ts'
import { readSubmission, removeSubmission, writeSubmission } from '../../src/main/depot/submission.ts'
import { depotSummary } from '../../src/main/depot/summary.ts'
import { verifyDepot } from '../../src/main/depot/verify.ts'
import { writeSealed } from '../../src/main/files/sealed-json.ts'
import { temporaryFolder } from '../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'
import { jobOf } from './support.ts'

const evaluated = { weights: 'weights', evaluation: 'outputs' }

describe('the ids of a depot', () => {
  it('are the names of its folders that are ids, sorted', async () => {
    const depot = temporaryFolder()
    for (const name of [idOf('b'), idOf('a'), idOf('g'), `${idOf('a')}0`, 'merging-1']) mkdirSync(join(depot, name))
    writeFileSync(join(depot, idOf('c')), 'a file')
    expect(await phaseIds(depot)).toEqual([idOf('a'), idOf('b')])
  })

  it('are refused of a folder that is missing, or no folder', async () => {
    const depot = join(temporaryFolder(), 'missing')
    await expect(phaseIds(depot)).rejects.toMatchObject({ code: 'not-found', message: `There is no depot ${depot}.` })
    writeFileSync(depot, '')
    await expect(phaseIds(depot)).rejects.toMatchObject({ code: 'disk', message: expect.stringContaining('(ENOTDIR)') })
  })

  it('are found by their beginning, where it is that of one', async () => {
    const depot = temporaryFolder()
    const [first, second, third] = [`aa${idOf('0').slice(2)}`, `ab${idOf('0').slice(2)}`, idOf('b')]
    for (const id of [first, second, third]) mkdirSync(join(depot, id))
    expect(await resolvePhase(depot, 'aa')).toBe(first)
    expect(await resolvePhase(depot, 'b')).toBe(third)
    // A whole id need not be there.
    expect(await resolvePhase(depot, idOf('f'))).toBe(idOf('f'))
    await expect(resolvePhase(depot, 'a')).rejects.toMatchObject({
      code: 'conflict',
      message: `“a” matches 2 phases of the depot ${depot}; give more of the id:\n  ${first}\n  ${second}`,
    })
    for (const reference of ['c', ''])
      await expect(resolvePhase(depot, reference)).rejects.toMatchObject({
        code: 'not-found',
        message: `There is no phase “${reference}” in the depot ${depot}.`,
      })
  })

  it('are listed ten at most where many begin alike', async () => {
    const depot = temporaryFolder()
    for (let i = 10; i < 22; i++) mkdirSync(join(depot, `a${i}${idOf('0').slice(3)}`))
    const { message } = await resolvePhase(depot, 'a').catch((error: Error) => error as Error) as Error // prettier-ignore
    expect(message).toMatch(/matches 12 phases/)
    expect(message.split('\n')).toHaveLength(11)
  })
})

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

describe('the job of a phase', () => {
  it('is read as it was written, and not written again', async () => {
    const depot = temporaryFolder()
    const job = jobOf()
    const id = phaseIdOf(job.definition)
    await writeJob(depot, id, job)
    expect(await readJob(depot, id)).toEqual(job)
    const { ino } = statSync(join(depot, id, 'job.json'))
    await writeJob(depot, id, job)
    expect(statSync(join(depot, id, 'job.json')).ino).toBe(ino)
  })

  it('is evaluated where one of those who write it wants that', async () => {
    const depot = temporaryFolder()
    const job = { ...jobOf(), evaluate: false }
    const id = phaseIdOf(job.definition)
    for (const [evaluate, expected] of [
      [false, false],
      [true, true],
      [false, true],
    ] as const) {
      await writeJob(depot, id, { ...job, evaluate })
      expect((await readJob(depot, id)).evaluate).toBe(expected)
    }
  })

  it('may be missing where it is only looked for', async () => {
    const depot = temporaryFolder()
    expect(await findJob(depot, idOf(1))).toBeNull()
    await expect(readJob(depot, idOf(1))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(join(depot, idOf(1), 'job.json')),
    })
  })

  it('is refused where it is damaged or of another phase', async () => {
    const depot = temporaryFolder()
    await makePhase(depot, idOf(1), { files: { 'job.json': '{}' } })
    await expect(findJob(depot, idOf(1))).rejects.toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringMatching(/damaged, or from/),
    })
    await makePhase(depot, idOf(2), { job: jobOf() })
    await expect(findJob(depot, idOf(2))).rejects.toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringContaining(`is of another phase, ${phaseIdOf(jobOf().definition)}.`),
    })
  })
})

describe('the submission of a phase', () => {
  it('is read as it was written, until the submission of that job is removed', async () => {
    const folder = temporaryFolder()
    const submission = { task: 'exitlab-a_1', job: '7_1', at: 5 }
    expect(await readSubmission(folder)).toBeNull()
    await writeSubmission(folder, submission)
    await removeSubmission(folder, '8_1')
    await removeSubmission(folder, null)
    expect(await readSubmission(folder)).toEqual(submission)
    await removeSubmission(folder, '7_1')
    await removeSubmission(folder, '7_1')
    expect(await readSubmission(folder)).toBeNull()
  })

  it('is read where an older version has written it, without the name of its array', async () => {
    const folder = temporaryFolder()
    await writeSealed(join(folder, 'submission.json'), { job: '7_1', at: 5 })
    expect(await readSubmission(folder)).toEqual({ task: null, job: '7_1', at: 5 })
  })
})

describe('bringing a file', () => {
  const [text, other] = ['text', 'other']
  function files() {
    const folder = temporaryFolder()
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    writeFileSync(from, text)
    return { folder, from, to }
  }

  it('links it if that is allowed, and else copies it', () => {
    const { from, to, folder } = files()
    expect(bringFile(from, to, { linked: true })).toBe(true)
    expect(statSync(to).ino).toBe(statSync(from).ino)
    const copy = join(folder, 'copy')
    expect(bringFile(from, copy, { linked: false })).toBe(true)
    expect([readFileSync(copy, 'utf8'), statSync(copy).ino === statSync(from).ino]).toEqual([text, false])
  })

  it('copies what a link leads to, and files of another user', () => {
    const { from, to, folder } = files()
    const link = join(folder, 'link')
    symlinkSync(from, link)
    expect(bringFile(link, to, { linked: true })).toBe(true)
    expect([lstatSync(to).isFile(), statSync(to).ino === statSync(from).ino]).toEqual([true, false])
    const { getuid } = process
    process.getuid = () => statSync(from).uid + 1
    const copy = join(folder, 'copy')
    try {
      expect(bringFile(from, copy, { linked: true })).toBe(true)
    } finally {
      process.getuid = getuid
    }
    expect(statSync(copy).ino === statSync(from).ino).toBe(false)
  })

  it('says that it is missing, and fails where the new name is taken', () => {
    const { folder, from, to } = files()
    for (const linked of [true, false]) expect(bringFile(join(folder, 'missing'), to, { linked })).toBe(false)
    expect(existsSync(to)).toBe(false)
    writeFileSync(to, other)
    expect(() => bringFile(from, to, { linked: true })).toThrow(/EEXIST/)
    expect(readFileSync(to, 'utf8')).toBe(other)
  })
})

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
    const { source, target, bring, staged } = depots()
    for (const depot of [source, target]) await makePhase(depot, idOf(1), evaluated)
    expect(await bring(idOf(1), true)).toEqual({ ids: [], left: [] })
    expect(staged(idOf(1))).toEqual([])
  })

  it('brings the evaluation of the same weights', async () => {
    const { source, target, bring, staged } = depots()
    await makePhase(source, idOf(1), evaluated)
    await makePhase(target, idOf(1), { weights: 'weights' })
    expect(await bring(idOf(1), true)).toEqual({ ids: [idOf(1)], left: [] })
    expect(staged(idOf(1))).toEqual(['evaluation.json', 'evaluation.safetensors'])
  })

  it('brings weights to a phase that has begun, and snapshots only with more steps', async () => {
    const { source, target, bring, staged } = depots()
    for (const [digit, there, here] of [
      [1, { weights: 'weights' }, { snapshots: [4] }],
      [2, { snapshots: [3] }, { snapshots: [2] }],
      [3, { snapshots: [2] }, { snapshots: [3] }],
      [4, { snapshots: [1] }, { weights: 'weights' }],
      [5, { snapshots: [1] }, {}],
    ] as const) {
      await makePhase(source, idOf(digit), there)
      await makePhase(target, idOf(digit), here)
      await bring(idOf(digit), true)
    }
    expect([1, 2, 3, 4, 5].map((digit) => staged(idOf(digit)))).toEqual([
      recorded('final.safetensors'),
      recorded('epoch-00003.safetensors'),
      [],
      [],
      recorded('epoch-00001.safetensors'),
    ])
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
})

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
})
