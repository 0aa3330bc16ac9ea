import { expect, it } from 'vitest'
import { readOnnxArrays } from '../../../src/files/weights/onnx-file.ts'
import { modelOf, writeInput, writeNode, writeTensor } from '../../support/onnx-model.ts'

it('numbers of two bytes are read where their bits are listed', () => {
  const types = { half: 10, brain: 16 }
  const bits = { half: [0x3c00, 0xc000], brain: [0x3f80, 0xc000] }
  const bytes = modelOf((graph) => {
    writeNode(graph, 'Relu', 'x', 'y')
    writeInput(graph)
    for (const name of ['half', 'brain'] as const)
      writeTensor(graph, { name, type: types[name], shape: [2] }, (tensor) => tensor.writePackedVarint(5, bits[name]))
  })
  const { half, brain } = readOnnxArrays(Buffer.from(bytes), 'net.onnx')
  expect(Array.from(half!.values!())).toEqual([1, -2])
  expect(Array.from(brain!.values!())).toEqual([1, -2])
})
