import { datasets } from '../../../../datasets/index.ts'
import { experimentFile } from '../../../../contract/experiment/experiment.ts'
import { sweepProblems, sweptLists, sweptSettings, withSettings } from '../../../../shared/experiment/sweep.ts'
import type { Problem } from '../../../../shared/basics/error.ts'
import { families, networkContradictions } from '../../../../engine/networks/families.ts'
import { foreignKeys, mixingOff } from './data-problems.ts'
import { explainIssues } from './explain.ts'
import { uniqueProblems } from './file-problem.ts'
import { isAbsent, isRecord, section } from '../../../../shared/basics/json-schema.ts'
import {
  learningRates,
  objective,
  optimiserSettings,
  ownRegimes,
  regimesOf,
  withoutExits,
} from './training-problems.ts'

/**
 * What a schema cannot say: repetitions, and settings that contradict each other. Each check looks only at what has the
 * right type, so that a file's other problems do not hide these.
 */
export function contradictions({ sweep, ...experiment }: Record<string, unknown>): Problem[] {
  const wrong = sweepProblems(experiment, sweep, shapeProblems)
  if (wrong.length > 0) return wrong
  const each = sweptSettings(sweptLists(sweep)).map((settings) => withSettings(experiment, settings))
  return uniqueProblems(each.flatMap((file) => checks.flatMap((check) => check(file))))
}

/** Problems found by the schema. */
function shapeProblems(file: Record<string, unknown>): Problem[] {
  const { error } = experimentFile.safeParse(file)
  const locate = () => ({ line: 1, column: 1, length: 0 })
  return error ? explainIssues(error.issues, { value: file, locate }) : []
}

const checks: readonly ((root: Record<string, unknown>) => Problem[])[] = [
  (root) => repetitions(regimesOf(root).map(nameOf), ['regimes'], 'regime'),
  (root) => repetitions(root['seeds'], ['seeds'], 'seed'),
  (root) => repetitions(section(root, 'network')['exits'], ['network', 'exits'], 'exit'),
  datasetOptions,
  columns,
  network,
  (root) => inData(mixingOff(section(root, 'data')['mixing'])),
  learningRates,
  objective,
  optimiserSettings,
  ownRegimes,
  withoutExits,
]

function repetitions(list: unknown, path: string[], noun: string): Problem[] {
  if (!Array.isArray(list)) return []
  const first = new Map<unknown, number>()
  return list.flatMap((item: unknown, index) => {
    const before = first.get(item)
    if (before === undefined) first.set(item, index)
    return before === undefined
      ? []
      : [
          {
            path: [...path, index],
            message: `${noun} ${String(item)} is item ${before} already; expected each ${noun} once`,
          },
        ]
  })
}

function datasetOptions(root: Record<string, unknown>): Problem[] {
  const data = section(root, 'data')
  const { source } = data
  if (typeof source !== 'string' || !datasets.has(source)) return []
  return [
    ...(datasets.get(source).files === null && isAbsent(data['path'])
      ? [{ path: ['data', 'source'], message: `${source} needs data.path, the location of your own files` }]
      : []),
    ...inData(foreignKeys(source, data)),
  ]
}

const inData = (problems: readonly Problem[]): Problem[] =>
  problems.map(({ path, message }) => ({ path: ['data', ...path], message }))

/** Problems found by the network's family and head; an unknown family is refused by the schema. */
function network(root: Record<string, unknown>): Problem[] {
  const settings = section(root, 'network')
  const { family } = settings
  if (typeof family !== 'string' || !families.has(family)) return []
  return networkContradictions({ ...settings, family }).map(({ path, message }) => ({
    path: ['network', ...path],
    message,
  }))
}

function columns(root: Record<string, unknown>): Problem[] {
  const named = section(section(root, 'data'), 'columns')
  if (isAbsent(named['label']) || isAbsent(named['value'])) return []
  const message = 'a text has a class (label) or a value to be predicted, not both; leave one of them out'
  return [{ path: ['data', 'columns', 'value'], message }]
}

const nameOf = (regime: unknown) => (isRecord(regime) ? regime['name'] : regime)
