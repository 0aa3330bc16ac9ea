import { isAbsolute, resolve } from 'node:path'
import { Document, isMap, isSeq, parseDocument } from 'yaml'
import { nameOfRegime } from '../../../shared/phases/written-phase.ts'
import { writeOutAliases } from '../../../shared/basics/yaml-aliases.ts'
import type { SearchRow } from '../../store/searches.ts'

/** Settings that may be relative paths; a tokenizer may be a word instead. */
const paths = [
  ['data', 'path'],
  ['data', 'tokenizer'],
  ['initial', 'weights'],
  ['network', 'file'],
]

/** The experiment of one candidate as its author wrote it, with its regime, its settings and without the sweep, as YAML. */
export function winnerFile({ file, source, folder, record }: SearchRow, candidate: number): string {
  const { name, regime, settings } = record.candidates[candidate]!
  const document = source === null ? new Document(file) : parseDocument(source, { stringKeys: true })
  // What is left out may have their anchors.
  writeOutAliases(document)
  keepRegime(document, regime)
  document.delete('sweep')
  for (const [path, value] of Object.entries(settings)) document.setIn(path.split('.'), value)
  if (folder !== null) makeAbsolute(document, folder)
  document.set('name', `${file.name.slice(0, 110)} winner`)
  const comment = ` ${name}: the best of ${record.candidates.length} series of ${file.name}, found by \`exitlab search\`.`
  document.commentBefore = [comment, ...(document.commentBefore ? [document.commentBefore] : [])].join('\n')
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function makeAbsolute(document: Document, folder: string): void {
  const extensions = document.get('extensions')
  const items = isSeq(extensions) ? extensions.items.map((_, item) => ['extensions', item]) : []
  for (const path of [...paths, ...items]) {
    const written = document.getIn(path)
    const isPath = typeof written === 'string' && (path[1] !== 'tokenizer' || /[\\/.]/.test(written))
    if (isPath && !isAbsolute(written)) document.setIn(path, resolve(folder, written))
  }
}

function keepRegime(document: Document, regime: string): void {
  const list = document.get('regimes')
  if (!isSeq(list)) return
  list.items = list.items.filter((item) => {
    const value: unknown = isMap(item) ? item.toJS(document) : item
    const choice = (isMap(item) ? value : String(item)) as Parameters<typeof nameOfRegime>[0]
    return nameOfRegime(choice) === regime
  })
}
