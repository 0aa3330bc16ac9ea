import { describe, expect, it } from 'vitest'
import { wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { table } from '../../../src/readings/epochs/table.ts'
import type { ExitId } from '../../../src/shared/evaluation/exit-id.ts'

const lines = (text: string) => text.trimEnd().split('\n')
const bodyOf = (latex: string) => latex.split('\\midrule\n').slice(1).join('').split('    \\bottomrule')[0]!

describe('the table of epochs', () => {
  const record = {
    epoch: 1,
    learningRate: 0.001,
    imagesPerSecond: 500,
    seconds: 2,
    peakMemoryBytes: 1e9,
    improved: true,
    epochsWithoutImprovement: 0,
  }
  const metric = (exit: ExitId, accuracy: number) => ({
    epoch: 1,
    exit,
    split: 'validation' as const,
    values: { loss: 2, accuracy },
  })
  const phase = { id: 'p', epochs: 1, keptEpoch: 1 }
  const found = table({
    run: 'toy-mixed-s1',
    exitCount: 2,
    phases: [
      { ...phase, name: 'backbone', records: [record], metrics: [metric('final', 0.5)] },
      {
        ...phase,
        name: 'all exits',
        records: [record],
        metrics: [metric(0, 0.6), metric('final', 0.7)],
      },
    ],
  })

  it('counts the classifier of the bare backbone as the final exit', () => {
    const [header, backbone, whole] = lines(wideCsv(found))
    expect(header).toMatch(/^phase,epoch,"validation accuracy, exit 0 \(%\)","validation accuracy, final \(%\)"/)
    expect(backbone).toMatch(/^backbone,1,,50,/)
    expect(whole).toMatch(/^all exits,1,60,70,/)
    expect(whole).toMatch(/,0\.001,500,2,1000000000$/)
  })

  it('prints the accuracies on validation images', () => {
    expect(bodyOf(latexTable(found))).toContain('    1 & 60.00 & 70.00 \\\\\n')
  })
})
