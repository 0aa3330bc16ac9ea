import type { OnnxModel } from '../../../onnx-file/model.ts'
import { few, more } from './any-samples.ts'
import { fileArrays, refuseLostNames, type FileArrays } from './file-arrays.ts'
import type { Graph } from './graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { infer } from './infer.ts'
import { fileRefused } from './problem.ts'
import { isPossible, type Shape } from './shapes.ts'
import { typeNames } from './value.ts'

export interface ReadOptions {
  file: string
  /** Height and width of the images, where they are not those of the file. */
  side?: readonly [height: number, width: number] | undefined
}

/** The graph of a model for any number of samples, without patterns. @throws ExitlabError `data` where it cannot be used. */
export function mergedGraph(model: OnnxModel, { file, side }: ReadOptions): { graph: Graph; arrays: FileArrays } {
  const arrays = fileArrays(model)
  refuseLostNames(model, arrays, file)
  if (model.outputs.length !== 1)
    throw fileRefused(
      file,
      `it has ${model.outputs.length} outputs; expected one: export a network that returns its logits alone`,
    )
  const [first, second] = [few, more].map((samples) =>
    infer(model, { file, arrays, inputs: inputShapes(model, samples, { file, side }) }),
  )
  if (first!.live.length !== second!.live.length)
    throw fileRefused(file, 'what it computes depends on the number of samples')
  return { graph: new GraphBuilder({ model, file, arrays, first: first!, second: second! }).build(), arrays }
}

function inputShapes({ inputs }: OnnxModel, samples: number, { file, side }: ReadOptions): Record<string, Shape> {
  return Object.fromEntries(
    inputs.map(({ name, type, shape: [, ...rest] }) => {
      if (!typeNames[type]) throw fileRefused(file, `its input ${name} holds no numbers that are supported`)
      const isImage = rest.length === 3
      const sizes = rest.map((size, axis) => (isImage && axis > 0 && side ? side[axis - 1]! : Number(size)))
      if (sizes.some(Number.isNaN))
        throw fileRefused(
          file,
          `its input ${name} is open, [samples, ${rest.join(', ')}]: export it at the size of your data`,
        )
      if (!isPossible([samples, ...sizes]) || sizes.includes(0))
        throw fileRefused(file, `its input ${name} is [samples, ${rest.join(', ')}], which no data can have`)
      return [name, [samples, ...sizes]]
    }),
  )
}
