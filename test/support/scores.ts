import type { Task } from '../../src/engine/tasks/index.ts'
import type { ExitOutputs } from '../../src/shared/evaluation/evaluation.ts'
import type { MetricValues } from '../../src/shared/methods/metric.ts'

/** Metrics of each exit over a whole split. */
export function scoresOf(task: Task, { logits, targets, exitCount, classCount }: ExitOutputs): MetricValues[] {
  const meter = task.createMeter({ exitCount, width: classCount })
  meter.add(logits, targets)
  return meter.values()
}
