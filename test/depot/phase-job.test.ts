import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findJob, jobName, readJob } from '../../src/main/depot/phase-job.ts'
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
