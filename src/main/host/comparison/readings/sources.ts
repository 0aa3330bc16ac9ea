import type { ReadingQuery } from '../../../../contract/readings.ts'
import { onSplit } from '../../../../readings/read-on.ts'
import type { AskedRuns, ReadingSources } from '../../../../readings/sources.ts'
import { importedCurves } from '../../../../readings/training-curves/imported-curves.ts'
import type { RunCurve } from '../../../../readings/given.ts'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { exitCount } from '../../../../shared/network/network.ts'
import type { ReadSplit } from '../../../../shared/evaluation/read-on.ts'
import { metricOf } from '../../../../shared/methods/task.ts'
import { dataOfRun } from '../../data/sample-pictures.ts'
import { comparedResults, comparedRuns, ruleOfQuery } from '../evaluation/compare.ts'
import { seriesAmong } from '../evaluation/compared-series.ts'
import { latenciesOnOne } from '../evaluation/latency-machine.ts'
import { type SplitFor, splitsOf } from '../evaluation/read-split.ts'
import type { ComparedSummary } from '../../../../engine/pure.ts'
import { publishedFor } from '../evaluation/published.ts'
import { classifiedSeeds, isCalibrated, scoredSeeds, valuesOf } from '../evaluation/split-outputs.ts'
import { settingDifferences } from '../../runs/setting-differences.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRun, resolveRuns } from '../../runs/references.ts'
import { runCurves } from '../../runs/run-curves.ts'
import { runDetail } from '../../runs/run-detail.ts'
import type { ComparisonServices } from '../services.ts'
import { trainingsOf } from './trainings.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { Splits } from './read-samples.ts'

/** What the store, the evaluations and the data sets hold; which samples are asked for is noted in `read`. */
export function sourcesOf(
  services: ComparisonServices,
  question: RunsQuestion,
  { answerTo, read }: { answerTo: (query: ReadingQuery) => Promise<unknown>; read: Splits },
): ReadingSources {
  const choose = splitsOf(services.store, question)
  const splitFor: SplitFor = (asked) => {
    const split = choose(asked)
    read.add(split)
    return split
  }
  const compared = <Run extends ComparedSummary>(runs: Run[], { split }: Pick<AskedRuns, 'split'>): Run[] => {
    if (split !== 'both') return onSplit(runs, runs.every(({ imported }) => imported) ? choose(split) : splitFor(split))
    read.add(split)
    return runs
  }
  return {
    results: async (asked) => compared(await comparedResults(services, asked), asked),
    runs: async (asked) => compared(await comparedRuns(services, asked), asked),
    split: () => choose(),
    outputs: (asked) => classifiedSeeds(services, { ...asked, split: splitFor(asked.split) }),
    calibration: (asked) =>
      isCalibrated(services, asked.runs)
        ? scoredSeeds(services, { ...asked, split: 'calibration' })
        : Promise.resolve(null),
    scored: (asked) => scoredSeeds(services, { ...asked, split: splitFor(asked.split) }),
    values: ({ runs, split }) => valuesOf(services, oneRun(services, runs, 'kept'), splitFor(split)),
    logits: ({ runs, split }, use) =>
      services.evaluations.outputs(oneRun(services, runs, 'kept'), (all) => use(all[splitFor(split)])),
    data: (runs) => dataOf(services, runs),
    classes: (run, count) => classesOf(services, run, count),
    ask: (reading, question) => answerTo({ reading, question } as ReadingQuery),
    published: (asked) => publishedFor(services, asked),
    ruleOf: (asked) => ruleOfQuery(services, asked),
    run: (runs) => services.store.summaries.of([oneRun(services, runs, 'kept').id])[0]!,
    listed: (runs) => services.store.summaries.of(resolveRuns(services.store, runs, 'any').map(({ id }) => id)),
    settings: (runs) => settingDifferences(services.store, resolveRuns(services.store, runs, 'any')),
    network: (runs) => networkOf(services, oneRun(services, runs)),
    epochs: (runs) => epochsOf(services, oneRun(services, runs)),
    dominance: (runs) => dominanceOf(services, oneRun(services, runs)),
    trainings: (runs) => trainingsOf(services, runs),
    latencies: (runs) => latenciesOnOne(services.store, resolveRuns(services.store, runs)),
    curves: (asked) => curvesOf(services, asked),
  }
}

