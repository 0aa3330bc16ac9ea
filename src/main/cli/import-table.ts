import { plural } from '../../shared/format/numbers.ts'
import { importedRanges } from '../../shared/runs/imported-ranges.ts'
import { formatInWords, hasCosts, type ImportedResult } from '../../shared/runs/imported.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { View } from './output/style.ts'
import { right, table } from './output/table.ts'
import { shortIds } from '../../shared/runs/short-ids.ts'

/** `Imported sdn, seed 1: 8 exits and a curve of 100 points, from CSV`, and below it what was read. */
export function importLines(result: ImportedResult): string[] {
  const { name, seed, format, content } = result
  const what = [
    ...(content.exits.length > 0 ? [plural(content.exits.length, 'exit')] : []),
    ...(content.curve ? [`a curve of ${plural(content.curve.length, 'point')}`] : []),
    ...(hasCosts(content) ? [] : ['a curve over the training']),
  ]
  return [
    `Imported ${name}, seed ${seed}: ${what.join(' and ')}, from ${formatInWords[format]}.`,
    rangeOf(result),
    ...content.notes,
  ].map((line, index) => `${index === 0 ? '' : '  '}${line}`)
}

/** `accuracy 32.8 to 68.8 % at 38.5 to 100.0 % of the backbone's cost`; of a curve over a training `accuracy 40.0 to 45.0 %` */
function rangeOf({ content }: ImportedResult): string {
  const { noun, unit } = primaryMetric(content)
  const { values, costs } = importedRanges(content, ' to ')
  const measured = `${noun} ${values} ${unit}`.trimEnd()
  return costs === null ? measured : `${measured} at ${costs} % of the backbone's cost`
}

/** A row for each imported result. */
export function importTable(all: readonly ImportedResult[], { style, width }: View): string[] {
  const short = shortIds(all.map(({ id }) => id))
  const columns = [
    ...[{ header: 'id' }, { header: 'name' }, { header: 'experiment', optional: true }, { header: 'regime' }],
    ...[right('seed'), right('exits'), right('curve'), { header: 'from' }, { header: 'path', optional: true }],
  ]
  const rows = all.map(({ id, name, experiment, regime, seed, content, format, path }) => [
    ...[short.get(id)!, name, experiment ?? '–', regime ?? '–', String(seed)],
    ...[String(content.exits.length), content.curve ? String(content.curve.length) : '–', formatInWords[format]],
    path,
  ])
  return table(columns, rows, { header: style.faint, width })
}
