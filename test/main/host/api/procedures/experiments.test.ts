import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'
import { experiment, refusal, untilStatus } from '../../support.ts'
import { transports } from '../transports.ts'

/** 4 and 4 channels of 3 × 3 at full size, one block a stage. */
const small = { file: experiment().file }

describe.each(transports)('experiments %s', (_, serve) => {
  test('a plan reports what sharing saves, what takes disk space and which runs exist', async () => {
    const { client } = await serve()
    const first = await client.experiments.plan(experiment({ seeds: [1, 2] }))
    // Disjoint and mixed have two phases each, joint one; one is shared, for each of two seeds.
    expect(first).toMatchObject({ phases: 8, phasesUnshared: 10 })
    expect(first.savedSeconds).toBeCloseTo(2 * (1 + 2 * (3 + 1 / 9) * 0.5), 9)
    expect(first).toMatchObject({ runs: 6, matrix: { seeds: [1, 2] } })
    expect(first.matrix.rows.map(({ statuses }) => statuses)).toEqual(Array(3).fill([null, null]))
    const { runs } = await client.experiments.create(experiment({ seeds: [1] }))
    for (const { id } of runs) await untilStatus(client, id, 'done')
    const again = await client.experiments.plan({ ...experiment({ seeds: [1] }), calibrate: false })
    expect(again).toMatchObject({ estimatedSeconds: null, savedSeconds: null, phasesDone: 4 })
    expect(again.matrix).toEqual({
      seeds: [1],
      rows: ['disjoint', 'mixed', 'joint'].map((regime) => ({ regime, series: regime, statuses: ['done'] })),
    })
  })

  test('a plan counts the weights of all phases and the snapshots of the largest', async () => {
    const { client } = await serve()
    const { checkpointBytes } = await client.experiments.plan({
      ...experiment({ regimes: ['joint'] }),
      calibrate: false,
    })
    const { ledger } = await client.experiments.network(small)
    const parameters = ledger.reduce((sum, entry) => sum + (entry.parameters ?? 0), 0)
    const norms = ledger.filter(({ operation }) => operation === 'batch-norm')
    // A batch norm has two parameters and two running statistics a channel.
    const buffers = norms.reduce((sum, entry) => sum + entry.parameters!, 0)
    const [model, moments] = [parameters + buffers, 2 * parameters]
    expect(checkpointBytes).toBe(4 * (model + 4 * (model + moments)))
  })

  test('every example is a preset that can be read, the quick start first, but for those that are started elsewhere', async () => {
    const { client } = await serve()
    const presets = await client.experiments.presets()
    const folder = new URL('../../../../../examples', import.meta.url)
    // Those at desk scale are started on the page of the paper; one starts from a file that its reader makes.
    const isElsewhere = (name: string) => name.startsWith('paper/desk') || name === 'efficientnet-openclipart.yaml'
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
      (name) => name.endsWith('.yaml') && !isElsewhere(name),
    )
    expect(presets.map(({ name }) => `${name}.yaml`).sort()).toEqual(files.sort())
    expect(presets[0]!.name).toBe('quickstart')
    for (const { source, title, sentence } of presets) {
      expect(parseExperiment(source, title).regimes).toContain('mixed')
      expect(title.length * sentence.length).toBeGreaterThan(0)
    }
  })

  test('regimes come with the phases that an experiment file would have', async () => {
    const { client } = await serve()
    const regimes = await client.experiments.regimes()
    expect(regimes.find(({ name }) => name === 'mixed')).toMatchObject({
      sentence: expect.stringMatching(/^Trains the backbone alone/) as string,
      phases: [{ trains: 'backbone' }, { trains: 'all' }],
    })
    expect(regimes.map(({ name }) => name)).toContain('backbone')
  })

  test('the schema of experiment files has meanings and defaults', async () => {
    const { client } = await serve()
    expect(await client.experiments.schema()).toMatchObject({
      type: 'object',
      required: ['name', 'data', 'network', 'regimes'],
      properties: { training: { properties: { batchSize: { type: 'integer', default: 128 } } } },
    })
  })

  test('draws the network of an experiment whose images are not there, and of a run', async () => {
    const { client } = await serve()
    const drawn = await client.experiments.network({ ...experiment(), folder: '/missing' })
    expect(drawn).toMatchObject({ title: 'ResNet · 1 + 1 + 1 basic blocks', head: 'Pooled', input: '28 × 28 × 1' })
    expect(drawn.nodes.map(({ label, exit }) => [label, exit])).toEqual([
      ['stem', null],
      ['block 0', null],
      ['block 1', 0],
      ['block 2', null],
      ['classifier', 1],
    ])
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    const ofRun = await client.experiments.network({ run: runs[0]!.id })
    expect(ofRun.input).toBe('28 × 28 × 1')
    expect(ofRun.backboneMacs).toBe((await client.runs.show({ run: runs[0]!.id })).costs.backboneMacs)
  })

  test('refuses to draw what does not fit, naming the key', async () => {
    const { client } = await serve()
    const { network } = small.file
    const wrong = { ...small.file, network: { ...network, exits: [9] } as typeof network }
    await expect(client.experiments.network({ file: wrong })).rejects.toMatchObject({
      data: { code: 'invalid-experiment', problems: [{ path: ['network', 'exits'] }] },
    })
    const folders = { ...small.file, data: { ...small.file.data, source: 'image-folder' as const, path: 'missing' } }
    expect((await refusal(client.experiments.network({ file: folders }))).code).toBe('data')
  })
})
