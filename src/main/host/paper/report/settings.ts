import { basename } from 'node:path'
import type { ExperimentFile } from '../../../../experiment/experiment.ts'
import type { Json } from '../../../../shared/json.ts'
import { objectiveWords } from '../../../../shared/objective-words.ts'
import type { PaperReport } from '../../../../shared/paper-report.ts'
import { isRecord } from '../../experiment-file/json-schema.ts'
import type { PaperFileState } from '../file-states.ts'

type Settings = PaperReport['settings'][number]

/** Settings of an experiment in words, every default filled in. Where its files lie is left out. */
export function settingsOf({ file, experiment }: PaperFileState, seconds: number): Settings {
  const { name, data, network, objective, initial, regimes, sweep, training, seeds } = experiment.file
  const values: [key: string, value: string | null][] = [
    ['network', words(network)],
    ['data', words(withoutPlaces(data))],
    ['regimes', regimes.join(', ')],
    ['sweep', sweep ? words(sweep) : null],
    ['weighting of losses', objectiveWords(objective) ?? 'mean of the losses'],
    ['starts from', initial ? basename(initial.weights) : 'initial values that follow from the seed'],
    ['training', words(training)],
  ]
  const given = values.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]))
  return { file, name, values: given, seeds: [...seeds], seconds }
}

function withoutPlaces({ path: _, tokenizer, ...data }: ExperimentFile['data']): Record<string, unknown> {
  return { ...data, ...(tokenizer && { tokenizer: basename(tokenizer) }) }
}

/** `family resnet; widths 6, 16, 32; limit: train 4000, test 4000` */
function words(section: object): string {
  return Object.entries(section)
    .flatMap(([key, value]) => (value === undefined ? [] : [entryWords(key, value as Json, ', ')]))
    .join('; ')
}

function entryWords(key: string, value: Json, separator: string): string {
  const name = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (isRecord(value)) {
    const inner = Object.entries(value).map(([each, of]) => entryWords(each, of as Json, ' '))
    return `${name}: ${inner.join(separator)}`
  }
  return `${name} ${valueWords(value)}`
}

function valueWords(value: Json): string {
  if (value === null) return 'none'
  if (Array.isArray(value))
    return value.map((each) => (Array.isArray(each) ? `[${valueWords(each)}]` : valueWords(each))).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
