import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { phaseIds } from '../../../../src/main/execution/depot/depot.ts'
import { parentOf } from '../../../../src/contract/experiment/phase-definition.ts'
import { readJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { fakeDepot } from '../../execution/depot/support.ts'
import { bench, experiment, temporaryFolder } from '../support.ts'

test('the rungs of a search are phases of a depot where others train', async () => {
  const depot = join(temporaryFolder(), 'depot')
  const others = fakeDepot({}, depot)
  const { client } = await bench().open({ executor: 'external', depot, pollMilliseconds: 5 })
  const { file, folder } = experiment({ regimes: ['joint', 'mixed'], seeds: [1] })
  const training = { ...file.training, epochs: 3 }
  const asked = { file: { ...file, training }, folder, budget: 1.2, hours: 1 }
  const { search } = await client.searches.start(asked)
  const trained = new Set<string>()
  for (;;) {
    const { status } = await client.searches.show({ search })
    expect(status).not.toBe('failed')
    if (status === 'done') break
    for (const id of await phaseIds(depot).catch(() => [])) {
      const job = trained.has(id) ? null : await readJob(depot, id).catch(() => null)
      const parent = job && parentOf(job.definition)
      if (job === null || (parent !== null && !trained.has(parent))) continue
      await others.train(id)
      trained.add(id)
    }
    await setTimeout(10)
  }
  const { ladder, winner } = await client.searches.show({ search })
  expect(ladder.map(({ state, epochs }) => [state, epochs])).toEqual([
    ['done', 1],
    ['done', 3],
  ])
  expect(winner).not.toBeNull()
  // Joint is a phase, mixed two; of the last rung those of who went on.
  expect(trained.size).toBeGreaterThan(3)
})
