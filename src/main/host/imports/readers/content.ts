import {
  importedContent,
  mostImportedExits,
  type ImportedContent,
  type ImportedTraining,
} from '../../../../shared/runs/imported.ts'
import { primaryMetric } from '../../../../shared/methods/task.ts'
import { badSource, ChoiceNeeded, type FoundName, type ImportChoice } from './import-choice.ts'
import { convertedTraining, trainingValues } from './training.ts'

/** What was read, in the units of the file. */
export interface RawContent extends Pick<ImportedContent, 'split' | 'rule' | 'notes'> {
  path: string
  /** Tags, columns or keys of the file. */
  names: readonly FoundName[]
  /** In the order of depth. `cost` null: the file has none. */
  exits: { name: string; cost: number | null; value: number }[]
  /** In the order in which budgets are read. */
  curve: { threshold: number | null; cost: number; value: number }[] | null
  training: ImportedTraining | null
}

/** Brings what was read into the units of the workspace. @throws ExitlabError `data` for what cannot be shown. */
export function contentOf(raw: RawContent, choice: ImportChoice): ImportedContent {
  const { path, split, rule, notes } = raw
  refuseOdd(raw)
  const isCurveOnly = isSingleCurve(raw, choice)
  const exits = isCurveOnly ? [] : withCosts(raw, choice)
  const values = inShares(raw, choice)
  const points = [...exits, ...(raw.curve ?? [])]
  const costs = inUnits(points, { path, backboneMacs: choice.backboneMacs })
  const read = <Point extends { cost: number; value: number }>(points: readonly Point[]) =>
    points.map((point) => ({ ...point, cost: costs.of(point.cost), value: values.of(point.value) }))
  const shown = read(exits)
  const logged = training(raw, { of: values.of, task: choice.task })
  refuseDescending(path, shown)
  if (isCurveOnly && logged.curves === null) throw badSource(path, `cannot be shown. ${logged.notes.join(' ')}`)
  return importedContent.parse({
    ...(choice.task && { task: choice.task }),
    split: choice.split ?? split,
    rule,
    backboneMacs: choice.backboneMacs ?? null,
    exits: shown,
    curve: raw.curve && read(raw.curve),
    ...(logged.curves && { training: logged.curves }),
    notes: [
      ...[...notes, ...values.notes, ...logged.notes],
      ...(isCurveOnly ? [curveOnlyNote] : []),
      ...(choice.costs === undefined ? costs.notes : []),
    ],
  })
}

/** Whether it is the log of one output over a training without its cost, which has no place against costs. */
function isSingleCurve({ exits, training }: RawContent, { costs }: ImportChoice): boolean {
  return exits.length === 1 && exits[0]!.cost === null && costs === undefined && training !== null
}

const curveOnlyNote =
  'One curve without a cost: it is shown among training curves. With its cost (100 for the whole network) it is compared at budgets too.'

/** Sweeps have some hundred thresholds, and at most one for each sample of a test set. */
export const mostPoints = 20_000

function refuseOdd({ path, exits, curve }: RawContent): void {
  if (exits.length > mostImportedExits)
    throw badSource(path, `has ${exits.length} exits; expected at most ${mostImportedExits}.`)
  if (curve && curve.length > mostPoints)
    throw badSource(path, `has a curve of ${curve.length} points; expected at most ${mostPoints}. Keep every tenth.`)
  if (curve?.some(({ threshold }) => threshold !== null && !Number.isFinite(threshold)))
    throw badSource(path, 'has a threshold that is not a number.')
}

function withCosts(
  { path, names, exits }: RawContent,
  { costs }: ImportChoice,
): { name: string; cost: number; value: number }[] {
  if (costs !== undefined && costs.length !== exits.length) {
    const list = exits.map(({ name }) => name).join(', ')
    throw badSource(
      path,
      `has ${exits.length} exits (${list}), but ${costs.length} costs are given. Give one cost for each exit.`,
    )
  }
  return exits.map(({ name, cost: own, value }, index) => {
    const cost = costs?.[index] ?? own
    if (cost !== null) return { name, cost, value }
    throw new ChoiceNeeded(
      `${path} does not say what its ${exits.length === 1 ? 'exit costs' : `${exits.length} exits cost`}, which is needed to place it beside others. Give the costs in % of the backbone’s cost, or name a run with the same network.`,
      { names, path, missing: 'costs', example: 'LIST' },
    )
  })
}

