import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findJob, jobName, phaseIdOf, readJob, writeJob } from '../../src/main/depot/phase-job.ts'
import { writeSealed } from '../../src/main/files/sealed-json.ts'
import { temporaryFolder } from '../host/support.ts'
import { definition, fakeDepot, jobOf } from './support.ts'

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
