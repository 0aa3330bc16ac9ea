import type { z } from 'zod'
import type { Confusion } from '../../../shared/confusion.ts'
import type { confusionInput, samplesInput } from '../../../contract/evaluations.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { ConfusionMapData } from '../../../figures/confusion-map.ts'
import type { GroupedSamples } from '../../../shared/sample-groups.ts'
import { confusionOf, groupSamples, type ClassifiedRun, type ScoredRun } from '../../engine/pure.ts'
import { resolveRun } from '../runs/references.ts'
import { dataOfRun, type SamplePictures } from '../data/sample-pictures.ts'
import type { EvaluationSources } from './evaluation-reader.ts'
import { indexOf } from './exit-index.ts'
import { refuseOtherThresholds, scoredSeeds } from './what-if.ts'

/** Samples of a run by where they leave and where they are right. */
export async function samples(
  services: EvaluationSources,
  query: z.output<typeof samplesInput>,
): Promise<GroupedSamples> {
  const run = resolveRun(services.store, query.run)
  const { predictions, ...scored } = withClasses(await services.evaluations.scored(run, query))
  refuseOtherThresholds(query.thresholds, scored.scored.exitCount)
  refuseOtherClass(query.label, predictions.classCount)
  return groupSamples({ ...scored, predictions }, { ...query, exit: indexOf(query.exit, scored.scored.exitCount) })
}

function refuseOtherClass(label: number | null, classCount: number): void {
  if (label === null || label < classCount) return
  throw new ExitlabError(
    'usage',
    `There is no class ${label}: expected 0 to ${classCount - 1}, or null for all classes.`,
  )
}

export async function confusion(
  services: EvaluationSources,
  query: z.output<typeof confusionInput>,
): Promise<Confusion> {
  const scored = await classifiedSeeds(services, query)
  return confusionOf(scored, indexOf(query.exit, scored[0].scored.exitCount))
}

/** Default rule: that of the task; confusion does not depend on it, calibration on temperatures alone. */
export async function classifiedSeeds(
  services: EvaluationSources,
  query: { runs: readonly string[]; rule?: string; split: 'validation' | 'test' },
): Promise<[ClassifiedRun, ...ClassifiedRun[]]> {
  const scored = await scoredSeeds(services, query)
  return scored.map(withClasses) as [ClassifiedRun, ...ClassifiedRun[]]
}

/** @throws ExitlabError `usage` for a regression. */
function withClasses({ predictions, ...run }: ScoredRun): ClassifiedRun {
  if (predictions !== null) return { ...run, predictions }
  throw new ExitlabError(
    'usage',
    'Only for classification: a regression has neither classes nor confidences. Exits, curves, budgets and what-if are available.',
  )
}

/** Which series (under the name of `regime`, which it is where nothing is swept) of which experiment runs are of. */
export function subjectOf(
  { store }: Pick<EvaluationSources, 'store'>,
  { runs, split }: { runs: readonly string[]; split: 'validation' | 'test' },
) {
  const { seriesId, experimentId } = store.runs.get(runs[0]!)!
  return { regime: store.series.nameOf(seriesId), experiment: store.experiments.nameOf(experimentId), split }
}

/** With the names of the classes, which the data set has. */
export async function namedConfusion(
  services: EvaluationSources & { pictures: SamplePictures },
  query: z.output<typeof confusionInput>,
): Promise<ConfusionMapData> {
  const found = await confusion(services, query)
  const asked = { ...dataOfRun(services, found.runs[0]!), split: query.split, samples: [], augmented: false }
  return { ...found, classes: (await services.pictures.draw(asked)).classes }
}
