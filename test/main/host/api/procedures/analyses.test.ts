import { analyses as registry } from '../../../../../src/readings/analyses/index.ts'
import { describe, expect, test } from 'vitest'
import { numericalRankResult } from '../../../../../src/readings/analyses/numerical-rank/schema.ts'
import type { HostEvent } from '../../../../../src/shared/phases/events.ts'
import { rank, short, untilAnalysis, untilParts } from '../../analyses/support.ts'
import { refusal, enrolled } from '../../support.ts'
import { transports } from '../transports.ts'

describe.each(transports)('analyses %s', (_, serve) => {
  async function trained() {
    const served = await serve({ stepsPerEpoch: 1 })
    const runs = await enrolled(served.client, short({ seeds: [1, 2] }))
    await served.host.idle()
    return { ...served, runs }
  }

  test('describe every kind and its parameters', async () => {
    const { client } = await serve()
    const kinds = await client.analyses.kinds()
    expect(kinds.map(({ kind, title, runs }) => [kind, title, runs])).toEqual(
      registry.names().map((kind) => [kind, registry.get(kind).info.title, registry.get(kind).info.runs]),
    )
    expect(kinds.find(({ kind }) => kind === 'loss-landscape')!.parameters).toMatchObject({
      properties: { points: { type: 'integer', minimum: 3, maximum: 101, default: 25 } },
      additionalProperties: false,
    })
    expect(kinds[0]!.parameters.properties).toMatchObject({ epoch: { default: null, anyOf: [{}, { type: 'null' }] } })
  })

  test('are listed once they were requested, shown as they progress, and kept', async () => {
    const { client, host, script, runs } = await trained()
    const unasked = await client.analyses.find({ ...rank, parameters: { samples: 50 } })
    expect(unasked.parameters).toMatchObject({ samples: 50, definition: 'covariance' })
    expect(unasked.answers).toEqual(
      runs.map(({ id, name, regime, series, seed }) => ({
        runs: [{ id, name, regime, series, seed }],
        analysis: null,
      })),
    )
    script({ stepsPerEpoch: 1, holdAtPart: 2 })
    const { analyses } = await client.analyses.ask({ ...rank, parameters: { samples: 50 } })
    const [first, second] = analyses
    expect(first).toMatchObject({ status: 'queued', done: 0, total: 0, runs: [{ name: 'toy-joint-s1' }] })
    await untilParts(client, first!.id, 2)
    const halfway = await client.analyses.show({ analysis: first!.id.slice(0, 12) })
    expect(halfway).toMatchObject({ whole: false, analysis: { status: 'running', done: 2, total: 4 } })
    expect(numericalRankResult.parse(halfway.result).blocks).toHaveLength(1)
    script({ stepsPerEpoch: 1 })
    await host.idle()
    const { answers } = await client.analyses.find({ ...rank, parameters: { samples: 50 } })
    expect(answers.map(({ analysis }) => [analysis!.id, analysis!.status])).toEqual([
      [first!.id, 'done'],
      [second!.id, 'done'],
    ])
    const whole = await client.analyses.show({ analysis: second!.id })
    expect(whole.whole).toBe(true)
    expect(registry.get('numerical-rank').result.parse(whole.result)).toEqual(whole.result)
    expect((await client.analyses.list()).map(({ id }) => id)).toEqual([second!.id, first!.id])
    expect((await client.analyses.list({ runs: ['toy-joint-s1'] })).map(({ id }) => id)).toEqual([first!.id])
    expect(await client.analyses.list({ kind: 'loss-landscape' })).toEqual([])
    expect((await client.system.info()).disk.analysisBytes).toBeGreaterThan(0)
  })

  test('are paused, resumed and deleted, and followers are notified', async () => {
    const { client, host, script } = await trained()
    script({ stepsPerEpoch: 1, holdAtPart: 1 })
    const heard: HostEvent[] = []
    const stream = await client.events.follow({})
    const following = (async () => {
      for await (const event of stream) {
        heard.push(event)
        if (event.type === 'analysis-deleted') return
      }
    })()
    const { analyses } = await client.analyses.ask({ kind: 'mode-connectivity', runs: ['toy'] })
    const { id } = analyses[0]!
    expect(analyses[0]!.runs.map(({ seed }) => seed)).toEqual([1, 2])
    await untilParts(client, id, 1)
    expect((await client.analyses.pause({ analyses: [id] })).analyses).toMatchObject([{ id, status: 'paused' }])
    script({ stepsPerEpoch: 1 })
    await client.analyses.resume({ analyses: [id] })
    await untilAnalysis(client, id, 'done')
    await host.idle()
    const told = () => heard.flatMap((event) => (event.type === 'analysis' ? [event.analysis] : []))
    await expect.poll(() => told().at(-1)).toMatchObject({ status: 'done', done: 4, total: 4 })
    expect(told().every((each) => each.id === id)).toBe(true)
    expect(await client.analyses.delete({ analyses: [id] })).toEqual({ analyses: [id] })
    await following
    expect(await client.analyses.list()).toEqual([])
  })

  test('refuse impossible requests, with a remedy', async () => {
    const { client } = await trained()
    const refused = async (call: Promise<unknown>) => {
      const { code, message } = await refusal(call)
      return [code, message]
    }
    expect(await refused(client.analyses.ask({ ...rank, runs: ['toy-jiont-s1'] }))).toEqual([
      'not-found',
      expect.stringContaining('“toy-joint-s1”'),
    ])
    expect(await refused(client.analyses.ask({ kind: 'mode-connectivity', runs: ['toy-joint-s1'] }))).toEqual([
      'usage',
      expect.stringContaining('needs two runs'),
    ])
    await expect(client.analyses.find({ ...rank, parameters: { sample: 50 } })).rejects.toMatchObject({
      data: {
        code: 'usage',
        problems: [{ path: ['parameters', 'sample'], message: expect.stringContaining('"samples"') as string }],
      },
    })
    expect((await refused(client.analyses.show({ analysis: 'abc' })))[0]).toBe('not-found')
    const { analyses } = await client.analyses.ask(rank)
    await untilAnalysis(client, analyses[1]!.id, 'done')
    expect(await refused(client.analyses.pause({ analyses: [analyses[0]!.id] }))).toEqual([
      'conflict',
      'Only analyses that are queued or running can be paused, but Numerical rank of toy-joint-s1 is done.',
    ])
  })
})
