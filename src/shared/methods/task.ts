import { z } from 'zod'
import { ExitlabError } from '../basics/error.ts'
import { fixed } from '../format/numbers.ts'
import { inUnit, type Metric } from './metric.ts'

/** Description of a task without the engine. */
export interface TaskInfo {
  title: string
  /** The primary one first. */
  metrics: Readonly<Record<string, Metric>>
  /** Name of the metric that is shown where there is room for one; a mean over samples. */
  primary: string
  /** Name of the metric that training minimises. */
  loss: string
  /** Name of the default exit rule. */
  exitRule: string
}

/** Names of tasks. A new task is also added to `tasks` in engine/tasks/index.ts. */
export const tasks = {
  classification: {
    title: 'Classification',
    metrics: {
      accuracy: { title: 'Accuracy', noun: 'accuracy', unit: '%', higherIsBetter: true, decimals: 2, range: [0, 1] },
      loss: { title: 'Loss', noun: 'loss', unit: 'nats', higherIsBetter: false, decimals: 4, range: [0, Infinity] },
    },
    primary: 'accuracy',
    loss: 'loss',
    exitRule: 'confidence',
  },
  regression: {
    title: 'Regression',
    metrics: {
      mse: { title: 'MSE', noun: 'MSE', unit: '', higherIsBetter: false, decimals: 4, range: [0, Infinity] },
      pearson: {
        title: 'Pearson',
        noun: 'Pearson correlation',
        unit: '',
        higherIsBetter: true,
        decimals: 4,
        range: [-1, 1],
      },
      spearman: {
        title: 'Spearman',
        noun: 'Spearman correlation',
        unit: '',
        higherIsBetter: true,
        decimals: 4,
        range: [-1, 1],
      },
    },
    primary: 'mse',
    loss: 'mse',
    exitRule: 'static',
  },
} as const satisfies Record<string, TaskInfo>

export type TaskName = keyof typeof tasks

/** Key `task` of stored and sent data: left out for classification, as before there were other tasks. */
export const otherTask = z
  .enum(Object.keys(tasks).filter((name) => name !== 'classification') as OtherTask[])
  .optional()
export type OtherTask = Exclude<TaskName, 'classification'>

/** Object with the name of its task; default: classification. */
export interface OfTask {
  task?: OtherTask | undefined
}

export type NamedMetric = Metric & { name: MetricName }

/** Names of the metrics of any task. */
const metricNames = Object.values(tasks).flatMap(({ metrics }) => Object.keys(metrics)) as MetricName[]
export type MetricName = { [Task in TaskName]: keyof (typeof tasks)[Task]['metrics'] }[TaskName]
/** The requested metric; default: the primary metric of the task. */
export const metricOption = z.enum(metricNames).optional()

/** The task that something is of. */
export function taskInfoOf({ task }: OfTask): TaskInfo {
  return tasks[task ?? 'classification']
}

/** A metric of the task that something is of, the primary one unless another is named. @throws ExitlabError `usage` where the task does not have it. */
export function metricOf(of: OfTask, requested?: MetricName): NamedMetric {
  const { title, metrics, primary } = taskInfoOf(of)
  const name = requested ?? (primary as MetricName)
  const metric = metrics[name]
  if (metric) return { name, ...metric }
  throw new ExitlabError('usage', `${title} has no metric ${name}: expected ${Object.keys(metrics).join(' or ')}.`)
}

/** The metrics of the task that something is of, the primary one first. */
export const metricsOf = (of: OfTask): NamedMetric[] =>
  (Object.keys(taskInfoOf(of).metrics) as MetricName[]).map((name) => metricOf(of, name))

/** The primary metric of the task that something is of. */
export const primaryMetric = (of: OfTask): NamedMetric => metricOf(of)

/** A value of the task's primary metric where there is little room, with one decimal less, without the unit. */
export function briefText(value: number, of: OfTask): string {
  const metric = primaryMetric(of)
  return fixed(inUnit(metric, value), metric.decimals - 1)
}

/** A value of the task's primary metric as shown, without the unit. */
export function primaryText(value: number, of: OfTask): string {
  const metric = primaryMetric(of)
  return inUnit(metric, value).toFixed(metric.decimals)
}
