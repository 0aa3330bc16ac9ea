import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { type MatrixItem, paperItems, type PaperPart, type PaperSource } from './matrix-schema.ts'

const file = fileURLToPath(new URL('../../../../resources/paper-items.yaml', import.meta.url))
const { tables, figures } = paperItems.parse(parse(readFileSync(file, 'utf8')))

/** Every table and figure of the paper. */
export const matrix: readonly MatrixItem[] = [...tables, ...figures]

/** `table-8` */
export const idOf = ({ kind, number }: Pick<MatrixItem, 'kind' | 'number'>): string => `${kind}-${number}`

/** By the file of an experiment: the file of another one whose trained weights it starts from. */
const startsFrom: Readonly<Record<PaperScale, Readonly<Record<string, string>>>> = {
  paper: {},
  desk: { 'vit-b-cifar100': 'vit-b-pretraining' },
}

/** The file of the experiment that has to be trained before another one; null: none. */
export function pretrainingOf(scale: PaperScale, file: string): string | null {
  return startsFrom[scale][file] ?? null
}

/** Files of the experiments that an item reads. */
export function filesRead(item: MatrixItem, scale: PaperScale): string[] {
  if (item.kind === 'figure') return item.files[scale]
  const sources = item.parts.flatMap((part) => [...part.sources[scale], ...equalEpochs(part, scale)])
  return [...new Set(sources.map(({ file }) => file))]
}

/** What a part reads of runs with equally many epochs in each regime. */
export const equalEpochs = (part: PaperPart, scale: PaperScale): readonly PaperSource[] =>
  scale === 'desk' ? part.equalEpochs : []

/** Files of the experiments that an item needs, those that others start from first. */
export function filesNeeded(item: MatrixItem, scale: PaperScale): string[] {
  return filesRead(item, scale).flatMap((file) => [pretrainingOf(scale, file) ?? [], file].flat())
}

/** The items with these ids, in the order of the matrix; all where none is named. @throws ExitlabError `usage` with the nearest id. */
export function chosenItems(ids: readonly string[]): MatrixItem[] {
  const known = matrix.map(idOf)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined) throw unknownItem(unknown, known)
  return matrix.filter((item) => ids.length === 0 || ids.includes(idOf(item)))
}

function unknownItem(id: string, known: readonly string[]): ExitlabError {
  const nearest = nearestWord(id, known)
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  return new ExitlabError(
    'usage',
    `The paper has no “${id}”: expected table-1 to table-20 or figure-1 to figure-17.${hint}`,
  )
}
