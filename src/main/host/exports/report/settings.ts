import { basename } from 'node:path'
import type { ExperimentFile } from '../../../../contract/experiment/experiment.ts'
import type { Json } from '../../../../shared/basics/json.ts'
import { objectiveWords } from '../../../../shared/methods/objective-words.ts'
import type { ReportSettings } from '../../../../shared/tables/report.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { textRows, textTable } from '../../../../shared/tables/text-table.ts'
import { nameOfRegime } from '../../../../shared/phases/written-phase.ts'
import { isRecord } from '../../../../shared/basics/json-schema.ts'

/** Settings of an experiment in words, every default filled in. Where its files lie is left out. */
export function settingsInWords(file: ExperimentFile): ReportSettings {
  const { name, data, network, objective, initial, regimes, sweep, training, seeds } = file
  const values: [key: string, value: string | null][] = [
    ['network', words(network)],
    ['data', words(withoutPlaces(data))],
    ['regimes', regimes.map(nameOfRegime).join(', ')],
    ['sweep', sweep ? words(sweep) : null],
    ['weighting of losses', objectiveWords(objective) ?? 'mean of the losses'],
    ['starts from', initial ? basename(initial.weights) : 'initial values that follow from the seed'],
    ['training', words(training)],
  ]
  const given = values.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]))
  return { name, values: given, seeds: [...seeds] }
}

/** The same as a table, with `more` rows below. */
export function settingsTable(
  { values, seeds }: ReportSettings,
  { name, caption, more = [] }: { name: string; caption: string; more?: readonly (readonly string[])[] },
): Table {
  return textTable({
    name,
    caption,
    heads: [{ title: 'Setting', width: 0.18 }],
    columns: [{ title: 'Values', width: 0.82 }],
    blocks: textRows([...values.map(({ key, value }) => [key, value]), ['seeds', seeds.join(', ')], ...more]),
  })
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
