import type { ComparedSummary, EvaluationSummary } from '../../src/engine/evaluation/evaluation-summary.ts'
import { readings } from '../../src/readings/index.ts'
import type { ReadingSources } from '../../src/readings/sources.ts'
import { closedSweeps, onSplit, splitOf } from '../../src/readings/read-on.ts'
import type { ReadSplit } from '../../src/shared/evaluation/read-on.ts'
import { seriesNames, type Series } from '../../src/shared/experiment/series.ts'
import { fixtureSources } from './support.ts'

/** A series of a made-up sweep: accuracies (%) of its seeds 1, 2, … on validation samples; on test samples they are a point lower. */
export interface MadeSeries extends Series {
  values: readonly number[]
}

/** A run of it has one threshold, at 40 % of the backbone's cost, and two exits. */
function split(value: number): EvaluationSummary['test'] {
  const curve = {
    thresholds: Float64Array.of(0.5),
    values: Float64Array.of(value / 100),
    costs: Float64Array.of(400),
  }
  return { sampleCount: 1000, curve, exitValues: [value / 100, value / 100], overthinking: [0, 0] }
}

export function madeRuns(series: readonly MadeSeries[], about: Partial<EvaluationSummary> = {}): EvaluationSummary[] {
  const names = seriesNames(series)
  return series.flatMap(({ regime, settings, values }, at) =>
    values.map((value, index) => ({
      ...{
        id: `${names[at]}-${index + 1}`,
        experiment: 'sweep',
        regime,
        series: names[at]!,
        settings,
        seed: index + 1,
      },
      ...{ exitCosts: [400, 1000], exitBlocks: [0, null], backboneCost: 1000, rule: 'confidence' },
      ...{ validation: split(value), test: split(value - 1) },
      ...about,
    })),
  )
}

/** As the host gives runs to readings that ask for a split. */
export const read = <Run extends ComparedSummary>(runs: readonly Run[], split?: ReadSplit): Run[] =>
  onSplit(runs, splitOf(closedSweeps(runs.filter(({ imported }) => !imported)), split))

/** Answers readings from them. */
export function madeSweep(series: readonly MadeSeries[], about: Partial<EvaluationSummary> = {}): ReadingSources {
  const made = madeRuns(series, about)
  const runs: ReadingSources['runs'] = ({ split }) => Promise.resolve(split === 'both' ? made : read(made, split))
  const sources: ReadingSources = {
    ...fixtureSources(),
    ...{ runs, results: runs, split: () => splitOf(closedSweeps(made)) },
    ask(name, question) {
      const reading = readings.choose(name)
      return reading.compute(sources, reading.parse(question))
    },
  }
  return sources
}

const [rate, head] = ['training.learningRate', 'network.head']

/** Two regimes × three learning rates × two heads: the regime adds 20, the rates 0, 4 and 2, `conv` 6 in `mixed` alone; two seeds 1 apart. */
export const fullSweep: MadeSeries[] = ['joint', 'mixed'].flatMap((regime) =>
  [0.01, 0.001, 0.1].flatMap((value) =>
    ['pooled', 'conv'].map((kind) => {
      const base = 50 + (regime === 'mixed' ? 20 : 0) + { '0.001': 0, '0.01': 4, '0.1': 2 }[String(value)]!
      const gain = regime === 'mixed' && kind === 'conv' ? 6 : 0
      const centre = base + gain
      return { regime, settings: { [rate]: value, [head]: kind }, values: [centre - 0.5, centre, centre + 0.5] }
    }),
  ),
)
