import { z } from 'zod'
import { isGenerated, separated } from '../../../../shared/onnx-file/exported-names.ts'
import type { OnnxModel, OnnxTensor } from '../../../../shared/onnx-file/model.ts'
import { fileRefused } from './refusals.ts'

/** Arrays of a network in an ONNX file, by PyTorch's names. */
export interface FileArrays {
  arrays: ReadonlyMap<string, OnnxTensor>
  buffers: ReadonlySet<string>
  /** Facts that the export helper notes. */
  about: FileFacts
}

const names = z.array(z.string())
const facts = z.object({
  title: z.string().nullable().catch(null),
  parameters: names.nullable().catch(null),
  buffers: names.catch([]),
  frozen: names.catch([]),
  /** Names of each array that has several. */
  tied: z.array(names).catch([]),
  /** Whole numbers of the state dict, such as how many batches a normalisation has seen. */
  counters: z.record(z.string(), z.int()).catch({}),
  normalisation: z
    .object({ mean: z.array(z.number()), std: z.array(z.number().positive()) })
    .nullable()
    .catch(null),
})
type FileFacts = z.infer<typeof facts>

const float32 = 1

/** The arrays of a file, merged ones separate again. */
export function fileArrays(model: OnnxModel): FileArrays {
  const about = facts.parse(Object.fromEntries(Object.keys(facts.shape).map((key) => [key, metadata(model, key)])))
  const listed = about.parameters && new Set([...about.parameters, ...about.buffers])
  const isArray = (name: string) => (listed ? listed.has(name) : !isGenerated(name))
  const found = [...model.initialisers.values(), ...separated(model)]
  const arrays = found.filter(({ name, type }) => type === float32 && isArray(name))
  const statistics = model.nodes.flatMap((node) =>
    node.operator === 'BatchNormalization' ? node.inputs.slice(3, 5) : [],
  )
  return {
    arrays: new Map(arrays.map((array) => [array.name, array])),
    buffers: new Set([...about.buffers, ...statistics]),
    about,
  }
}

function metadata({ metadata: entries }: OnnxModel, key: string): unknown {
  const text = entries[`exitlab.${key}`]
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Inputs that are weights, by operator. */
const weightInputs: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  Gemm: [1, 2],
  BatchNormalization: [1, 2, 3, 4],
  LayerNormalization: [1, 2],
}

/** Other floating-point types of onnx.proto. */
const otherFloats: Readonly<Record<number, string>> = { 10: 'float16', 11: 'float64', 16: 'bfloat16' }

/**
 * @throws ExitlabError `data` where weights have lost their names: then batch norms are folded into filters, or arrays are changed in
 * other ways, and another network would be trained; or where they are no float32.
 */
export function refuseLostNames({ nodes, initialisers }: OnnxModel, { arrays }: FileArrays, file: string): void {
  for (const { operator, inputs, module } of nodes) {
    const lost = inputs.find((name, index) => {
      // As the newer exporter calls the bias that it makes of a batch norm.
      if (name === `${inputs[1]}_bias`) return true
      const tensor = initialisers.get(name)
      if (!tensor || arrays.has(name) || tensor.shape.length === 0) return false
      if (tensor.type !== float32 && !otherFloats[tensor.type]) return false
      const isMatrix = operator === 'MatMul' && tensor.shape.length === 2
      return isMatrix || weightInputs[operator]?.includes(index)
    })
    if (lost === undefined) continue
    const type = otherFloats[initialisers.get(lost)?.type ?? float32]
    const why = type
      ? `are ${type}; expected float32: export network.float()`
      : 'have lost their name in PyTorch: the export has folded batch normalisation or transposed them, and would train as another network. ' +
        'Export again with export_backbone.py (exitlab export-backbone --help)'
    const reader = `${operator}${module && ` of ${module}`}`
    throw fileRefused(file, `the weights ${lost}, which ${reader} reads, ${why}`)
  }
}
