import type { NetworkSpec } from '../../src/shared/network/network.ts'
import { onnxModel, onnxSpec } from './onnx-fixtures.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from './networks.ts'

/** Networks of every family, with heads of every kind. */
export const segmentCases = {
  'a ResNet': smallResnet({ pad: 2 }),
  'a ResNet of bottlenecks': smallResnet({ block: 'bottleneck', stem: '7x7', maxPool: true, inputShape: [31, 31, 1] }),
  'a ResNet with convolutional heads': smallResnet({ head: 'conv_2l', inputShape: [18, 18, 1], exits: [0, 1] }),
  'a ResNet with GPF heads': smallResnet({ head: 'gpf', gpfDim: 5 } as object),
  'a ResNet with a cascade': smallResnet({ head: 'cascade' }),
  'a ViT with ensembles': smallVit({ head: 'ztw' }),
  'a ViT': smallVit({ imageSize: 12, pad: 2 }),
  'a ViT with perceptrons': smallVit({ head: '2L-1024' }),
  'an MSDNet': smallMsdnet(),
  'an MSDNet with its own heads': smallMsdnet({ head: 'msdnet', inputShape: [16, 16, 1] }),
  'a BERT': smallBert(),
  'a BERT with GPF heads': smallBert({ head: 'gpf', gpfDim: 5, exits: [0, 1, 3] } as object),
  'a convolutional network of a file': onnxSpec(onnxModel('convolutional'), { exits: [0, 2] }),
  'a dense network of a file': onnxSpec(onnxModel('dense'), { exits: [0, 1] }),
  'a transformer of a file': onnxSpec(onnxModel('transformer'), { exits: [0, 1] }),
  'a network of texts of a file': onnxSpec(onnxModel('text'), { exits: [0, 1] }),
  'a network of a file with PyTorch’s own attention': onnxSpec(onnxModel('fused-text'), { exits: [0, 1] }),
  'a selective network of a file': onnxSpec(onnxModel('selective'), { exits: [0, 1] }),
  'a network of a file with channels last': onnxSpec(onnxModel('convnext'), { exits: [1] }),
} satisfies Record<string, NetworkSpec>
