import { hash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bringFile } from '../../src/main/depot/bring-file.ts'
import { makeDepot, phaseIds, resolvePhase } from '../../src/main/depot/depot.ts'
import { progressOf, readContent, recordedFiles, stepsIn } from '../../src/main/depot/phase-content.ts'
import { findJob, phaseIdOf, readJob, writeJob } from '../../src/main/depot/phase-job.ts'
import { isDone, readResults } from '../../src/main/depot/phase-results.ts'
import { copyPhase, stagePhases } from '../../src/main/depot/stage-phases.ts'
import { readSubmission, removeSubmission, writeSubmission } from '../../src/main/depot/submission.ts'
import { depotSummary } from '../../src/main/depot/summary.ts'
import { verifyDepot } from '../../src/main/depot/verify.ts'
import { evaluationName, readManifest, writeManifest } from '../../src/main/files/checkpoint-manifest.ts'
import { writeSealed } from '../../src/main/files/sealed-json.ts'
import type { Marks } from '../../src/main/files/verified-file.ts'
import { encodeSafetensors } from '../../src/shared/safetensors.ts'
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

describe('a new depot', () => {
  it('is made with the folders above it, and left as it is where it is there', () => {
    const depot = join(temporaryFolder(), 'a', 'b')
    makeDepot(depot)
    writeFileSync(join(depot, 'note'), '')
    makeDepot(depot)
    expect(readdirSync(depot)).toEqual(['note'])
  })

  it('is refused in place of a file, and below one', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(refusalOf(() => makeDepot(file))).toMatchObject({
      code: 'usage',
      message: `${file} is a file, and a depot is a folder of phases. Choose another path.`,
    })
    const below = join(file, 'depot')
    expect(refusalOf(() => makeDepot(below))).toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/^The depot \S+ cannot be made \(ENOTDIR: .*\)\. Choose another path\.$/),
    })
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
    expect(refusalOf(() => readContent(folder))).toMatchObject({
      code: 'disk',
      message: expect.stringContaining(`${folder} cannot be read: ENOTDIR`),
    })
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
    expect(refusalOf(() => readContent(folder))).toMatchObject({ code: 'disk' })
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

function refusalOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

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
})

/** A file that says of itself what it is. */
const encoded = (marks: Marks) => encodeSafetensors({}, { ...marks })

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

  it('ends where a job cannot be read at the moment, as merging does', async () => {
    const { source, bring } = depots()
    symlinkSync(
      'file/in',
      join(await makePhase(source, idOf(1), { files: { file: '', 'events.jsonl': '' } }), 'job.json'),
    )
    await expect(verifyDepot(source)).rejects.toMatchObject({ code: 'ENOTDIR' })
    await expect(bring(idOf(1), false)).rejects.toMatchObject({ code: 'ENOTDIR' })
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
