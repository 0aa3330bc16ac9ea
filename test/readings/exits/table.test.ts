import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import type { SeriesExits } from '../../../src/readings/exits/schema.ts'
import { table } from '../../../src/readings/exits/table.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

function series(experiment: string, regime: PaperRegime, accuracies: number[]): SeriesExits {
  const exits = accuracies.map((mean, exit) => ({
    exit,
    block: exit === accuracies.length - 1 ? null : exit,
    cost: 100 * (exit + 1),
    fraction: (exit + 1) / accuracies.length,
    value: { mean, std: 0.5 },
    overthinking: { mean: exit, std: null },
  }))
  return { experiment, regime, series: regime, look: null, seeds: [1, 2], exits }
}
const unit = { unit: 'macs' } as const
const ofTwo = [series('a', 'joint', [60, 70.001]), series('a', 'mixed', [65, 70.004])]

describe('exits side by side', () => {
  it('have metric and overthinking in files, with the cost of each exit in the long form', () => {
    const made = table(ofTwo, unit)
    expect(made.name).toBe('a-exits')
    expect(lines(longCsv(made))).toEqual([
      'experiment,regime,seeds,n,exit,accuracy,std,overthinking,overthinking_std,block,macs,fraction',
      'a,joint,1 2,2,0,60,0.5,,,0,100,0.5',
      'a,joint,1 2,2,final,70.001,0.5,1,,,200,1',
      'a,mixed,1 2,2,0,65,0.5,,,0,100,0.5',
      'a,mixed,1 2,2,final,70.004,0.5,1,,,200,1',
    ])
    expect(lines(wideCsv(made)).slice(0, 2)).toEqual([
      'experiment,regime,n,exit 0,exit 0 std,exit 0 overthinking,exit 0 overthinking std,final,final std,final overthinking,final overthinking std',
      'a,joint,2,60,0.5,,,70.001,0.5,1,',
    ])
  })

  it('print what an exit costs under its title, and overthinking below the metric, which the first exit cannot have', () => {
    expect(bodyOf(latexTable(table(ofTwo, unit)))).toBe(
      '     & {50.0\\,\\%, 100} & {100.0\\,\\%, 200} \\\\\n' +
        '    joint & 60.00 +- 0.50 & \\bfseries 70.00 +- 0.50 \\\\\n' +
        '    overthinking & {\\textendash} & 1.00 \\\\\n' +
        '    mixed & \\bfseries 65.00 +- 0.50 & \\bfseries 70.00 +- 0.50 \\\\\n' +
        '    overthinking & {\\textendash} & 1.00 \\\\\n',
    )
  })

  it('name the number of seeds of each series where they differ', () => {
    const [joint, mixed] = ofTwo as [SeriesExits, SeriesExits]
    const { rows } = table([joint, { ...mixed, seeds: [1, 2, 3] }], unit).blocks[0]!
    expect(rows.map(({ heads }) => heads[0])).toEqual(['joint (n = 2)', 'mixed (n = 3)'])
  })

  it('are refused where no result has exits, as of imported curves', () => {
    expect(() => table([], unit)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringMatching(/^There is no exit to show/) }),
    )
  })

  it('speak of overthinking only where some have it, which imported results have not', () => {
    const imported = ofTwo.map((of) => ({ ...of, exits: of.exits.map((exit) => ({ ...exit, overthinking: null })) }))
    expect(table(ofTwo, unit).caption).toContain('; below it overthinking,')
    expect(table(imported, unit).caption).toContain('where all samples leave there, and its cost')
  })

  it('mark the best at each exit and those that look as good, and none without another to compare', () => {
    const made = table([...ofTwo, series('b', 'joint', [99, 99, 99])], unit)
    const bold = made.blocks.map(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell && cell.printed.bold)))
    expect(bold).toEqual([
      [
        [false, null, true],
        [true, null, true],
      ],
      [[false, false, false]],
    ])
  })

  it('have a block for each network, with the final exit in the last column', () => {
    const made = table([...ofTwo, series('b', 'joint', [99, 98, 97])], unit)
    expect(made.blocks.map(({ title, under }) => [title, under])).toEqual([
      ['a', ['50.0\u202f%, 100', null, '100.0\u202f%, 200']],
      ['b', ['33.3\u202f%, 100', '66.7\u202f%, 200', '100.0\u202f%, 300']],
    ])
    expect(made.columns.map(({ title }) => title)).toEqual(['exit 0', 'exit 1', 'final'])
  })

  it('show calibration errors, the lower the better, with those at their temperatures below', () => {
    const calibrated = (of: SeriesExits, errors: [number, number][]): SeriesExits => ({
      ...of,
      exits: of.exits.map((exit, index) => {
        const [asTrained, scaled] = errors[index]!.map((mean) => ({ mean, std: null }))
        return { ...exit, calibrationError: { asTrained: asTrained!, scaled: scaled! } }
      }),
    })
    const both = [
      calibrated(ofTwo[0]!, [[5, 2], [6, 3]]), // prettier-ignore
      calibrated(ofTwo[1]!, [[4, 1], [7, 1]]), // prettier-ignore
    ]
    const made = table(both, unit)
    const printed = made.blocks[0]!.rows.map(({ cells }) =>
      cells.map((cell) => [cell!.printed.text, cell!.printed.below!.text, cell!.printed.bold]),
    )
    expect(printed).toEqual([
      [['5.00', '2.00', false], ['6.00', '3.00', true]],
      [['4.00', '1.00', true], ['7.00', '1.00', false]],
    ]) // prettier-ignore
    expect([made.name, made.below]).toEqual(['a-exit-calibration', 'at its temperature'])
  })
})
