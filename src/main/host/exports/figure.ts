import type { AnalysisQuery, FigureFormat, OwnFigure } from '../../../contract/exports.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { confusionMapOption, confusionSentence } from '../../../figures/confusion-map.ts'
import { exitCurvesData, exitLabel } from '../../../figures/exit-curves-data.ts'
import { exitCurvesOption, exitCurvesSentence } from '../../../figures/exit-curves.ts'
import { exitHistogramOption, exitHistogramSentence } from '../../../figures/exit-histogram.ts'
import {
  predictedValuesNote,
  predictedValuesOption,
  predictedValuesSentence,
} from '../../../figures/predicted-values.ts'
import { importedCurves } from '../../../figures/imported-curves.ts'
import { trainingCurvesData } from '../../../figures/training-curves-data.ts'
import type { CurveAxis, RunCurve } from '../../../figures/training-curves-data.ts'
import { trainingCurvesOption, trainingCurvesSentence } from '../../../figures/training-curves.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import { exitCount } from '../../../shared/network.ts'
import { ruleInWords } from '../../../shared/rule-reference.ts'
import { metricOf } from '../../../shared/task.ts'
import { plainText } from '../../../shared/plain-text.ts'
import type { Figure } from '../../../figures/figure.ts'
import { figureFile } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { ruleOfQuery } from '../evaluation/compare.ts'
import { seriesAmong, type ComparedSeries } from '../evaluation/compared-series.ts'
import { analysisFigure } from './analyses.ts'
import { namedConfusion, subjectOf } from '../evaluation/exit-reports.ts'
import { dominanceBlocks, dominanceLines, dominanceMap } from './dominance.ts'
import { splitReferences } from '../runs/import-references.ts'
import { resolveRun, resolveRuns } from '../runs/references.ts'
import { runCurves, type CurvesQuery } from '../runs/run-curves.ts'
import { runDetail } from '../runs/run-detail.ts'
import type { HostServices } from '../services.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { readingFigure } from '../evaluation/readings.ts'
import { predictedValues } from '../evaluation/value-reports.ts'
import { whatIf } from '../evaluation/what-if.ts'

export type FigureQuery = AnalysisQuery | ReadingQuery | OwnFigure
type Queries = { [Kind in OwnFigure['of']]: Extract<OwnFigure, { of: Kind }> }

/** The figures of runs and comparisons, from what the store and the evaluations say. */
const figures: { [Kind in keyof Queries]: (services: HostServices, query: Queries[Kind]) => Promise<Figure> } = {
  async 'exit-histogram'(services, query) {
    const answer = await whatIf(services, query)
    const { regime, seriesId, experimentId } = services.store.runs.get(answer.runs[0]!)!
    const experiment = services.store.experiments.nameOf(experimentId)
    const series = services.store.series.nameOf(seriesId)
    const data = {
      regime,
      series,
      answer,
      note: histogramNote(`${series}, ${plainText(experiment, 60)}`, { ...query, rule: ruleOfQuery(services, query) }),
    }
    return {
      name: fileStem([`${experiment} ${series}`], 'exit-histogram'),
      option: (frame) => exitHistogramOption(data, frame),
      sentence: exitHistogramSentence(data),
    }
  },

  async confusion(services, query) {
    const data = await namedConfusion(services, query)
    const { experiment, regime } = subjectOf(services, { ...query, runs: data.runs })
    return {
      name: fileStem([`${experiment} ${regime}`], 'confusion'),
      option: (frame) => confusionMapOption(data, frame),
      sentence: confusionSentence(data),
    }
  },

  async 'predicted-values'(services, query) {
    const data = await predictedValues(services, query)
    const { name, seed } = services.store.runs.get(data.run)!
    const { experiment, regime } = subjectOf(services, { runs: [data.run], split: query.split })
    const subject = `${regime}, ${plainText(experiment, 60)} · seed ${seed} · ${exitLabel(data.exit, data.exits.length)}`
    const note = predictedValuesNote(data, { subject, split: query.split })
    return {
      name: fileStem([name], 'predicted-values'),
      option: (frame) => predictedValuesOption({ ...data, note }, frame),
      sentence: predictedValuesSentence(data),
    }
  },

  async 'exit-curves'({ store }, { run: reference, phase, metric: asked, split }) {
    const run = runDetail(store, resolveRun(store, reference, 'any'))
    const metric = metricOf(run, asked)
    const position =
      phase === undefined
        ? run.phases.findLastIndex(({ epochs }) => epochs > 0)
        : run.phases.findIndex(({ id }) => id === phase)
    const shown = run.phases[position]
    if (shown === undefined) throw noSuchPhase(run.name, phase)
    const data = exitCurvesData({
      chain: run.phases,
      shown: [position],
      metrics: new Map([[shown.id, store.epochs.metricsAfter(shown.id, 0)]]),
      exitCount: exitCount(run.network),
      metric,
      split,
    })
    return {
      name: fileStem([run.name], `${split}-${metric.name}`),
      option: (frame) => exitCurvesOption(data, frame),
      sentence: exitCurvesSentence(data),
    }
  },

  async 'training-curves'({ store }, { of: _, runs: references, among, ...choice }) {
    const { runs: own, imports } = splitReferences(store, references)
    const runs = resolveRuns(store, own, 'any')
    const series = seriesAmong(store, among, { runs, imports })
    const { name: metric } = metricOf(runs[0] ? named(store, runs[0]) : imports[0]!.content, choice.metric)
    const curves = [
      ...curvesOfRuns(store, runs, { query: { ...choice, points: 10_000 }, series }),
      ...importedCurves(imports, { ...choice, metric }, (each) => series.ofImport(each).look),
    ]
    const data = trainingCurvesData(curves, choice)
    if (data.lines.length === 0) throw noCurve(choice.x)
    return {
      name: fileStem(experimentsOf(curves.map(({ run }) => run)), 'training-curves'),
      option: (frame) => trainingCurvesOption(data, frame),
      sentence: trainingCurvesSentence(data),
    }
  },

  'dominance-map': dominanceMap,
  'dominance-lines': dominanceLines,
  'dominance-blocks': dominanceBlocks,
}

