import { describe, expect, it } from 'vitest'
import { predictionsCsv } from '../../../../../src/main/host/exports/writers/predictions-csv.ts'
import type { ExitPredictions } from '../../../../../src/shared/evaluation/evaluation.ts'

const predictions: ExitPredictions = {
  exitCount: 2,
  sampleCount: 2,
  classCount: 3,
  classes: Int32Array.from([0, 1, 2, 1]),
  confidences: Float64Array.from([0.5, 0.25, 1, 0.3333333333]),
  entropies: Float64Array.from([1, 1.0986122887, 0, 0.5]),
  labels: Int32Array.from([2, 1]),
}

describe('predictions as CSV', () => {
  it('have a record for each split, sample and exit', () => {
    expect([...predictionsCsv([{ split: 'test', predictions, indices: Int32Array.of(40, 7) }])].join(''))
      .toBe(`split,sample,index,label,exit,prediction,confidence,entropy
test,0,40,2,0,0,0.500000,1.000000
test,0,40,2,1,2,1.000000,0.000000
test,1,7,1,0,1,0.250000,1.098612
test,1,7,1,1,1,0.333333,0.500000
`)
  })

  it('come in pieces that lose no sample at their borders', () => {
    const sampleCount = 2500
    const many: ExitPredictions = {
      ...predictions,
      exitCount: 1,
      sampleCount,
      classes: new Int32Array(sampleCount),
      confidences: new Float64Array(sampleCount),
      entropies: new Float64Array(sampleCount),
      labels: new Int32Array(sampleCount),
    }
    const pieces = [...predictionsCsv([{ split: 'validation', predictions: many, indices: undefined }])]
    const samples = pieces.join('').trimEnd().split('\n').slice(1)
    expect(pieces.length).toBeGreaterThan(2)
    expect(samples[2499]).toBe('validation,2499,,0,0,0,0.000000,0.000000')
    expect(samples.map((line) => Number(line.split(',')[1]))).toEqual(Array.from({ length: sampleCount }, (_, i) => i))
  })
})
