import { describe, expect, test } from 'vitest'
import { experiment, refusal, untilStatus } from '../../support.ts'
import { transports } from '../transports.ts'

const asked = { split: 'test', samples: [4, 0], augmented: false } as const

describe.each(transports)('images %s', (_, serve) => {
  test('of an experiment that is being written and of a run, as PNG files with their classes', async () => {
    const { client, journal } = await serve()
    const of = { experiment: experiment({ regimes: ['joint'] }) }
    const { classes, samples } = await client.data.samples({ of, ...asked, samples: [4, 0] })
    expect(classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(samples.map(({ png: _, ...sample }) => sample)).toEqual([
      { sample: 4, index: 8, label: 4, mixedWith: null },
      { sample: 0, index: 0, label: 0, mixedWith: null },
    ])
    const signature = await samples[0]!.png!.slice(0, 4).text()
    expect([samples[0]!.png!.type, signature.slice(1)]).toEqual(['image/png', 'PNG'])

    const { runs } = await client.experiments.create(of.experiment)
    const ofRun = { of: { run: runs[0]!.id }, ...asked, samples: [4, 0] }
    expect((await client.data.samples(ofRun)).samples).toHaveLength(2)
    expect(journal().filter((line) => line === 'picture test')).toHaveLength(1)
    await client.data.samples({ ...ofRun, augmented: true })
    expect(journal().filter((line) => line === 'picture test')).toHaveLength(2)
  })

  test('are drawn while a training runs', async () => {
    const { client, script } = await serve({ holdAtStep: 2 })
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    await untilStatus(client, runs[0]!.id, 'running')
    const { samples } = await client.data.samples({ of: { run: runs[0]!.id }, ...asked, samples: [1] })
    expect(samples).toHaveLength(1)
    script({ holdAtStep: null })
    await untilStatus(client, runs[0]!.id, 'done')
  })

  test('are counted by class and split', async () => {
    const { client } = await serve()
    expect(await client.data.describe({ experiment: experiment() })).toEqual({
      kind: 'images',
      height: 28,
      width: 28,
      channels: 1,
      classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      classCounts: { train: Array(10).fill(9), validation: Array(10).fill(1), test: Array(10).fill(2) },
      available: { train: 60_000, test: 10_000 },
      testHeldBack: null,
    })
    const missing = { ...experiment(), folder: '/missing' }
    expect((await refusal(client.data.describe({ experiment: missing }))).code).toBe('data')
  })

  test('that the split does not have are refused', async () => {
    const { client } = await serve()
    const of = { experiment: experiment() }
    const { code, message } = await refusal(client.data.samples({ of, ...asked, samples: [3, 20] }))
    expect(code).toBe('usage')
    expect(message).toBe('There is no test sample 20: expected 0 to 19.')
    const many = Array.from({ length: 201 }, (_, sample) => sample)
    expect((await refusal(client.data.samples({ of, ...asked, samples: many }))).code).toBe('usage')
  })
})

test('images that have changed since a run was planned are refused', async () => {
  const { client, script } = await transports[0]![1]({ holdAtStep: 0 })
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  script({ imagesVersion: 'second', holdAtStep: 0 })
  const { code, message } = await refusal(client.data.samples({ of: { run: runs[0]!.id }, ...asked, samples: [0] }))
  expect([code, message]).toEqual(['data', expect.stringContaining('have changed since this run was planned')])
})
