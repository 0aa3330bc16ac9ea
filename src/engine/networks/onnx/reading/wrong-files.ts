import { checkNodes } from '../../../../shared/onnx-file/checks/check-nodes.ts'
import { numbersOf, type OnnxModel } from '../../../../shared/onnx-file/model.ts'
import { exportAgain, nodeInWords, Refused } from '../../../../shared/onnx-file/refused.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Graph } from '../graph/graph.ts'
import type { FileArrays } from './file-arrays.ts'
import { fileRefused } from './refusals.ts'

/** @throws ExitlabError `data` where a node is not as ONNX publishes its operator. */
export function refuseWrongNodes(model: OnnxModel, file: string): void {
  try {
    checkNodes(model)
  } catch (error) {
    if (error instanceof Refused) throw new ExitlabError('data', `The file ${file} ${error.message}.`)
    throw error
  }
}

/** @throws ExitlabError `data` where a running variance is negative or no number: what is normalised by it is none either. */
export function refuseWrongVariances({ nodes, initialisers }: OnnxModel, { arrays }: FileArrays, file: string): void {
  for (const node of nodes) {
    if (node.operator !== 'BatchNormalization') continue
    const name = node.inputs[4]!
    const tensor = arrays.get(name) ?? initialisers.get(name)
    const wrong = tensor && Array.from(numbersOf(tensor) ?? []).find((each) => !(each >= 0))
    if (wrong !== undefined)
      throw fileRefused(
        file,
        `the running variance ${name}, which ${nodeInWords(node)} reads, holds ${wrong}; expected numbers from 0 on: train the network again, or repair its state dict, and ${exportAgain}`,
      )
  }
}

/** @throws ExitlabError `data` where the file says another shape of its output than its operators give. */
export function refuseOtherOutput({ outputs }: OnnxModel, { output }: Graph, file: string): void {
  const [{ name, shape }] = outputs as [OnnxModel['outputs'][number]]
  const isSaid = (size: number | string, axis: number) =>
    typeof size === 'string' || output.sizes[axis]! < 0 || size === output.sizes[axis]
  if (shape.length === 0 || (shape.length === output.sizes.length && shape.every(isSaid))) return
  const sizes = output.sizes.map((size) => (size === -1 ? 'samples' : size))
  throw fileRefused(
    file,
    `it says that its output ${name} is [${shape.join(', ')}]; expected [${sizes.join(', ')}], as its operators give it: ${exportAgain}`,
  )
}
