import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDefinedError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { askReading } from '../../../../src/readings/ask.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { HostEvent } from '../../../../src/shared/phases/events.ts'
import { runSummary } from '../../../../src/shared/runs/runs.ts'
import { dataFolder, experiment, refusal, temporaryFolder, until, untilStatus } from '../support.ts'
import { transports } from './transports.ts'
import { compare, curvesOf } from '../../../support/ask.ts'

async function trained(client: HostClient, changes: Parameters<typeof experiment>[0] = {}) {
  const { runs, id } = await client.experiments.create(experiment(changes))
  for (const run of runs) await untilStatus(client, run.id, 'done')
  return { id, runs: await client.runs.list({ runs: runs.map((run) => run.id) }) }
}

describe.each(transports)('the contract %s', (_, serve) => {
  test('plans an experiment without writing to the store', async () => {
    const { client, journal } = await serve()
    const plan = await client.experiments.plan(experiment({ seeds: [1, 2] }))
    expect(plan).toMatchObject({ runs: 6, phases: 8, phasesDone: 0 })
    expect(plan.exits.map(({ block }) => block)).toEqual([1, null])
    expect(plan.exits.at(-1)!.fraction).toBeGreaterThan(1)
    // 8 phases × (1 s to start + 2 epochs × (3 steps + a third of 10/30 batches) × 0.5 s)
    expect(plan.estimatedSeconds).toBeCloseTo(8 * (1 + 2 * (3 + 1 / 9) * 0.5), 9)
    expect(plan.caveats[0]).toContain('Only 10 validation images')
    expect(await client.runs.list({})).toEqual([])
    expect(journal()).toEqual([])
  })

  test('plans only what is not trained yet, and estimates no time if not requested', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['disjoint'] })
    const plan = await client.experiments.plan({ ...experiment({ regimes: ['disjoint', 'mixed'] }), calibrate: false })
    expect(plan).toMatchObject({ phases: 3, phasesDone: 2, estimatedSeconds: null })
  })

  test('lists experiments and runs, and finds runs by id, beginning of an id, name and experiment', async () => {
    const { client } = await serve()
    const { id, runs } = await trained(client)
    expect(await client.experiments.list()).toMatchObject([{ id, name: 'toy', runs: 3, done: 3, seeds: [1] }])
    for (const run of runs) expect(runSummary.strict().parse(run)).toEqual(run)
    const [first] = runs
    const found = async (reference: string) => (await client.runs.list({ runs: [reference] })).map((run) => run.id)
    expect(await found(first!.id)).toEqual([first!.id])
    expect(await found(first!.id.slice(0, 11))).toEqual([first!.id])
    expect(await found('toy-disjoint-s1')).toEqual([first!.id])
    expect(await found('toy')).toEqual(runs.map((run) => run.id))
    expect(await found(id)).toEqual(runs.map((run) => run.id))
    expect(await client.runs.list({ runs: [first!.id, 'toy'] })).toHaveLength(3)
  })

  test('lists the settings of experiments, with those that the file leaves to the network', async () => {
    const { client } = await serve()
    const { id } = await trained(client)
    const settings = await client.experiments.settings({ experiments: [id, 'gone'] })
    expect(Object.keys(settings)).toEqual([id])
    const { common, series } = settings[id]!
    expect(series).toEqual({})
    expect(common).toMatchObject({
      'data.source': 'mnist',
      'training.batchSize': 30,
      'training.learningRate': 0.001,
      'network.widths': [4, 4, 4],
      'network.exits': [1],
      'network.block': 'basic',
    })
    expect(common).not.toHaveProperty(['data.mixing.mode'])
  })

  test('shows a run with its phases, metrics and log, paths absolute', async () => {
    const { client, workspace } = await serve()
    const { runs } = await trained(client, { regimes: ['disjoint', 'mixed'] })
    const run = await client.runs.show({ run: 'toy-mixed-s1' })
    expect(run.phases.map(({ name, status, parent, runs }) => [name, status, parent, runs.length])).toEqual([
      ['backbone', 'done', null, 2],
      ['all exits', 'done', run.phases[0]!.id, 1],
    ])
    expect(run.phases[1]).toMatchObject({ epochs: 2, maxEpochs: 2, ended: 'epoch-cap', keptEpoch: 2, error: null })
    expect(run.phases[1]!.seconds).toBeCloseTo(0.2, 9)
    expect(existsSync(run.phases[1]!.checkpoint!.file)).toBe(true)
    expect(run.evaluation!.file.startsWith(workspace)).toBe(true)
    expect(run.dataPath).toBe(join(dataFolder, 'images'))
    const { records, metrics } = await client.runs.epochs({ phase: run.phases[1]!.id, after: 1 })
    expect(records.map(({ epoch }) => epoch)).toEqual([2])
    expect(metrics).toHaveLength(4)
    const dominance = await client.runs.dominance({ phase: run.phases[1]!.id })
    expect(dominance.map(({ epoch, batches, exits }) => [epoch, batches, exits.length])).toEqual([
      [1, 1, 2],
      [2, 1, 2],
    ])
    expect(await client.runs.dominance({ phase: run.phases[1]!.id, after: 1 })).toEqual([dominance[1]])
    expect(await client.runs.dominance({ phase: run.phases[0]!.id })).toEqual([])
    const log = await client.runs.log({ run: run.id })
    expect(log[0]!.message).toMatch(/^Phase “backbone” begins, with \d+ threads?\.$/)
    expect(await client.runs.log({ run: run.id, after: log[0]!.id, limit: 1 })).toEqual([log[1]])
    expect(await client.runs.log({ run: run.id, from: 'end', limit: 2 })).toEqual(log.slice(-2))
    const [sample, ...later] = await client.runs.samples({ phase: run.phases[1]!.id })
    expect(sample).toMatchObject({ epoch: 1, imagesPerSecond: expect.any(Number) as number })
    expect(sample!.residentBytes).toBeGreaterThan(0)
    expect(await client.runs.samples({ phase: run.phases[1]!.id, after: sample!.at })).toEqual(later)
    expect(await client.evaluations.show({ run: run.id })).toMatchObject({
      file: run.evaluation!.file,
      sha256: run.evaluation!.sha256,
      ...run.evaluation!.metrics,
      test: { accuracy: runs[1]!.scores!.test },
    })
  })

  test('compares runs by regime and budget, draws curves and writes tables', async () => {
    const { client } = await serve()
    await trained(client, { seeds: [1, 2] })
    const comparison = await compare(client, { budgets: [0.5, null], protocol: 'paper' })
    expect(comparison).toMatchObject({ protocol: 'paper', rule: 'confidence', budgets: [0.5, null] })
    expect(comparison.rows.map(({ regime, seeds }) => [regime, seeds])).toEqual([
      ['disjoint', [1, 2]],
      ['joint', [1, 2]],
      ['mixed', [1, 2]],
    ])
    const unlimited = comparison.rows[1]!.cells[1]!
    const tests = (await client.runs.list({ runs: ['toy-joint-s1', 'toy-joint-s2'] })).map((run) =>
      run.scores!.test!.at(-1)!,
    )
    expect(unlimited.mean).toBeCloseTo(50 * (tests[0]! + tests[1]!), 9)
    const curves = await curvesOf(client, { runs: ['toy'] })
    expect(curves.series.map(({ regime, seedCount }) => [regime, seedCount])).toEqual(
      comparison.rows.map(({ regime, seeds }) => [regime, seeds.length]),
    )
    expect(curves).toMatchObject({ backboneCost: comparison.rows[0]!.backboneCost, budgets: [0.25, 0.5, 0.75, 1] })
    const joint = curves.series[1]!
    expect(joint.curve.at(-1)!.mean).toBeCloseTo(50 * (tests[0]! + tests[1]!), 9)
    expect(joint.exits.at(-1)!.mean).toBeCloseTo(50 * (tests[0]! + tests[1]!), 9)
    const [backbone] = curves.backbones
    expect(backbone!.mean).toBeCloseTo(curves.series[0]!.exits.at(-1)!.mean, 9)
    expect((await curvesOf(client, { budgets: [0.3, null] })).budgets).toEqual([0.3])
    const table = await client.exports.table({ table: { reading: 'budgets', question: {} }, format: 'latex' })
    expect(table.name).toBe('toy-budgets.tex')
    expect(await table.bytes.text()).toContain('\\toprule')
    const figure = await client.exports.figure({
      figure: { reading: 'curve', question: { runs: ['toy'] } },
      format: 'png',
    })
    expect(figure.name).toBe('toy-cost-curve.png')
    expect([...new Uint8Array(await figure.bytes.slice(1, 4).arrayBuffer())]).toEqual([...Buffer.from('PNG')])
  })

  test('distinguishes two experiments of one name, and takes the name for the newest', async () => {
    const { client } = await serve()
    const one = await trained(client, { regimes: ['joint'] })
    const other = await trained(client, { regimes: ['joint'], seeds: [2] })
    expect(await client.runs.list({ runs: ['toy'] })).toEqual(other.runs)
    const { rows } = await compare(client, {})
    expect(rows.map(({ experiment }) => experiment).toSorted()).toEqual(
      [`toy (${one.id.slice(0, 6)})`, `toy (${other.id.slice(0, 6)})`].toSorted(),
    )
  })

  test('an exported run is whole and verified, and only an empty folder is written to', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    const note = 'tried [ 1,  2 ]'
    await client.runs.note({ run: 'toy-joint-s1', note })
    const folder = join(temporaryFolder(), 'made', 'by export')
    const { files } = await client.exports.run({ run: 'toy-joint-s1', folder })
    expect(files.toSorted()).toEqual(
      [
        ...['README.md', 'costs.json', 'evaluation.safetensors', 'model.safetensors', 'network.json'],
        ...['predictions.csv', 'prepare_images.py', 'run.json'],
      ].toSorted(),
    )
    const { code, message } = await refusal(client.exports.run({ run: 'toy-joint-s1', folder }))
    expect([code, message]).toEqual(['conflict', expect.stringContaining('is not empty')])
    const run = await client.runs.show({ run: 'toy-joint-s1' })
    expect(readFileSync(join(folder, 'model.safetensors'))).toEqual(readFileSync(run.phases[0]!.checkpoint!.file))
    expect(JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8'))).toEqual(run.network)
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      note,
      objective: { weighting: 'uniform' },
    })
    expect((await refusal(client.exports.run({ run: 'toy-joint-s1', folder: 'relative' }))).code).toBe('usage')
  })

  test('names a folder that cannot be read when a run is exported to it', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    const folder = join(temporaryFolder(), 'x'.repeat(300))
    const { code, message } = await refusal(client.exports.run({ run: 'toy-joint-s1', folder }))
    expect([code, message]).toEqual(['disk', expect.stringContaining(`${folder} is longer than its file system takes`)])
  })

  test('tags and notes are kept', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    await client.runs.tag({ runs: ['toy'], add: ['good', 'bad'] })
    const { runs } = await client.runs.tag({ runs: ['toy'], remove: ['bad'] })
    expect(runs[0]!.tags).toEqual(['good'])
    await client.runs.note({ run: 'toy-joint-s1', note: 'a note\nof two lines' })
    expect((await client.runs.list({}))[0]!.note).toBe('a note\nof two lines')
  })

  test('a deleted run is restored as it was, or purged with what no other run needs', async () => {
    const { client } = await serve()
    const { runs } = await trained(client, { regimes: ['disjoint', 'mixed'] })
    const [disjoint, mixed] = [
      await client.runs.show({ run: runs[0]!.id }),
      await client.runs.show({ run: runs[1]!.id }),
    ]
    await client.runs.delete({ runs: [disjoint.id] })
    expect((await client.runs.list({})).map(({ id }) => id)).toEqual([mixed.id])
    expect((await refusal(client.runs.pause({ runs: [disjoint.name] }))).code).toBe('not-found')
    expect((await client.runs.list({ deleted: true })).map(({ id }) => id)).toEqual([disjoint.id])
    await client.runs.restore({ runs: [disjoint.name] })
    expect((await client.runs.list({}))[0]).toEqual(runs[0])

    await client.runs.delete({ runs: [disjoint.id] })
    const purged = await client.runs.purge({ runs: [disjoint.id] })
    expect(purged.runs).toEqual([disjoint.id])
    expect(purged.freedBytes).toBeGreaterThan(0)
    expect(existsSync(disjoint.phases[0]!.checkpoint!.file)).toBe(true)
    expect(existsSync(disjoint.phases[1]!.checkpoint!.file)).toBe(false)
    expect(existsSync(disjoint.evaluation!.file)).toBe(false)
    expect((await refusal(client.runs.show({ run: disjoint.id }))).code).toBe('not-found')

    await client.runs.delete({ runs: [mixed.id] })
    await client.runs.purge({ runs: [mixed.id] })
    expect(existsSync(mixed.phases[0]!.checkpoint!.file)).toBe(false)
    expect(await client.experiments.list()).toEqual([])
  })

  test('a deleted run is not trained further, and continues when restored', async () => {
    const { client, script, host } = await serve({ holdAtStep: 1 })
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    await untilStatus(client, runs[0]!.id, 'running')
    await client.runs.delete({ runs: ['toy'] })
    await host.idle()
    expect((await client.runs.list({ deleted: true }))[0]!.status).toBe('queued')
    script({})
    await client.runs.restore({ runs: ['toy'] })
    await untilStatus(client, runs[0]!.id, 'done')
  })

  test('an experiment that is run again brings its deleted runs back and queues its purged ones anew', async () => {
    const { client } = await serve()
    const { runs } = await trained(client, { regimes: ['disjoint', 'joint'] })
    await client.runs.delete({ runs: ['toy'] })
    await client.runs.purge({ runs: [runs[0]!.id] })
    const again = await trained(client, { regimes: ['disjoint', 'joint'] })
    expect(again.runs.map(({ id, deleted }) => [id, deleted]).toSorted()).toEqual(
      runs.map(({ id }) => [id, false]).toSorted(),
    )
  })

  test('refusals keep their code and message', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    const unknown = await client.runs.show({ run: 'toy-jiont-s1' }).catch((error: unknown) => error)
    expect(isDefinedError(unknown as Error)).toBe(true)
    expect(unknown).toMatchObject({
      code: 'EXITLAB',
      data: { code: 'not-found' },
      message: expect.stringContaining('“toy-joint-s1”'),
    })
    expect(await refusal(client.runs.pause({ runs: ['toy'] }))).toEqual({
      code: 'conflict',
      message: 'Only runs that are queued or running can be paused, but toy-joint-s1 is done.',
    })
    expect(await refusal(client.runs.epochs({ phase: 'none' }))).toMatchObject({ code: 'not-found' })
    expect(await refusal(client.runs.dominance({ phase: 'none' }))).toMatchObject({ code: 'not-found' })
    expect(await refusal(client.runs.samples({ phase: 'none' }))).toMatchObject({ code: 'not-found' })
    expect(await refusal(compare(client, { rule: 'courage' }))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('Expected one of confidence, entropy, patience'),
    })
    const data = { ...experiment().file.data, path: 'missing' }
    expect(await refusal(client.experiments.create(experiment({ data })))).toEqual({
      code: 'data',
      message: `${join(dataFolder, 'missing')}: there are no images`,
    })
    expect(
      await refusal(
        client.experiments.create(experiment({ network: { family: 'resnet', blockCounts: [1], head: 'pooled' } })),
      ),
    ).toMatchObject({
      code: 'invalid-experiment',
      message: expect.stringContaining('network.blockCounts'),
    })
  })

  test('a text is read as an experiment, or refused with each problem and its line', async () => {
    const { client } = await serve()
    const source = 'name: toy\ndata: { source: mnist }\nnetwork: { family: vit }\nregimes: [joint]\n'
    const file = await client.experiments.parse({ source })
    expect(file).toMatchObject({ name: 'toy', regimes: ['joint'], seeds: [1] })
    await expect(client.experiments.parse({ source: source.replace('joint', 'jont') })).rejects.toMatchObject({
      message: expect.stringContaining('the experiment:4:11: regimes[0]') as string,
      data: { code: 'invalid-experiment', problems: [{ path: ['regimes', 0], line: 4, column: 11 }] },
    })
  })

  test('an experiment that contradicts itself is refused with every place of it, to plan and to create', async () => {
    const { client } = await serve()
    const wrong = { ...experiment({ seeds: [1, 1] }), source: 'name: toy\nseeds: [1, 1]\n' }
    for (const call of [client.experiments.plan, client.experiments.create]) {
      const error = await call(wrong).catch((refused: unknown) => refused)
      expect(isDefinedError(error as Error)).toBe(true)
      expect((error as { data: unknown }).data).toEqual({
        code: 'invalid-experiment',
        problems: [
          { path: ['seeds', 1], message: 'seed 1 is item 0 already; expected each seed once', line: 2, column: 12 },
        ],
      })
    }
    const exits = { ...experiment().file.network, exits: [9] } as ReturnType<typeof experiment>['file']['network']
    await expect(client.experiments.create(experiment({ network: exits }))).rejects.toMatchObject({
      data: { problems: [{ path: ['network', 'exits'], message: expect.stringContaining('9') as string }] },
    })
    expect(await client.runs.list({})).toEqual([])
  })

  test('a request that does not fit the contract is answered with what is wrong with it', async () => {
    const { client } = await serve()
    const { code, message } = await refusal(client.runs.list({ runs: [''], deleted: 'no' as unknown as boolean }))
    expect(code).toBe('usage')
    expect(message).toMatch(
      /^This request is not valid: runs\[0\]: expected text that is not empty; got ""; deleted: expected true or false; got "no"$/,
    )
    await expect(client.runs.list({ runs: ['a', ''] })).rejects.toMatchObject({
      data: { problems: [{ path: ['runs', 1], message: expect.any(String) as string }] },
    })
    await expect(
      askReading(client, { reading: 'what-if', question: { runs: ['a'], thresholds: [0.5, NaN] } }),
    ).rejects.toMatchObject({
      data: {
        problems: [{ path: ['thresholds', 1], message: expect.stringContaining('expected a number') as string }],
      },
    })
    const both = { run: 'a', experiment: experiment() }
    const images = client.data.samples({ of: both, split: 'test', samples: [0] })
    expect((await refusal(images)).message).toContain('of: expected either a run or an experiment')
  })

  test('followers receive all events in order, and miss nothing after a cursor', async () => {
    const { client, host } = await serve({ stepMilliseconds: 60 })
    const stream = await client.events.follow({})
    const heard: HostEvent[] = []
    const following = (async () => {
      for await (const event of stream) {
        heard.push(event)
        if (event.type === 'run' && event.run.status === 'done') return
      }
    })()
    await client.experiments.create(experiment({ regimes: ['joint'] }))
    await following
    await host.idle()
    const statuses = heard.flatMap((event) => (event.type === 'run' ? [event.run.status] : []))
    expect([...new Set(statuses)]).toEqual(['queued', 'running', 'done'])
    expect(heard.filter(({ type }) => type === 'epoch')).toHaveLength(2)
    expect(heard.filter(({ type }) => type === 'progress').length).toBeGreaterThan(0)
    const middle = heard.findIndex(({ type }) => type === 'epoch')
    const again: HostEvent[] = []
    for await (const event of await client.events.follow({ after: heard[middle]!.cursor })) {
      again.push(event)
      if (event.cursor === heard.at(-1)!.cursor) break
    }
    const lasting = (events: HostEvent[]) => events.filter(({ type }) => type !== 'progress')
    expect(lasting(again)).toEqual(lasting(heard.slice(middle + 1)))
  })

  test('a follower with a cursor of another host is told to read everything anew', async () => {
    const { client } = await serve()
    for await (const event of await client.events.follow({ after: 'elsewhere.12' })) {
      expect(event.type).toBe('reset')
      break
    }
  })

  test('reports the machine it runs on', async () => {
    const { client, workspace } = await serve()
    expect(await client.system.info()).toMatchObject({
      workspace,
      host: { pid: process.pid, parallel: 1, device: 'cpu' },
      device: null,
    })
    await trained(client, { regimes: ['joint'] })
    const { device, disk } = await client.system.info()
    expect(device).toEqual({ kind: 'cpu', name: 'fake', tensorflowVersion: '0.0.0', threads: 1 })
    expect(disk.checkpointBytes).toBeGreaterThan(0)
    expect(disk.freeBytes).toBeGreaterThan(0)
  })

  test('a damaged evaluation is refused by name, and retry computes it again', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    const { file, sha256 } = await client.evaluations.show({ run: 'toy-joint-s1' })
    writeFileSync(file, 'damaged')
    const { code, message, runs: damaged, command } = await refusal(compare(client, {}))
    expect(code).toBe('checkpoint-damaged')
    expect(message).toContain(file)
    expect(command).toEqual(['retry', ...damaged!])
    const { runs } = await client.runs.retry({ runs: ['toy'] })
    await untilStatus(client, runs[0]!.id, 'done')
    expect((await client.evaluations.show({ run: runs[0]!.id })).sha256).toBe(sha256)
    expect((await compare(client, {})).rows).toHaveLength(1)
  })

  test('several calls at once are all answered', async () => {
    const { client } = await serve()
    await trained(client, { regimes: ['joint'] })
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.runs.list({})))
    expect(answers.every(([run]) => run!.name === 'toy-joint-s1')).toBe(true)
    await until(async () => (await client.system.info()).host !== null)
  })
})
