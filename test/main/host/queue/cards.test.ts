import { describe, expect, it } from 'vitest'
import { fakeDriver } from '../../../support/fake-driver.ts'
import { bench, experiment, until, untilStatus } from '../support.ts'

const cards = {
  a100: '0, GPU-1a2b, 40960, 550.54.14, 8.0, NVIDIA A100-SXM4-40GB',
  t4: '1, GPU-3c4d, 15360, 550.54.14, 7.5, Tesla T4',
}
const both = Object.values(cards)
const cardsIn = (journal: readonly string[]) => journal.filter((line) => line.startsWith('on ')).toSorted()

describe.skipIf(process.platform === 'win32')('training on cards', () => {
  it('distributes simultaneous runs over them', async () => {
    const { open, journal } = bench({ holdAtStep: 1 })
    const { client } = await open({ device: 'cuda', parallel: 2, environment: fakeDriver(both) })
    await client.experiments.create(experiment({ regimes: ['joint'], seeds: [1, 2] }))
    await until(() => journal().filter((line) => line.startsWith('train ')).length === 2)
    expect(cardsIn(journal())).toEqual(['on GPU-1a2b', 'on GPU-3c4d'])
  })

  it('uses only the one that was chosen', async () => {
    const { open, journal } = bench({ holdAtStep: 1 })
    const { client } = await open({ device: 'cuda:1', parallel: 2, environment: fakeDriver(both) })
    await client.experiments.create(experiment({ regimes: ['joint'], seeds: [1, 2] }))
    await until(() => journal().filter((line) => line.startsWith('train ')).length === 2)
    expect(cardsIn(journal())).toEqual(['on GPU-3c4d', 'on GPU-3c4d'])
    expect(await client.system.info()).toMatchObject({
      host: { device: 'cuda:1' },
      device: { kind: 'gpu', name: 'Tesla T4' },
    })
  })

  it('resumes a phase on a card like the one that it began on', async () => {
    const { open, journal, script } = bench({ holdAtStep: 3 })
    const first = await open({ device: 'cuda:1', environment: fakeDriver(both) })
    const { runs } = await first.client.experiments.create(experiment({ regimes: ['joint'] }))
    const { id } = runs[0]!
    await until(async () => (await first.client.runs.show({ run: id })).phases[0]!.epochs === 1)
    await first.client.runs.pause({ runs: [id] })
    await first.close()
    script({})
    const { client } = await open({ device: 'cuda', environment: fakeDriver(both) })
    await client.runs.resume({ runs: [id] })
    await untilStatus(client, id, 'done')
    expect(new Set(cardsIn(journal()))).toEqual(new Set(['on GPU-3c4d']))
  })

  it('computes with fast algorithms where the experiment says so, and evaluates with deterministic ones', async () => {
    const { open, journal } = bench()
    const { client } = await open({ device: 'cuda', environment: fakeDriver([cards.a100]) })
    const { file, folder } = experiment({ regimes: ['joint'] })
    const training = { ...file.training, algorithms: 'fast' as const }
    const { runs } = await client.experiments.create({ file: { ...file, training }, folder })
    await untilStatus(client, runs[0]!.id, 'done')
    const told = journal().filter((line) => /^(on|train|evaluate)/.test(line))
    expect(told).toEqual(['on GPU-1a2b, fast', 'train all exits', 'trained all exits', 'on GPU-1a2b', 'evaluate'])
  })

  it('continues on the processor once that is set', async () => {
    const { open, journal } = bench()
    const { client } = await open({ device: 'cuda', environment: fakeDriver([cards.t4]) })
    await client.system.configure({ device: 'cpu' })
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    await untilStatus(client, runs[0]!.id, 'done')
    expect(cardsIn(journal())).toEqual([])
    expect((await client.system.info()).device).toMatchObject({ kind: 'cpu' })
  })

  it('the plan reports that phases come from other cards than those that will train', async () => {
    const { open } = bench()
    const environment = fakeDriver(both)
    const { client } = await open({ device: 'cuda:1', environment })
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    await untilStatus(client, runs[0]!.id, 'done')
    await client.system.configure({ device: 'cuda:0' })
    const { caveats } = await client.experiments.plan({
      ...experiment({ regimes: ['joint'], seeds: [1, 2] }),
      calibrate: false,
    })
    expect(caveats).toContainEqual(
      expect.stringContaining(
        'Different processors: Tesla T4 (1 phase), NVIDIA A100-SXM4-40GB (those that are trained now)',
      ),
    )
  })
})
