import { readFileSync } from 'node:fs'
import type { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'
import { numbersOf } from '../../../src/shared/onnx-file/model.ts'
import { readOnnx } from '../../../src/shared/onnx-file/read-model.ts'
import { moduleOf } from '../../../src/shared/onnx-file/exported-names.ts'
import { stream } from '../../../src/engine/random.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { onnxPath } from '../../support/onnx-fixtures.ts'
import { modelOf, writeInput, writeNode, writeTensor } from '../../support/onnx-model.ts'

const whole = new Uint8Array(readFileSync(onnxPath('convolutional')))

/** What reading a damaged file ends with: a refusal, or the model where the damage does not show. */
function outcome(bytes: Uint8Array): unknown {
  try {
    return readOnnx(bytes, 'net.onnx')
  } catch (error) {
    return error
  }
}

describe('an ONNX file', () => {
  it('is read with its nodes, their modules, arrays and metadata', () => {
    const { opset, nodes, initialisers, inputs, outputs, metadata } = readOnnx(whole, 'net.onnx')
    expect(opset).toBe(17)
    const conv = nodes.find(({ operator }) => operator === 'Conv')
    expect(conv).toMatchObject({ module: '0.0', inputs: ['images', '0.0.weight'] })
    expect(conv!.attributes['strides']!.ints).toEqual([1, 1])
    expect(initialisers.get('0.0.weight')).toMatchObject({ shape: [8, 3, 3, 3], type: 1 })
    expect(inputs).toMatchObject([{ name: 'images', shape: ['batch', 3, 16, 16] }])
    expect(outputs).toMatchObject([{ name: 'logits' }])
    expect(JSON.parse(metadata['exitlab.title']!)).toBe('convolutional')
  })

  it('is refused where it is cut off, at any length', () => {
    for (let length = 0; length < whole.length; length += 97) {
      expect(outcome(whole.subarray(0, length)), String(length)).toMatchObject({ code: 'data' })
    }
  })

  it('never ends reading otherwise than with a refusal or a model where bytes are changed', () => {
    const random = stream(5)
    for (let time = 0; time < 300; time++) {
      const bytes = new Uint8Array(whole)
      for (let change = 0; change < 8; change++)
        bytes[random.integer(time < 150 ? 400 : bytes.length)] = random.integer(256)
      const found = outcome(bytes)
      expect(found instanceof Error && !(found instanceof ExitlabError), String(found)).toBe(false)
    }
  })

  it.each([
    ['', 'is empty; expected an ONNX file'],
    ['PK\x03\x04archive', 'is a ZIP archive, such as a checkpoint of torch.save; expected an ONNX file'],
    ['\x80\x02pickle', 'is a pickle, such as a checkpoint of torch.save; expected an ONNX file'],
    ['\x40\0\0\0\0\0\0\0{"weight":{}}', 'is a safetensors file: it has weights and no network; expected an ONNX file'],
    ['\x89HDF\r\n', 'is an HDF5 file, as Keras writes them; expected an ONNX file'],
    ['\x89PNG\r\n', 'is a picture; expected an ONNX file'],
    ['root:x:0:0:root:/root:/bin/bash\n', 'is cut off, damaged or no ONNX file; expected a whole one: copy it again'],
    ['key: value\n', 'is cut off, damaged or no ONNX file; expected a whole one: copy it again'],
  ])('is told from another file, such as one that begins %j', (text, message) => {
    const found = outcome(Buffer.from(text, 'latin1'))
    expect((found as Error).message).toMatch(`The file net.onnx ${message}`)
    expect((found as Error).message).toMatch(/write one with export_backbone\.py \(exitlab export-backbone --help\)\.$/)
  })

  it('is said to be cut off where its end is missing', () => {
    const found = outcome(whole.subarray(0, whole.length - 400))
    expect((found as Error).message).toMatch('The file net.onnx is cut off, damaged or no ONNX file')
  })

  it('is refused where its bytes are random', () => {
    const random = stream(6)
    for (let time = 0; time < 100; time++) {
      const bytes = Uint8Array.from({ length: 200 }, () => random.integer(256))
      expect(outcome(bytes)).toMatchObject({ code: 'data' })
    }
  })

  it('is refused where a length says more than there is', () => {
    const bytes = new Uint8Array(whole.subarray(0, 400))
    bytes.set([0x3a, 0xff, 0xff, 0xff, 0xff, 0x07], 2)
    expect(outcome(bytes)).toMatchObject({ code: 'data' })
  })

  it('is refused with a million operators', () => {
    const bytes = modelOf((graph) => {
      for (let index = 0; index < 1_000_000; index++) writeNode(graph, 'Relu', 'x', 'y')
      writeInput(graph)
    })
    expect(outcome(bytes)).toMatchObject({
      code: 'data',
      message: expect.stringContaining('more than 100000 operators'),
    })
  })

  it('is refused where it keeps arrays in another file', () => {
    const entry = (_: null, each: PbfWriter) => {
      each.writeStringField(1, 'location')
      each.writeStringField(2, 'net.data')
    }
    const tensor = (_: null, each: PbfWriter) => each.writeMessage(13, entry, null)
    const attribute = (_: null, each: PbfWriter) => each.writeMessage(5, tensor, null)
    const constant = (_: null, each: PbfWriter) => each.writeMessage(5, attribute, null)
    const places = [
      (graph: PbfWriter) => graph.writeMessage(5, tensor, null),
      (graph: PbfWriter) => graph.writeMessage(1, constant, null),
    ]
    for (const writeArray of places) {
      const bytes = modelOf((graph) => {
        writeNode(graph, 'Relu', 'x', 'y')
        writeInput(graph)
        writeArray(graph)
      })
      expect(outcome(bytes)).toMatchObject({ message: expect.stringMatching(/net\.data.*external_data=False/) })
    }
  })

  it('is refused where an array has not as many numbers as its shape says', () => {
    const withArray = (shape: number[], write: (tensor: PbfWriter) => void) =>
      modelOf((graph) => {
        writeNode(graph, 'Relu', 'x', 'y')
        writeInput(graph)
        writeTensor(graph, { name: 'w', type: 1, shape }, write)
      })
    const bytes = (count: number) => (tensor: PbfWriter) => tensor.writeBytesField(9, new Uint8Array(count))
    expect(outcome(withArray([2, 3], bytes(24)))).toMatchObject({ opset: 17 })
    expect(outcome(withArray([0, 3], bytes(0)))).toMatchObject({ opset: 17 })
    const listed = (tensor: PbfWriter) => tensor.writePackedFloat(4, [1, 2])
    const message = expect.stringContaining(
      'has another count of numbers in the array w than its shape says; expected those of [',
    )
    for (const each of [
      withArray([2, 3], bytes(20)),
      withArray([2 ** 31, 2 ** 31], bytes(24)),
      withArray([3], bytes(7)),
      withArray([3], listed),
      withArray([4], () => {}),
    ])
      // prettier-ignore
      expect(outcome(each)).toMatchObject({ code: 'data', message })
  })

  it('gives float16 numbers where their bits are listed', () => {
    const bytes = modelOf((graph) => {
      writeNode(graph, 'Relu', 'x', 'y')
      writeInput(graph)
      writeTensor(graph, { name: 'w', type: 10, shape: [3] }, (tensor) =>
        tensor.writePackedVarint(5, [0x3c00, 0xc000, 0x3800]),
      )
    })
    const { initialisers } = readOnnx(bytes, 'net.onnx')
    expect(Array.from(numbersOf(initialisers.get('w')!)!)).toEqual([1, -2, 0.5])
  })

  it('has as many axes in an input as are written, named or not', () => {
    const size = (field: number, value: number | string) => (_: null, each: PbfWriter) => {
      if (typeof value === 'number') each.writeVarintField(field, value)
      else if (value !== '') each.writeStringField(field, value)
    }
    const sizes = (_: null, shape: PbfWriter) => {
      for (const [field, value] of [
        [1, ''],
        [2, 'n'],
        [1, 7],
      ] as const)
        shape.writeMessage(1, size(field, value), null)
    }
    const tensor = (_: null, each: PbfWriter) => {
      each.writeVarintField(1, 1)
      each.writeMessage(2, sizes, null)
    }
    const bytes = modelOf((graph) => {
      writeNode(graph, 'Relu', 'x', 'y')
      graph.writeMessage(
        11,
        (_: null, port: PbfWriter) => {
          port.writeStringField(1, 'x')
          port.writeMessage(2, (__: null, type: PbfWriter) => type.writeMessage(1, tensor, null), null)
        },
        null,
      )
    })
    expect(readOnnx(bytes, 'net.onnx').inputs).toEqual([{ name: 'x', type: 1, shape: ['', 'n', 7] }])
  })

  it('has zeros in attributes that writers of proto3 leave out', () => {
    const attribute = (_: null, each: PbfWriter) => {
      each.writeStringField(1, 'keepdims')
      each.writeVarintField(20, 2)
    }
    const bytes = modelOf((graph) => {
      graph.writeMessage(
        1,
        (_: null, node: PbfWriter) => {
          node.writeStringField(1, 'x')
          node.writeStringField(4, 'ReduceMean')
          node.writeMessage(5, attribute, null)
        },
        null,
      )
      writeInput(graph)
    })
    expect(readOnnx(bytes, 'net.onnx').nodes[0]!.attributes).toEqual({
      keepdims: { type: 2, int: 0, ints: [], floats: [] },
    })
  })

  it('is refused with an old set of operators', () => {
    const bytes = modelOf((graph) => {
      writeNode(graph, 'Relu', 'x', 'y')
      writeInput(graph)
    }, 11)
    expect(outcome(bytes)).toMatchObject({ message: expect.stringMatching(/operator set 11; expected 17 to 28/) })
  })
})

describe('the module of a node', () => {
  it('is read off its name, where numbered children carry their parent’s', () => {
    expect(moduleOf('/layer1/layer1.0/conv1/Conv', {})).toBe('layer1.0.conv1')
    expect(moduleOf('/features/features.0/features.0.0/Conv', {})).toBe('features.0.0')
    expect(moduleOf('/encoder/layers/encoder_layer_0/mlp/Add', {})).toBe('encoder.layers.encoder_layer_0.mlp')
    expect(moduleOf('Conv_3', {})).toBe('')
  })

  it('is read off the metadata of the newer exporter', () => {
    const scopes = "['', 'layer1', 'layer1.0', 'layer1.0.conv1', 'conv2d']"
    expect(moduleOf('node_conv2d_1', { 'pkg.torch.onnx.name_scopes': scopes })).toBe('layer1.0.conv1')
  })
})
