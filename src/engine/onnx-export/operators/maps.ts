import type { OperationView } from '../operation-view.ts'
import { int, ints, type Operator } from './operator.ts'

/** Operations on maps, [batch, height, width, channels]. */
export const maps: Readonly<Record<string, Operator>> = {
  Conv2D: convolution,
  DepthwiseConv2dNative: convolution,
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
  FusedBatchNormV3: batchNorm,
}

/** With filters for groups of channels; of a depthwise one, [height, width, channels, multiplier], each channel is a group. */
function convolution(operation: OperationView): void {
  const { builder } = operation
  const [height, width, ...rest] = operation.value(1).shape as [number, number, number, number]
  const isDepthwise = operation.name === 'DepthwiseConv2dNative'
  const [channels, filters] = isDepthwise ? [1, rest[0] * rest[1]] : rest
  const groups = operation.value(0).shape[3]! / channels
  const attributes = {
    kernel_shape: ints([height, width]),
    strides: ints(operation.attribute<number[]>('strides').slice(1, 3)),
    pads: ints(padsOf(operation, [height, width])),
    ...(groups > 1 && { group: int(groups) }),
  }
  // [height, width, channels, filters] → [filters, channels, height, width]
  const { values } = operation.value(1)
  if (!(values instanceof Float32Array)) return operation.refuse('its filters depend on the samples')
  const moved = new Float32Array(values.length)
  const area = height * width
  values.forEach((value, at) => {
    const [filter, channel, pixel] = [
      at % filters,
      Math.floor(at / filters) % channels,
      Math.floor(at / filters / channels),
    ]
    moved[(filter * channels + channel) * area + pixel] = value
  })
  const weight = builder.floats(moved, [filters, channels, height, width])
  operation.give(builder.emit('Conv', [operation.input(0, 'channels-first'), weight], attributes), 'channels-first')
}

/** Pixels above, left of, below and right of the input. */
function padsOf(operation: OperationView, kernel: readonly number[]): number[] {
  const padding = operation.attribute<string>('padding')
  if (padding === 'VALID') return [0, 0, 0, 0]
  if (padding === 'EXPLICIT') {
    const [top, bottom, left, right] = operation.attribute<number[]>('explicit_paddings').slice(2, 6)
    return [top!, left!, bottom!, right!]
  }
  const strides = operation.attribute<number[]>('strides').slice(1, 3)
  const totals = kernel.map((side, axis) => {
    const length = operation.value(0).shape[axis + 1]!
    const stride = strides[axis]!
    return Math.max(0, (Math.ceil(length / stride) - 1) * stride + side - length)
  })
  return [...totals.map((total) => Math.floor(total / 2)), ...totals.map((total) => Math.ceil(total / 2))]
}

function pooling(type: 'MaxPool' | 'AveragePool'): Operator {
  return (operation) => {
    if (operation.attribute('padding') !== 'VALID') return operation.refuse('it pads its input')
    const attributes = {
      kernel_shape: ints(operation.attribute<number[]>('ksize').slice(1, 3)),
      strides: ints(operation.attribute<number[]>('strides').slice(1, 3)),
    }
    operation.give(operation.builder.emit(type, [operation.input(0, 'channels-first')], attributes), 'channels-first')
  }
}

/** By running statistics. */
function batchNorm(operation: OperationView): void {
  if (operation.attribute('is_training')) return operation.refuse("it normalises by the batch's own statistics")
  const vectors = [1, 2, 3, 4].map((input) => operation.input(input))
  const attributes = { epsilon: { float: operation.attribute<number>('epsilon') } }
  const inputs = [operation.input(0, 'channels-first'), ...vectors]
  operation.give(operation.builder.emit('BatchNormalization', inputs, attributes), 'channels-first')
}