/** What is said of a question whatever its reading. */
type RunsQuestion = Pick<AskedRuns, 'runs' | 'among'> & { split?: ReadSplit | undefined }

/** @throws ExitlabError `usage` for several references, `conflict` for an experiment of several runs. */
function oneRun({ store }: ComparisonServices, runs: readonly string[], scope: 'kept' | 'any' = 'any'): RunRow {
  if (runs.length === 1) return resolveRun(store, runs[0]!, scope)
  throw new ExitlabError('usage', `Expected one run, got ${runs.length === 0 ? 'none' : runs.length}. Name one run.`)
}

function dataOf({ store }: ComparisonServices, runs: readonly string[]): Map<string, string> {
  return new Map(
    resolveRuns(store, runs).map(({ id }) => {
      const { data, dataset } = store.phases.last(id)!.definition
      const { source, limit = null, testFraction = null } = data
      return [id, canonicalJson({ dataset, source, limit, testFraction })]
    }),
  )
}

/** Their numbers where the data set, the method that reads it, or a trainer that could is not here. */
async function classesOf(services: ComparisonServices, run: string, count: number): Promise<string[]> {
  try {
    const asked = { ...dataOfRun(services, run), split: 'test' as const, samples: [], augmented: false }
    return (await services.pictures.draw(asked)).classes
  } catch (error) {
    if (!(error instanceof ExitlabError && ['data', 'unknown-method', 'engine'].includes(error.code))) throw error
    return Array.from({ length: count }, (_, label) => `class ${label}`)
  }
}

async function networkOf({ store }: ComparisonServices, { name, seriesId }: RunRow) {
  const { drawNetwork } = await import('../../../../engine/plan.ts')
  return { run: name, ...drawNetwork(store.series.get(seriesId).network) }
}

function epochsOf({ store }: ComparisonServices, run: RunRow): ReturnType<ReadingSources['epochs']> {
  const { name, task, network, phases } = runDetail(store, run)
  return {
    run: name,
    ...(task && { task }),
    exitCount: exitCount(network),
    phases: phases.map((phase) => ({
      ...phase,
      records: store.epochs.after(phase.id, 0),
      metrics: store.epochs.metricsAfter(phase.id, 0),
    })),
  }
}

function dominanceOf({ store }: ComparisonServices, run: RunRow): ReturnType<ReadingSources['dominance']> {
  const { name, network, phases } = runDetail(store, run)
  return {
    run: name,
    exitCount: exitCount(network),
    phases: phases.map((phase) => ({ ...phase, epochs: store.dominance.after(phase.id, 0) })),
  }
}

function curvesOf(
  { store }: ComparisonServices,
  { runs: references, among, ...choice }: Parameters<ReadingSources['curves']>[0],
): RunCurve[] {
  const { runs: own, imports } = splitReferences(store, references)
  const runs = resolveRuns(store, own, 'any')
  const series = seriesAmong(store, among, { runs, imports })
  const listed = store.summaries.of(runs.map(({ id }) => id))
  const { name: metric } = metricOf(listed[0] ?? imports[0]!.content, choice.metric)
  const { series: counts, values } = runCurves(store, runs, choice)
  let at = 0
  const curves = counts.map(({ points }, index) => ({
    run: { ...listed[index]!, ...series.of(runs[index]!) },
    points: Array.from({ length: points }, () => [values[at++]!, values[at++]!] as const),
  }))
  return [...curves, ...importedCurves(imports, { ...choice, metric }, (each) => series.ofImport(each).look)]
}
