import type { z } from 'zod'
import { sharedOf } from '../../engine/evaluation/evaluation-summary.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { meanStd, sum } from '../../shared/statistics/statistics.ts'
import { budgetsAnswer, ownRows, type OwnRow } from '../budgets/schema.ts'
import type { ReadingSources } from '../sources.ts'
import type { PhaseTraining } from '../given.ts'
import type { SeriesTraining, TrainingCostAnswer, trainingCostQuestion } from './schema.ts'

/** @throws ExitlabError `conflict` of imported results alone. */
export async function compute(
  sources: ReadingSources,
  question: z.output<typeof trainingCostQuestion>,
): Promise<TrainingCostAnswer> {
  const answer = budgetsAnswer.parse(await sources.ask('budgets', question))
  const { protocol, budgets } = answer
  const own = ownRows(answer.rows)
  if (own.length === 0) throw ofImports()
  const phases = await sources.trainings(own.flatMap(({ runs }) => runs))
  return {
    ...sharedOf([answer]),
    ...{ protocol, budgets, rule: sources.ruleOf(question) },
    series: own.map((row) => trainingOf(row, phases)),
    shared: sharedPhases(own, phases),
  }
}

type PhasesOfRuns = ReadonlyMap<string, readonly PhaseTraining[]>

function trainingOf(row: OwnRow, phases: PhasesOfRuns): SeriesTraining {
  const { seeds, runs, cells } = row
  const over = (of: (phase: PhaseTraining) => number) => meanStd(runs.map((run) => sum(phases.get(run)!.map(of))))
  const isKnown = runs.every((run) => phases.get(run)!.every(({ steps }) => steps !== null))
  return {
    ...identityOf(row),
    ...{ seeds, runs, cells },
    epochs: over(({ epochs }) => epochs),
    macs: isKnown ? over(macsOf) : null,
    seconds: over(({ seconds }) => seconds),
  }
}

/** Multiply-adds of the steps of a phase, which takes the entries of its loss cycle in turn. */
export function macsOf({ steps, batchSize, stepCosts }: PhaseTraining): number {
  const count = stepCosts.length
  const [rounds, rest] = [Math.floor(steps! / count), steps! % count]
  return sum(stepCosts.map((cost, entry) => (rounds + (entry < rest ? 1 : 0)) * batchSize * cost))
}

/** The phases that runs of several series have, by their names. */
function sharedPhases(rows: readonly OwnRow[], phases: PhasesOfRuns): TrainingCostAnswer['shared'] {
  const users = new Map<string, { phase: string; series: Set<string> }>()
  for (const { series, runs } of rows) {
    for (const { id, name } of runs.flatMap((run) => phases.get(run)!)) {
      const user = users.get(id) ?? { phase: name, series: new Set() }
      users.set(id, user)
      user.series.add(series)
    }
  }
  const several = [...users.values()].filter(({ series }) => series.size > 1)
  const distinct = new Map(several.map(({ phase, series }) => [[phase, ...series].join('\n'), { phase, series }]))
  return [...distinct.values()].map(({ phase, series }) => ({ phase, series: [...series] }))
}

function ofImports(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'It is not known how imported results were trained, so their training cost cannot be told. Compare them with runs.',
  )
}
