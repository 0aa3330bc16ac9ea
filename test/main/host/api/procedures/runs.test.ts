import { describe, expect, test } from 'vitest'
import { askReading } from '../../../../../src/readings/ask.ts'
import type { HostClient } from '../../../../../src/contract/index.ts'
import type { HostEvent } from '../../../../../src/shared/phases/events.ts'
import type { ExitId } from '../../../../../src/shared/evaluation/exit-id.ts'
import { runSummary, type RunSummary } from '../../../../../src/shared/runs/runs.ts'
import { experiment, untilStatus } from '../../support.ts'
import { transports } from '../transports.ts'

async function trained(client: HostClient, changes: Parameters<typeof experiment>[0] = {}): Promise<RunSummary[]> {
  const { runs } = await client.experiments.create(experiment(changes))
  return Promise.all(runs.map(({ id }) => untilStatus(client, id, 'done')))
}

describe.each(transports)('runs %s', (_, serve) => {
  test('a snapshot has every run that is not deleted, and events after its cursor are the rest', async () => {
    const { client } = await serve()
    const [first, second] = await trained(client, { regimes: ['disjoint', 'joint'] })
    await client.runs.delete({ runs: [second!.id] })
    const { cursor, runs } = await client.runs.snapshot()
    const listed = JSON.parse(await runs.text()) as RunSummary[]
    expect(listed).toEqual(await client.runs.list({ runs: [first!.id] }))
    expect(runSummary.strict().parse(listed[0]).latest).toMatchObject({ epoch: 4, imagesPerSecond: 1000 })
    const stream = await client.events.follow({ after: cursor })
    await client.runs.restore({ runs: [second!.id] })
    const heard: HostEvent[] = []
    for await (const event of stream) {
      heard.push(event)
      break
    }
    expect(heard).toMatchObject([{ type: 'run', run: { id: second!.id, deleted: false } }])
  })

  test('summaries are found by id, of deleted runs too, and of none that was purged', async () => {
    const { client } = await serve()
    const [first, second] = await trained(client, { regimes: ['disjoint', 'joint'] })
    await client.runs.delete({ runs: [second!.id] })
    const found = await client.runs.summaries({ ids: [second!.id, 'gone', first!.id] })
    expect(found).toEqual([(await client.runs.list({}))[0], { ...second, deleted: true }])
  })

  test('the lineage of a run has the runs that share a phase with it, parents first, and the time saved', async () => {
    const { client } = await serve()
    await trained(client)
    const { phases, savedSeconds } = await client.runs.lineage({ run: 'toy-disjoint-s1' })
    expect(phases.map(({ name, runs }) => [name, runs.map((run) => run.regime)])).toEqual([
      ['backbone', ['disjoint', 'mixed']],
      ['heads', ['disjoint']],
      ['all exits', ['mixed']],
    ])
    expect(phases.map(({ parent }) => parent)).toEqual([null, phases[0]!.id, phases[0]!.id])
    // Two epochs of 0.1 s, needed twice and trained once.
    expect(savedSeconds).toBeCloseTo(0.2, 9)
    const alone = await client.runs.lineage({ run: 'toy-joint-s1' })
    expect(alone).toMatchObject({ phases: [{ status: 'done', epochs: 2, runs: [{ seed: 1 }] }], savedSeconds: 0 })
    await client.runs.delete({ runs: ['toy-mixed-s1'] })
    expect(await client.runs.lineage({ run: 'toy-disjoint-s1' })).toMatchObject({
      phases: [{ name: 'backbone' }, { name: 'heads' }],
      savedSeconds: 0,
    })
  })

  test('lists only the settings in which runs differ, in the order of the file', async () => {
    const { client } = await serve()
    const { training, data, network } = experiment().file
    await client.experiments.create(experiment({ regimes: ['disjoint'] }))
    const changed = {
      name: 'other',
      regimes: ['joint' as const],
      training: { ...training, learningRate: 0.01, schedule: { kind: 'constant' as const } },
      data: { ...data, mixing: { mixupAlpha: 1, cutmixAlpha: 0, switchProbability: 0, mode: 'elem', smoothing: 0 } },
      network: { ...network, exits: [0] },
    } as Parameters<typeof experiment>[0]
    await client.experiments.create(experiment(changed))
    const { settings, same, runs } = await askReading(client, {
      reading: 'settings',
      question: { runs: ['toy-disjoint-s1', 'other-joint-s1'] },
    })
    expect(runs).toHaveLength(2)
    expect(settings).toEqual(
      [
        { path: 'name', values: ['toy', 'other'] },
        { path: 'data.mixing.mixupAlpha', values: [null, 1] },
        { path: 'data.mixing.cutmixAlpha', values: [null, 0] },
        { path: 'data.mixing.switchProbability', values: [null, 0] },
        { path: 'data.mixing.mode', values: [null, 'elem'] },
        { path: 'data.mixing.smoothing', values: [null, 0] },
        { path: 'network.exits', values: [null, [0]] },
        { path: 'regime', values: ['disjoint', 'joint'] },
        { path: 'training.learningRate', values: [0.001, 0.01] },
        { path: 'training.schedule.kind', values: ['cosine-warm-restarts', 'constant'] },
        { path: 'training.schedule.cycleEpochs', values: [null, null] },
        { path: 'training.schedule.cycleFactor', values: [1, null] },
        { path: 'training.schedule.minimumLearningRate', values: [0, null] },
      ].filter(({ values }) => JSON.stringify(values[0]) !== JSON.stringify(values[1])),
    )
    expect(same).toBeGreaterThan(10)
    expect(await askReading(client, { reading: 'settings', question: { runs: ['toy'] } })).toMatchObject({
      settings: [],
    })
  })

  test('curves are pairs of epoch and value, the final exit through all phases', async () => {
    const { client } = await serve()
    const [disjoint, joint] = await trained(client, { regimes: ['disjoint', 'joint'] })
    const curves = async (over: object) => {
      const { series, values } = await client.runs.curves({ runs: [disjoint!.id, joint!.id], ...over })
      return { series, values: [...new Float32Array(await values.arrayBuffer())] }
    }
    const final = await curves({})
    expect(final.series).toEqual([
      { run: disjoint!.id, points: 4 },
      { run: joint!.id, points: 2 },
    ])
    expect(final.values.filter((_, index) => index % 2 === 0)).toEqual([1, 2, 3, 4, 1, 2])
    const expected = joint!.phases[0]!.id
    const { metrics } = await client.runs.epochs({ phase: expected })
    const of = (exit: ExitId) => metrics.filter((each) => each.exit === exit && each.split === 'validation')
    expect(final.values.slice(8).filter((_, index) => index % 2 === 1)).toEqual(
      of('final').map(({ values }) => Math.fround(values.accuracy!)),
    )
    // The backbone has no heads: exit 0 begins with the second phase.
    expect((await curves({ exit: 0 })).values.filter((_, index) => index % 2 === 0)).toEqual([3, 4, 1, 2])
    expect((await curves({ exit: 7 })).series.map(({ points }) => points)).toEqual([0, 0])
    expect((await curves({ metric: 'loss', split: 'train' })).values.slice(0, 4)).toEqual([1, 1, 2, 1])
  })

  test('gives the maximum remaining time of a run once the pace of all its phases is known', async () => {
    const { client } = await serve({ stepMilliseconds: 40 })
    const left = new Map<string, (number | null)[]>()
    const stream = await client.events.follow({})
    const following = (async () => {
      for await (const event of stream) {
        if (event.type !== 'progress') continue
        const { run, runSecondsLeftAtMost, phase } = event.progress
        left.set(`${run} ${phase}`, [...(left.get(`${run} ${phase}`) ?? []), runSecondsLeftAtMost])
      }
    })().catch(() => {})
    const runs = await trained(client, { regimes: ['disjoint'], seeds: [1, 2] })
    void following
    const [first, second] = runs.map(({ id, phases }) => phases.map((phase) => left.get(`${id} ${phase.id}`) ?? []))
    // Nobody has trained heads before.
    expect(new Set(first![0])).toEqual(new Set([null]))
    // At the last step of a phase nothing is left of it.
    expect(first![1]!.every((seconds) => seconds !== null && seconds >= 0)).toBe(true)
    // Two epochs of heads took 0.1 s each with the seed before.
    expect(second![0]!.every((seconds) => seconds !== null && seconds >= 0.2)).toBe(true)
    expect(second![0]![0]).toBeGreaterThan(0.2)
  })
})
