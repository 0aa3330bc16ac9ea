import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { familyOf } from '../../../engine/networks/families.ts'
import { imagesOf } from './identity.ts'
import type { TrainedRun } from './trained-phase.ts'

/** @throws ExitlabError `conflict` that names the differences, unless two runs have networks of the same shape and the same data. */
export function requireCompatible(title: string, first: TrainedRun, second: TrainedRun): void {
  const names = `${first.run.name} and ${second.run.name}`
  const shapes = differences(shapeOf(first), shapeOf(second))
  if (shapes.length > 0) {
    throw new ExitlabError(
      'conflict',
      `${title} needs two networks of the same shape, but those of ${names} differ: ${shapes.join('; ')}. ` +
        'Choose runs with the same network.',
    )
  }
  const images = differences(dataOf(first), dataOf(second))
  if (images.length > 0) {
    throw new ExitlabError(
      'conflict',
      `${title} needs the same data set, but those of ${names} differ: ${images.join('; ')}. ` +
        'Choose runs trained on the same images.',
    )
  }
}

function shapeOf({ phase }: TrainedRun): object {
  const { network } = phase.definition
  return familyOf(network).evaluated(network)
}

function dataOf({ phase: { definition } }: TrainedRun): object {
  return { ...imagesOf(definition.data), files: definition.dataset }
}

function differences(first: object, second: object): string[] {
  const [one, other] = [entriesOf(first), entriesOf(second)]
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return keys
    .filter((key) => one[key] !== other[key])
    .map((key) => `${key} ${one[key] ?? '–'} and ${other[key] ?? '–'}`)
}

function entriesOf(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wordOf(key, each)]))
}

function wordOf(key: string, value: unknown): string {
  if (key === 'files') return String(value).slice(0, 12)
  return typeof value === 'string' ? value : canonicalJson(value)
}
