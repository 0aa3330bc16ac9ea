import { describe, expect, it } from 'vitest'
import { compute, macsOf } from '../../../src/readings/training-cost/compute.ts'
import { figure } from '../../../src/readings/training-cost/figure.ts'
import type { PhaseTraining } from '../../../src/readings/given.ts'
import { trainingCostQuestion } from '../../../src/readings/training-cost/schema.ts'
import { table } from '../../../src/readings/training-cost/table.ts'
import { sharedSentence } from '../../../src/readings/training-cost/words.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { printedTable } from '../../support/printed-table.ts'

describe('the multiply-adds of a phase', () => {
  const phase = { id: 'p', name: 'all exits', epochs: 2, seconds: 60, steps: 10, batchSize: 4, stepCosts: [7] }

  it('are those of a step, samples and steps times', () => {
    expect(macsOf(phase)).toBe(7 * 4 * 10)
  })

  it('are shared out among the entries of a loss cycle in turn, the first of which may have one step more', () => {
    // Steps 0 … 9 take the entries 0 1 2 0 1 2 0 1 2 0.
    expect(macsOf({ ...phase, stepCosts: [1, 10, 100] })).toBe(4 * (4 * 1 + 3 * 10 + 3 * 100))
  })
})

const phaseOf = (id: string, name: string, changes: Partial<PhaseTraining> = {}): PhaseTraining => ({
  ...{ id, name, epochs: 10, seconds: 3600, steps: 100, batchSize: 10, stepCosts: [1e9] },
  ...changes,
})
const backbone = [1, 2].map((seed) => phaseOf(`b${seed}`, 'backbone', { epochs: 10 + seed }))

/** Two seeds each of mixed, which begins with the backbone of disjoint, and of joint. */
const trainings = new Map(
  [1, 2].flatMap((seed) => [
    [`disjoint-${seed}`, [backbone[seed - 1]!, phaseOf(`h${seed}`, 'heads', { stepCosts: [1e8], seconds: 1800 })]],
    [`joint-${seed}`, [phaseOf(`j${seed}`, 'all exits', { stepCosts: [2e9] })]],
    [`mixed-${seed}`, [backbone[seed - 1]!, phaseOf(`m${seed}`, 'all exits', { stepCosts: [2e9] })]],
  ]),
)
const row = (regime: string, mean: number) => ({
  ...{ experiment: 'toy', regime, series: regime, look: null, seeds: [1, 2], backboneCost: 100, seedCells: [] },
  runs: [`${regime}-1`, `${regime}-2`],
  cells: [{ mean, std: 0.5, budget: 0.5, cost: 50 }],
})
const imported = { imported: { format: 'csv', reading: 'curve', split: 'test', sharesOnly: false } }
const rows = [row('disjoint', 70), row('joint', 75), row('mixed', 76)]
const sourcesOf = (known: ReadonlyMap<string, PhaseTraining[]>) =>
  ({
    ask: () => Promise.resolve({ protocol: 'validation', rule: 'confidence', budgets: [0.5], rows }),
    trainings: () => Promise.resolve(known),
    ruleOf: () => 'confidence',
  }) as unknown as ReadingSources

const ask = (known: ReadonlyMap<string, PhaseTraining[]>) => compute(sourcesOf(known), trainingCostQuestion.parse({}))

describe('the training cost of series', () => {
  it('is over all phases, a shared one in full for each series, over seeds', async () => {
    const { series, shared } = await ask(trainings)
    expect(
      series.map(({ series: name, epochs, macs, seconds }) => [name, epochs.mean, macs!.mean, seconds.mean]),
    ).toEqual([
      ['disjoint', 21.5, 1000 * 1.1e9, 5400],
      ['joint', 10, 1000 * 2e9, 3600],
      ['mixed', 21.5, 1000 * 3e9, 7200],
    ])
    expect(series[0]!.epochs.std).toBeCloseTo(Math.SQRT1_2, 12)
    expect(shared).toEqual([{ phase: 'backbone', series: ['disjoint', 'mixed'] }])
  })

  it('is refused of imported results alone, whose training is not known', async () => {
    const answer = { protocol: 'validation', rule: null, budgets: [0.5], rows: [{ ...rows[0]!, ...imported }] }
    const sources = { ...sourcesOf(trainings), ask: () => Promise.resolve(answer) }
    await expect(compute(sources, trainingCostQuestion.parse({}))).rejects.toThrow(
      'It is not known how imported results were trained',
    )
  })

  it('is a table in one unit, with the times of the cheapest and the best value', async () => {
    const answer = await ask(trainings)
    const made = table(answer)
    expect(printedTable(made)).toEqual([
      ['Regime', 'Epochs', 'Multiply-adds (T)', '× cheapest', 'Hours', '50\u202f%'],
      ['disjoint', '21.5 ± 0.7', '1.100 ± 0.000', '1.00', '1.50 ± 0.00', '70.00 ± 0.50'],
      ['joint', '10.0 ± 0.0', '2.000 ± 0.000', '1.82', '1.00 ± 0.00', '75.00 ± 0.50'],
      ['mixed', '21.5 ± 0.7', '3.000 ± 0.000', '2.73', '2.00 ± 0.00', '76.00 ± 0.50'],
    ])
    expect(made.blocks[0]!.rows.map(({ cells }) => cells.at(-1)!.printed.bold)).toEqual([false, false, true])
    expect(made.blocks[0]!.rows[2]!.cells[1]!.values).toEqual([3e12, 0])
    expect(made.legend).toEqual([
      'Phases that series share count in full for each of them, as if it were trained alone: backbone of disjoint and mixed.',
    ])
  })

  it('counts phases that are shared where they are too many to be listed', () => {
    const phases = [1, 2, 3, 4, 5].map((rate) => ({ phase: 'backbone', series: [`disjoint ${rate}`, `mixed ${rate}`] }))
    expect(sharedSentence({ shared: phases.slice(1) })[0]).toMatch(
      /alone: backbone of disjoint 2 and mixed 2; backbone/,
    )
    expect(sharedSentence({ shared: phases })[0]).toMatch(/as if it were trained alone: 5 phases of 10 series\.$/)
  })

  it('is drawn against what it is worth', async () => {
    const answer = await ask(trainings)
    expect(figure(answer).sentence).toMatch(
      /^Test accuracy within 50\u202f% of the backbone’s cost against Multiply-adds \(T\) of training: disjoint 70\.0 % for 1\.10; joint 75\.0 % for 2\.00; mixed 76\.0 % for 3\.00\. Phases/,
    )
  })

  it('is not known where steps were not recorded, which is said', async () => {
    const early = new Map([...trainings, ['joint-2', [phaseOf('j2', 'all exits', { steps: null })]]])
    const answer = await ask(early)
    expect(answer.series.map(({ macs }) => macs === null)).toEqual([false, true, false])
    const made = table(answer)
    expect(made.notes).toEqual(['–: an earlier version trained it, which did not record the number of steps.'])
    expect(printedTable(made)[2]).toEqual(['joint', '10.0 ± 0.0', '–', '–', '1.00 ± 0.00', '75.00 ± 0.50'])
  })
})
