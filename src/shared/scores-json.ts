import type { RunSummary } from './runs.ts'
import { primaryMetric } from './task.ts'

/** Scores of a run as JSON for programs, under the name of its task's primary metric; accuracies under the name that they have had from the first version on. */
export function scoresJson({ task, scores, latest }: Pick<RunSummary, 'task' | 'scores' | 'latest'>): object {
  const { name } = primaryMetric({ task })
  return {
    ...(task && { task }),
    [name === 'accuracy' ? 'accuracies' : name]: scores,
    latest: latest && {
      epoch: latest.epoch,
      exits: latest.exits.map(({ exit, value }) => ({ exit, [name]: value })),
      imagesPerSecond: latest.imagesPerSecond,
    },
  }
}
