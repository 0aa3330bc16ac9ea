import { textInputs, type FileSamples } from '../../../../shared/network/network-file.ts'
import type { Graph } from '../graph/graph.ts'
import { lookUps } from '../sites/cuts.ts'
import type { FileArrays } from './file-arrays.ts'
import { fileRefused } from './refusals.ts'

/** What a graph takes: images, or texts. @throws ExitlabError `data` where it is neither. */
export function samplesOf(graph: Graph, { about }: Pick<FileArrays, 'about'>, file: string): FileSamples {
  const { inputs } = graph
  const [first] = inputs
  const [, channels, height, width] = first!.value.shape
  if (inputs.length === 1 && first!.value.type === 'float32' && width !== undefined)
    return { kind: 'images', shape: [height!, width, channels!], normalisation: about.normalisation }
  const names = textInputs.filter((known) => inputs.some(({ name }) => name === known))
  const lengths = new Set(inputs.map(({ value }) => value.shape.slice(1).join()))
  const isText = first!.name === 'ids' && names.length === inputs.length && lengths.size === 1
  if (isText && first!.value.shape.length === 2)
    return { kind: 'text', inputs: names, length: channels!, vocabulary: vocabularyOf(graph, file) }
  const given = inputs.map(
    ({ name, value: { type, shape } }) => `${type} ${name} [samples, ${shape.slice(1).join(', ')}]`,
  )
  throw fileRefused(
    file,
    `expected one input, float32 images [samples, channels, height, width], or texts: ids, and mask and segments where it has them, ` +
      `int32 or int64 [samples, tokens] each; got ${given.join(', ')}. export_backbone.py names inputs by its argument names`,
  )
}

/** Rows of the table that token ids are looked up in. */
function vocabularyOf(graph: Graph, file: string): number {
  const rows = lookUps(graph).map(({ inputs: [table] }) => table!.shape[0]!)
  if (rows.length > 0) return Math.min(...rows)
  throw fileRefused(file, 'its ids are not looked up in a table of its weights, as token ids are')
}
