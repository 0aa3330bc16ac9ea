import type { z } from 'zod'
import { readBudget, readingsDifference, type BudgetReading } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { holm } from '../../engine/evaluation/paired.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { defaultBudgets } from '../../shared/evaluation/evaluation.ts'
import { best, inUnit } from '../../shared/methods/metric.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { mean, meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric, type OfTask } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import type { AtBudget, BesideStatic, StaticNetwork, StaticNetworksAnswer, staticNetworksQuestion } from './schema.ts'

type Question = z.output<typeof staticNetworksQuestion>
type Group = SeriesGroup<EvaluationSummary>

/** A static network, and what was measured of it. */
interface Measured extends StaticNetwork {
  data: string
  /** Whether it is the backbone of a network with exits. */
  isBare: boolean
  reading: BudgetReading
}

export async function compute(sources: ReadingSources, question: Question): Promise<StaticNetworksAnswer> {
  const runs = await sources.runs(question)
  const groups = groupRuns(runs)
  const data = sources.data(runs.map(({ id }) => id))
  const dataOf = ({ runs: [first] }: Group) => data.get(first!.id)!
  const multiExit = groups.filter((group) => !isStatic(group))
  const used = new Set(multiExit.map(dataOf))
  const all = groups.flatMap((group) => staticOf(group, dataOf(group)) ?? []).filter(({ data: on }) => used.has(on))
  const networks = named(withoutDoubles(all).toSorted((a, b) => a.cost - b.cost))
  if (networks.length === 0 || multiExit.length === 0) throw nothingToCompare(multiExit.length > 0)
  return {
    ...sharedOf(runs),
    protocol: question.protocol,
    rule: sources.ruleOf(question),
    networks: networks.map(({ data: _, isBare: __, reading: ___, ...network }) => network),
    series: multiExit.map((group) => {
      const onItsData = networks.filter((network) => network.data === dataOf(group))
      return beside(group, onItsData, question)
    }),
  }
}

const isStatic = ({ runs: [run] }: Group) => run!.exitCosts.length === 1

/** A series without exits; or the bare backbone of a regime that trains it alone and freezes it, as `disjoint` does. */
function staticOf(group: Group, data: string): Measured | null {
  const { series, runs } = group
  const isBackbone = runs[0]!.isBareBackbone === true && !isStatic(group)
  if (!isBackbone && !isStatic(group)) return null
  const valuesOf = (split: 'validation' | 'test') =>
    runs.map((run) => inUnit(primaryMetric(run), run[split].exitValues.at(-1)!))
  const cost = isBackbone ? runs[0]!.backboneCost : runs[0]!.exitCosts[0]!
  const values = valuesOf('test')
  return {
    ...identityOf(group),
    ...{ data, cost, isBare: isBackbone },
    name: isBackbone ? `bare backbone of ${series}` : series,
    seedCount: runs.length,
    validation: meanStd(valuesOf('validation')),
    test: meanStd(values),
    reading: { seeds: runs.map(({ seed }) => seed), values, costs: runs.map(() => cost) },
  }
}

/** Without bare backbones that were trained as static networks, too: regimes that begin with the same phase share it. */
function withoutDoubles(all: readonly Measured[]): Measured[] {
  const isSame = (a: Measured, b: Measured) =>
    a.data === b.data &&
    a.cost === b.cost &&
    a.reading.seeds.every((seed, at) => valueOf(b, seed) === a.reading.values[at])
  return all.filter((each) => !each.isBare || !all.some((other) => !other.isBare && isSame(each, other)))
}

const valueOf = ({ reading: { seeds, values } }: Measured, seed: number): number | undefined =>
  values[seeds.indexOf(seed)]

/** With their experiments where names are not told apart without. */
function named(networks: readonly Measured[]): Measured[] {
  const counts = Map.groupBy(networks, ({ name }) => name)
  return networks.map((network) => {
    const { name, experiment } = network
    return counts.get(name)!.length === 1 ? network : { ...network, name: `${name} of ${experiment}` }
  })
}

function beside(group: Group, networks: readonly Measured[], question: Question): BesideStatic {
  const { runs } = group
  const shares = question.budgets.filter((budget) => budget !== null)
  const budgets = shares.length > 0 ? shares : defaultBudgets.filter((budget) => budget !== null)
  const found = budgets.map((budget) => atBudget(group, budget, { networks, question }))
  const adjusted = holm(found.map(({ difference }) => difference?.p ?? null))
  return {
    ...identityOf(group),
    seeds: runs.map(({ seed }) => seed),
    curve: curveOf(runs),
    networks: networks.map(({ name }) => name),
    best: networks.map(({ cost }) => bestWithin(networks, cost, runs[0]!)!.name),
    atBudgets: found.map((each, index) => ({
      ...each,
      difference: each.difference && { ...each.difference, adjustedP: adjusted[index]! },
    })),
  }
}

function atBudget(
  group: Group,
  budget: number,
  { networks, question }: { networks: readonly Measured[]; question: Question },
): Omit<AtBudget, 'difference'> & { difference: ReturnType<typeof readingsDifference> } {
  const limit = budget * group.runs[0]!.backboneCost
  const read = readBudget(group, budget, question)
  const network = bestWithin(networks, limit, group.runs[0]!)
  return {
    budget,
    limit,
    value: read && { ...meanStd(read.values), cost: mean(read.costs) },
    network: network && network.name,
    difference: read && network && readingsDifference(read, network.reading),
  }
}

/** The best on validation samples that costs no more, the cheapest of equals; null where the smallest costs more. */
function bestWithin(networks: readonly Measured[], limit: number, of: OfTask): Measured | null {
  // As of thresholds: a cost that equals the budget is within it, whatever the rounding.
  const affordable = networks.filter(({ cost }) => cost <= limit * (1 + 1e-12))
  if (affordable.length === 0) return null
  const values = affordable.map(({ validation }) => validation.mean)
  return affordable[values.indexOf(best(primaryMetric(of), values))]!
}

/** The threshold curve averaged over seeds at each threshold. */
function curveOf(runs: readonly EvaluationSummary[]): BesideStatic['curve'] {
  const curves = runs.map(({ test }) => test.curve)
  const metric = primaryMetric(runs[0]!)
  return Array.from(curves[0]!.thresholds, (_, threshold) => ({
    cost: mean(curves.map(({ costs }) => costs[threshold]!)),
    ...meanStd(curves.map(({ values }) => inUnit(metric, values[threshold]!))),
  }))
}

function nothingToCompare(isWithoutStatic: boolean): ExitlabError {
  return new ExitlabError(
    'conflict',
    isWithoutStatic
      ? 'There is no static network to compare with. Train networks without exits on the same data, of several sizes (regimes: [backbone]), and compare them together with these runs.'
      : 'There are only static networks. Compare them together with runs of networks with exits.',
  )
}
