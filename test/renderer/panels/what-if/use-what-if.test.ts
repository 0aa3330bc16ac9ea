// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, ref, shallowRef } from 'vue'
import type { EffectScope } from 'vue'
import type { QuestionOf } from '../../../../src/readings/index.ts'
import type { BudgetsAnswer } from '../../../../src/readings/budgets/schema.ts'
import { useWhatIf, whatIfMarker, newestOnly } from '../../../../src/renderer/panels/what-if/use-what-if.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import type { FakeHost } from '../../support/fake-host.ts'
import { aQuery } from '../../composables/compare/a-query.ts'

type WhatIfQuestion = QuestionOf<'what-if'>
const asked: WhatIfQuestion[] = []
const answer = { value: { mean: 80, std: null }, cost: { mean: 50, std: null }, backboneCost: 100 }
const rule = (name: string, high: number, step: number) => ({
  name,
  title: name,
  sentence: '',
  paper: '',
  parameters: [],
  thresholds: { low: 0, high, step },
})

let host: FakeHost

const row = (regime: 'joint' | 'mixed' | 'separate'): BudgetsAnswer['rows'][number] => ({
  experiment: 'a',
  regime,
  series: regime,
  look: null,
  seeds: [1, 2],
  runs: [`${regime}-1`, `${regime}-2`],
  backboneCost: 100,
  seedCells: [],
  cells: [],
})

let scope: EffectScope
beforeEach(() => {
  asked.length = 0
  host = provideFakeHost({
    evaluations: {
      rules: async ({ exits }) => [rule('confidence', 1, 1 / 99), rule('patience', exits - 1, 1)],
    },
    readings: { ask: async ({ question }) => (asked.push(question as WhatIfQuestion), answer) },
  })
  scope = effectScope()
})
afterEach(() => scope.stop())

/** A what-if over regimes whose networks have four exits, and the wait until all is answered. */
function over(...regimes: Parameters<typeof row>[0][]) {
  const table = shallowRef<BudgetsAnswer | null>({
    protocol: 'validation',
    rule: 'confidence',
    budgets: [],
    rows: regimes.map(row),
  })
  const name = ref('confidence')
  const whatIf = host.run(() =>
    scope.run(() => useWhatIf({ table, query: () => aQuery({ rule: name.value }), exitCountOf: () => 4 }))!,
  )
  const settled = async () => {
    await flushPromises()
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    await flushPromises()
  }
  return { whatIf, name, settled }
}

describe('a what-if', () => {
  it('starts with mixed, where it is compared, and requests its seeds', async () => {
    const { settled } = over('joint', 'mixed', 'separate')
    await settled()
    expect(asked).toEqual([
      { runs: ['mixed-1', 'mixed-2'], among: ['a-1'], rule: 'confidence', cost: 'macs', thresholds: 0.7 },
    ])
  })

  it('sends one request for thresholds that are moved within a frame', async () => {
    const { whatIf, settled } = over('joint')
    await settled()
    for (const threshold of [0.6, 0.5, 0.4]) whatIf.threshold.value = threshold
    await settled()
    expect(asked.map(({ thresholds }) => thresholds)).toEqual([0.7, 0.4])
  })

  it('has one threshold for each exit but the final where that is wanted', async () => {
    const { whatIf, settled } = over('joint')
    await settled()
    whatIf.mode.value = 'each'
    whatIf.setThreshold(1, 0.304)
    await settled()
    expect(asked.at(-1)!.thresholds).toEqual([0.7, 0.3, 0.7])
    expect(whatIfMarker(whatIf, 'share')!.text).toBe('what if: one per exit')
  })

  it('keeps its thresholds in another regime, and resets them under a rule of another range', async () => {
    const { whatIf, name, settled } = over('joint', 'separate')
    await settled()
    whatIf.threshold.value = 0.25
    whatIf.choose({ experiment: 'a', series: 'joint' })
    await settled()
    expect(asked.at(-1)).toMatchObject({ runs: ['joint-1', 'joint-2'], thresholds: 0.25 })
    name.value = 'patience'
    await settled()
    expect(asked.at(-1)).toMatchObject({ rule: 'patience', thresholds: 2 })
  })

  it('is marked in the figure at its cost and accuracy', async () => {
    const { whatIf, settled } = over('joint')
    expect(whatIfMarker(whatIf, 'share')).toBeNull()
    await settled()
    expect(whatIfMarker(whatIf, 'share')).toEqual({ cost: 0.5, value: 80, text: 'what if: 0.70' })
  })
})

/** Frames and answers come when a test says so. */
function rig() {
  const frames: (() => void)[] = []
  const asked: { input: number; answer(value: string): void; fail(error: Error): void }[] = []
  const taken: string[] = []
  const failed: number[] = []
  let now = 0
  const request = newestOnly<number, string>({
    ask: (input) => new Promise((answer, fail) => asked.push({ input, answer, fail })),
    answered: (answer, input, ms) => taken.push(`${input}: ${answer}, ${ms} ms`),
    failed: (_error, input) => failed.push(input),
    nextFrame: (callback) => frames.push(callback),
    nowMs: () => now,
  })
  const frame = () => frames.splice(0).forEach((callback) => callback())
  return { request, frame, asked, taken, failed, pass: (ms: number) => (now += ms) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('of many requests', () => {
  it('only the newest of a frame is sent', () => {
    const { request, frame, asked } = rig()
    ;[1, 2, 3].forEach(request)
    expect(asked).toEqual([])
    frame()
    expect(asked.map(({ input }) => input)).toEqual([3])
  })

  it('only the newest of those that came during an answer is sent next', async () => {
    const { request, frame, asked, taken, pass } = rig()
    request(1)
    frame()
    ;[2, 3, 4].forEach(request)
    frame()
    expect(asked).toHaveLength(1)
    pass(40)
    asked[0]!.answer('one')
    await settled()
    expect(taken).toEqual(['1: one, 40 ms'])
    frame()
    expect(asked.map(({ input }) => input)).toEqual([1, 4])
  })

  it('a later one is sent although an earlier one failed', async () => {
    const { request, frame, asked, taken, failed } = rig()
    request(1)
    frame()
    asked[0]!.fail(new Error('no'))
    await settled()
    frame()
    expect(failed).toEqual([1])
    request(2)
    frame()
    asked[1]!.answer('two')
    await settled()
    expect(taken).toEqual(['2: two, 0 ms'])
  })
})