interface Converted {
  of(value: number): number
  notes: string[]
}

/** Accuracies as shares: a file whose values, those over the training too, are not all within 0 … 1 has them in %. */
function inShares({ path, exits, curve, training }: RawContent, { task }: Pick<ImportChoice, 'task'>): Converted {
  const metric = primaryMetric({ task })
  const values = [...exits, ...(curve ?? [])].map(({ value }) => value)
  const odd = values.find((value) => !Number.isFinite(value))
  if (odd !== undefined) throw badSource(path, `has ${odd} as ${metric.noun}; expected a number.`)
  const logged = training ? trainingValues(training).filter((value) => value <= 100) : []
  const isPercent = metric.unit === '%' && [...values, ...logged].some((value) => value > 1)
  const [least, most] = isPercent ? [0, 100] : metric.range
  const outside = values.find((value) => value < least || value > most)
  if (outside !== undefined)
    throw badSource(
      path,
      `has ${outside} as ${metric.noun}; expected ${least} to ${most === Infinity ? 'any value' : most}.`,
    )
  return {
    of: (value) => (isPercent ? value / 100 : value),
    notes: isPercent ? [`Values of ${metric.noun} were read as %.`] : [],
  }
}

/** Largest cost that is read as a fraction of the backbone's, and as %: heads make a network dearer than its backbone, but not many times. */
const largestFraction = 3
const largestPercent = 100 * largestFraction

/** Curves of the training in the same unit; without them where one has values that the metric cannot have. */
function training(
  { training: raw }: RawContent,
  { of, task }: Pick<Converted, 'of'> & Pick<ImportChoice, 'task'>,
): { curves: ImportedTraining | null; notes: string[] } {
  if (raw === null) return { curves: null, notes: [] }
  const { noun, range } = primaryMetric({ task })
  const curves = convertedTraining(raw, of)
  const odd = trainingValues(curves).find((value) => value < range[0] || value > range[1])
  if (odd === undefined) return { curves, notes: [] }
  return { curves: null, notes: [`Curves over the training are left out: they have ${odd} as ${noun}.`] }
}

/** Costs in multiply-adds where the backbone's is known, else as fractions of it. */
function inUnits(
  points: readonly { cost: number }[],
  { path, backboneMacs }: { path: string; backboneMacs: number | undefined },
): Converted {
  if (points.length === 0) return { of: (cost) => cost, notes: [] }
  const costs = points.map(({ cost }) => cost)
  const odd = costs.find((cost) => !Number.isFinite(cost) || cost <= 0)
  if (odd !== undefined) throw badSource(path, `has ${odd} as a cost; expected numbers above 0.`)
  const highest = Math.max(...costs)
  if (backboneMacs !== undefined) {
    if (highest > largestFraction * backboneMacs || highest < backboneMacs / 1000)
      throw badSource(path, `has costs up to ${highest}, which do not fit a backbone of ${backboneMacs} multiply-adds.`)
    return { of: (cost) => cost, notes: [] }
  }
  if (highest <= largestFraction)
    return { of: (cost) => cost, notes: ['Costs were read as fractions of the backbone’s.'] }
  if (highest <= largestPercent) return { of: (cost) => cost / 100, notes: ['Costs were read as % of the backbone’s.'] }
  throw badSource(
    path,
    `has costs up to ${highest}, which are no fractions or % of the backbone’s cost. Give the multiply-adds of the bare backbone, counted in the same way.`,
  )
}

/** A deeper exit runs all that an earlier one runs. */
function refuseDescending(path: string, exits: readonly { name: string; cost: number }[]): void {
  const at = exits.findIndex(({ cost }, index) => index > 0 && cost < exits[index - 1]!.cost)
  if (at < 0) return
  throw badSource(
    path,
    `has an exit ${exits[at]!.name} that costs less than exit ${exits[at - 1]!.name} before it. Costs are cumulative: expected them to rise with depth.`,
  )
}