/** A figure as the bytes of a file, with its name. */
export async function exportFigure(
  services: HostServices,
  { figure: query, format, ...layout }: { figure: FigureQuery; format: FigureFormat } & FigureLayout,
) {
  return figureFile(await readFigure(services, query), layout, format)
}

/** A figure as every format is made of it. */
export async function readFigure(services: HostServices, query: FigureQuery): Promise<Figure> {
  if ('analyses' in query) return analysisFigure(services, query)
  if ('question' in query) return readingFigure(services, query)
  return made(services, query.of, query)
}

function made<Kind extends keyof Queries>(services: HostServices, of: Kind, query: Queries[Kind]): Promise<Figure> {
  return figures[of](services, query)
}

function experimentsOf(rows: readonly { experiment: string }[]): string[] {
  return rows.map(({ experiment }) => experiment)
}

/** Exit rule and thresholds. */
function histogramNote(
  subject: string,
  { rule, thresholds, split }: Pick<Queries['exit-histogram'], 'thresholds' | 'split'> & { rule: string },
): string {
  const values = (typeof thresholds === 'number' ? [thresholds] : thresholds).map((value) => Number(value.toFixed(3)))
  const at = values.length === 1 ? `threshold ${values[0]}` : `thresholds ${values.join(', ')}`
  return `${subject} · ${ruleInWords(rule)}, ${at} · ${split} samples`
}

/** Runs with the points of their curves. */
function curvesOfRuns(
  store: Store,
  runs: readonly RunRow[],
  { query, series }: { query: CurvesQuery; series: ComparedSeries },
): RunCurve[] {
  const { series: counts, values } = runCurves(store, runs, query)
  let at = 0
  return counts.map(({ points }, index) => ({
    run: { ...named(store, runs[index]!), ...series.of(runs[index]!) },
    points: Array.from({ length: points }, () => [values[at++]!, values[at++]!] as const),
  }))
}

function named(store: Store, run: RunRow) {
  const { task } = store.series.get(run.seriesId).network
  return { ...run, task, experiment: store.experiments.nameOf(run.experimentId) }
}

function noCurve(x: CurveAxis): ExitlabError {
  const steps = x === 'step' ? ' Phases trained by an earlier version have no recorded steps: use epochs.' : ''
  return new ExitlabError('conflict', `None of these runs has evaluated this exit yet.${steps}`)
}

function noSuchPhase(run: string, phase: string | undefined): ExitlabError {
  if (phase !== undefined) return new ExitlabError('not-found', `${run} has no phase ${phase}.`)
  return new ExitlabError('conflict', `${run} has no completed epoch yet.`)
}
