import type { z } from 'zod'
import { sharedOf, type ComparedSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import { distinctBy } from '../../shared/basics/distinct.ts'
import { costAxes, type CostAxisName } from '../../shared/evaluation/cost-axis.ts'
import { costSource } from '../../shared/evaluation/cost-kind.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { plural } from '../../shared/format/numbers.ts'
import { standsAlone } from '../../shared/runs/imported.ts'
import { inUnit } from '../../shared/methods/metric.ts'
import { readOnSentences } from '../../shared/evaluation/read-on.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import { factorsOf, levelOf } from '../../shared/experiment/series.ts'
import type { Factor } from '../../shared/experiment/series-factor.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { mean, meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { overlayFor } from '../published.ts'
import { publishedPoints } from './published-points.ts'
import type { ReadingSources } from '../sources.ts'
import type { CostCurveSeries, CostPoint, CurveAnswer, curveQuestion } from './schema.ts'

type Question = z.output<typeof curveQuestion>
type Options = Pick<Question, 'axis' | 'eachSeed'> & { budgets: readonly (number | null)[] }

export async function compute(sources: ReadingSources, question: Question): Promise<CurveAnswer> {
  const answer = curvesOf(await sources.results(question), question)
  refuseUnknownFacets(question.facets, answer.factors ?? [])
  const runs = answer.series.flatMap((series) => (series.imported ? [] : series.runs))
  const overlay = runs.length === 0 ? null : await overlayFor(answer, { runs, sources, question })
  return overlay === null ? answer : { ...answer, published: publishedPoints(answer, overlay) }
}

/** @throws ExitlabError `usage` for plots by a setting in which the series do not differ. */
function refuseUnknownFacets(facets: string | null, factors: readonly Factor[]): void {
  const known = [...factors.map(({ path }) => path), 'none']
  if (facets === null || known.includes(facets)) return
  throw new ExitlabError(
    'usage',
    `Series cannot be parted into plots by “${facets}”, in which they do not differ. Expected ${known.length === 1 ? 'none' : `one of ${known.join(', ')}`}.`,
  )
}

/**
 * What the figure of the primary metric against cost draws (method 7.6), from the test set: the threshold curve averaged over seeds at each
 * threshold, each exit alone, and the bare backbone of each experiment, which is the final exit where the backbone is trained
 * alone and then frozen, as in `disjoint` (none without such a run).
 */
export function curvesOf(all: readonly ComparedSummary[], options: Options): CurveAnswer {
  // Without the cost of their backbone they have no place among multiply-adds.
  const isPlaced = ({ imported }: ComparedSummary) => !imported?.sharesOnly || !costAxes[options.axis].absolute
  const runs = all.filter(isPlaced)
  if (runs.length === 0 && all.length > 0) throw noPlace(options.axis)
  const groups = groupRuns(runs)
  const experiments = [...new Set(groups.filter((group) => !standsAlone(group)).map((group) => group.experiment))]
  const alone = experiments.length <= 1
  const nameOf = (name: string, experiment: string) => (alone ? name : `${name}, ${experiment}`)
  const factors = sweptFactors(groups)
  const backboneCost = only(runs.flatMap((run) => (run.imported?.sharesOnly ? [] : [run.backboneCost])))
  return {
    ...sharedOf(runs),
    axis: options.axis,
    series: groups.map((group) => ({
      ...seriesOf(group, standsAlone(group) ? group.series : nameOf(group.series, group.experiment), options),
      ...(factors && !group.runs[0]!.imported && { levels: levelsOf(group, factors) }),
    })),
    ...(factors && { factors }),
    backbones: backbonesOf(groups, options).map((each) => ({ ...each, name: nameOf(each.name, each.experiment) })),
    backboneCost,
    budgets: budgetCosts(options, backboneCost),
    note: noteOf(runs, { experiments: alone ? experiments : [], leftOut: all.filter((run) => !isPlaced(run)) }),
  }
}

type Group = SeriesGroup<ComparedSummary>

const settingsOf = ({ regime, runs }: Group) => ({ regime: regime ?? 'unknown', settings: runs[0]!.settings ?? {} })

/** In what series differ; null where that is their regime alone. */
function sweptFactors(groups: readonly Group[]): Factor[] | null {
  const factors = factorsOf(groups.filter((group) => !group.runs[0]!.imported).map(settingsOf))
  return factors.some(({ path }) => path !== 'regime') ? factors : null
}

const levelsOf = (group: Group, factors: readonly Factor[]) =>
  factors.map(({ path, levels }) => levels.indexOf(levelOf(settingsOf(group), path)))

/** One for each experiment; where series of it have different ones, one for each of these. None that is a static network, too. */
function backbonesOf(groups: readonly SeriesGroup<ComparedSummary>[], options: Options) {
  const all = groups
    .filter(({ runs: [run] }) => run!.isBareBackbone && run!.exitCosts.length > 0 && !run!.imported?.sharesOnly)
    .map((group) => ({ series: group.series, backbone: backboneOf(group, options) }))
  const statics = groups
    .filter(({ runs: [run] }) => run!.exitCosts.length === 1)
    .map((group) => canonicalJson(backboneOf(group, options)))
  const distinct = distinctBy(all, ({ backbone }) => canonicalJson(backbone)).filter(
    ({ backbone }) => !statics.includes(canonicalJson(backbone)),
  )
  return distinct.map(({ series, backbone }) => {
    const own = distinct.filter((other) => other.backbone.experiment === backbone.experiment)
    return { ...backbone, name: own.length === 1 ? 'bare backbone' : `bare backbone of ${series}` }
  })
}

function backboneOf({ experiment, runs }: SeriesGroup<ComparedSummary>, { axis }: Options) {
  const { backboneCost } = runs[0]!
  const value = meanStd(runs.map((run) => inUnit(primaryMetric(run), run.test.exitValues.at(-1)!)))
  return { experiment, cost: costAxes[axis].valueOf({ cost: backboneCost, backboneCost }), ...value }
}

/** Budgets on the axis; none if they are at different costs for each network. */
function budgetCosts({ axis, budgets }: Options, backboneCost: number | null): number[] {
  const shares = budgets.filter((budget) => budget !== null)
  const { absolute, valueOf } = costAxes[axis]
  if (!absolute) return shares
  return backboneCost === null ? [] : shares.map((share) => valueOf({ cost: share * backboneCost, backboneCost }))
}

function seriesOf(group: SeriesGroup<ComparedSummary>, name: string, { axis, eachSeed }: Options): CostCurveSeries {
  const { runs } = group
  const { backboneCost, exitCosts, imported, readOn } = runs[0]!
  const place = placing(runs[0]!, axis)
  return {
    ...identityOf(group),
    name,
    backboneCost: imported?.sharesOnly ? null : backboneCost,
    ...(imported && { imported }),
    ...(readOn && { readOn }),
    runs: runs.map(({ id }) => id),
    seedCount: runs.length,
    curve: meanCurve(runs, place),
    seeds: eachSeed && runs.length > 1 ? runs.map((run) => ({ seed: run.seed, curve: meanCurve([run], place) })) : [],
    exits: exitCosts.map((cost, exit) => place(cost, exitValues(runs, exit))),
  }
}

const exitValues = (runs: readonly ComparedSummary[], exit: number) => runs.map((run) => run.test.exitValues[exit]!)

/** The point of values that runs have at a cost. */
type Place = (cost: number, values: readonly number[]) => CostPoint

/** Places the values of a series on the axes. */
function placing(run: ComparedSummary, axis: CostAxisName): Place {
  const { backboneCost } = run
  const metric = primaryMetric(run)
  return (cost, values) => ({
    cost: costAxes[axis].valueOf({ cost, backboneCost }),
    ...meanStd(values.map((value) => inUnit(metric, value))),
  })
}

/** The threshold curve, averaged over runs at each threshold; empty where exits were imported. */
function meanCurve(runs: readonly ComparedSummary[], place: Place): CostPoint[] {
  if (runs[0]!.imported?.reading === 'exits') return []
  const curves = runs.map((run) => run.test.curve)
  const costsAt = (threshold: number) => curves.map(({ costs }) => costs[threshold]!)
  const valuesAt = (threshold: number) => curves.map(({ values }) => values[threshold]!)
  return Array.from(curves[0]!.thresholds, (_, threshold) => place(mean(costsAt(threshold)), valuesAt(threshold)))
}

/** "mnist · 10,000 test samples · confidence rule · 3 seeds", and what has to be known of imported series. */
function noteOf(
  all: readonly ComparedSummary[],
  { experiments, leftOut }: { experiments: readonly string[]; leftOut: readonly ComparedSummary[] },
): string {
  const runs = all.filter(({ imported }) => !imported)
  const split = runs[0]?.readOn ?? 'test'
  const samples = only(runs.map((run) => run.test.sampleCount))
  const seeds = only(groupRuns(runs).map((group) => group.runs.length))
  const source = costSource(runs[0] ?? {})
  const ofRuns = [
    ...experiments,
    samples === null ? `${split} ${split === 'test' ? 'set' : 'samples'}` : plural(samples, `${split} sample`),
    ...(runs[0] ? [ruleInWords(runs[0].rule)] : []),
    ...(seeds === null ? [] : [plural(seeds, 'seed')]),
    ...(source === null ? [] : [source]),
  ]
  const opened = readOnSentences(sharedOf(runs))
  const names = [...new Set(leftOut.map(({ series }) => series))]
  return [
    ...(runs.length === 0 ? experiments : ofRuns),
    ...opened,
    ...(all.some(({ imported }) => imported) ? ['imported series: not trained or evaluated by Exitlab'] : []),
    ...(names.length === 0 ? [] : [`left out, as the cost of the backbone is not known: ${names.join(', ')}`]),
  ].join(' · ')
}

function noPlace(axis: CostAxisName): ExitlabError {
  return new ExitlabError(
    'conflict',
    `The costs of these imported results are known only as fractions of the backbone’s cost, so they cannot be drawn against ${costAxes[axis].title}. Import them again with the multiply-adds of the backbone, or draw them against its share.`,
  )
}

/** The value that all share; null where they differ, or there is none. */
function only(values: readonly number[]): number | null {
  return values.length > 0 && values.every((value) => value === values[0]) ? values[0]! : null
}
