import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { findJob, phaseIdOf, readJob, writeJob, jobName } from '../../../../src/main/execution/depot/phase-job.ts'
import { writeSealed } from '../../../../src/files/sealed-json.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'
import { jobOf, definition, fakeDepot } from './support.ts'

const { network } = definition()

test('the job of a phase whose head this version does not have is found, and refused where it would be trained', async () => {
  const { depot, add, train, folderOf } = fakeDepot()
  const job = jobOf({ network: { ...network, head: 'two-tower', towerDim: 8 } })
  const id = await add(job)
  expect(await findJob(depot, id)).toEqual(job)
  const refusal = { code: 'unknown-method', fields: { kind: 'head', name: 'two-tower' } }
  await expect(readJob(depot, id)).rejects.toMatchObject(refusal)
  await expect(train(id)).rejects.toMatchObject(refusal)
  writeFileSync(join(folderOf(id), jobName), JSON.stringify({ ...job, definition: { ...job.definition, seed: 2 } }))
  await expect(findJob(depot, id)).rejects.toMatchObject({ code: 'workspace-damaged' })
})

test('a phase that one experiment ends with stays to be evaluated where another one goes on from it', async () => {
  const { depot, add } = fakeDepot()
  const id = await add({ ...jobOf(), evaluate: true })
  await add({ ...jobOf(), evaluate: false, dominanceBatches: 3 })
  expect(await readJob(depot, id)).toMatchObject({ evaluate: true, dominanceBatches: 3 })
})

test('the job of a phase on texts is read with its tokenizer', async () => {
  const { depot, add } = fakeDepot()
  const job = { ...jobOf(), tokenizer: { file: '/t/tokenizer.json', cache: '/t/cache' } }
  expect(await readJob(depot, await add(job))).toEqual(job)
})

test('a job of before a setting existed is read with what was done then', async () => {
  const depot = temporaryFolder()
  const job = jobOf()
  const id = phaseIdOf(job.definition)
  await writeJob(depot, id, job)
  const { precision, ...training } = job.definition.training
  await writeSealed(join(depot, id, jobName), { ...job, definition: { ...job.definition, training } })
  expect(precision).toBe('float32')
  expect(await readJob(depot, id)).toEqual(job)
})

test.each([
  ['is a text', () => 'definition'],
  ['lacks its seed', ({ seed: _, ...others }: ReturnType<typeof definition>) => others],
])('a job whose definition %s is refused as damaged', async (_, changed) => {
  const depot = temporaryFolder()
  const id = phaseIdOf(definition())
  mkdirSync(join(depot, id))
  await writeSealed(join(depot, id, jobName), { ...jobOf(), definition: changed(definition()) })
  await expect(findJob(depot, id)).rejects.toMatchObject({
    code: 'workspace-damaged',
    message: `${join(depot, id, jobName)} is damaged, or from a newer Exitlab. Queue the experiment again, which writes it anew.`,
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
