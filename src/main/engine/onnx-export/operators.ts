import { axisIn, inLayout, type Layout } from './builder.ts'
import type { OperationView } from './operation-view.ts'

/** Writes one operation. */
type Operator = (operation: OperationView) => void

/** Behind the last index of any axis. */
const toEnd = Number.MAX_SAFE_INTEGER
const ints = (values: readonly number[]) => ({ ints: values })
const int = (value: number) => ({ int: value })

/** ONNX's numbers of data types by TensorFlow's: float32, int32, bool. */
const typeCodes = new Map([
  [1, 1],
  [3, 6],
  [10, 9],
])

/** TensorFlow's operations by name, as nodes of ONNX. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: elementwise('Add'),
  AddV2: elementwise('Add'),
  Sub: elementwise('Sub'),
  Mul: elementwise('Mul'),
  RealDiv: elementwise('Div'),
  Minimum: elementwise('Min'),
  Maximum: elementwise('Max'),
  Pow: elementwise('Pow'),
  Equal: elementwise('Equal'),
  Less: elementwise('Less'),
  LessEqual: elementwise('LessOrEqual'),
  Greater: elementwise('Greater'),
  GreaterEqual: elementwise('GreaterOrEqual'),
  LogicalAnd: elementwise('And'),
  LogicalOr: elementwise('Or'),
  LogicalNot: elementwise('Not'),
  IsNan: elementwise('IsNaN'),
  Select: elementwise('Where'),
  SelectV2: elementwise('Where'),
  Neg: elementwise('Neg'),
  Abs: elementwise('Abs'),
  Sin: elementwise('Sin'),
  Cos: elementwise('Cos'),
  Softplus: elementwise('Softplus'),
  Relu: elementwise('Relu'),
  LeakyRelu(operation) {
    const layout = operation.commonLayout()
    const alpha = { float: operation.attribute<number>('alpha') }
    operation.give(operation.builder.emit('LeakyRelu', [operation.input(0, layout)], { alpha }), layout)
  },
  Erf: elementwise('Erf'),
  Tanh: elementwise('Tanh'),
  Sigmoid: elementwise('Sigmoid'),
  Exp: elementwise('Exp'),
  Log: elementwise('Log'),
  Sqrt: elementwise('Sqrt'),
  Floor: elementwise('Floor'),
  Ceil: elementwise('Ceil'),
  Reciprocal: elementwise('Reciprocal'),
  Expm1(operation) {
    const layout = operation.commonLayout()
    const power = operation.builder.emit('Exp', [operation.input(0, layout)])
    operation.give(operation.builder.emit('Sub', [power, operation.builder.floats(Float32Array.of(1), [])]), layout)
  },
  Square(operation) {
    const layout = operation.commonLayout()
    const x = operation.input(0, layout)
    operation.give(operation.builder.emit('Mul', [x, x]), layout)
  },
  Rsqrt(operation) {
    const layout = operation.commonLayout()
    const root = operation.builder.emit('Sqrt', [operation.input(0, layout)])
    operation.give(operation.builder.emit('Reciprocal', [root]), layout)
  },
  Cast(operation) {
    const [from, to] = ['SrcT', 'DstT'].map((name) => typeCodes.get(operation.attribute<number>(name)))
    if (to === undefined) return operation.refuse('it casts to another type than float32, int32 and bool')
    const layout = operation.commonLayout()
    const x = operation.input(0, layout)
    operation.give(from === to ? x : operation.builder.emit('Cast', [x], { to: int(to) }), layout)
  },
  Conv2D: convolution,
  DepthwiseConv2dNative: convolution,
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
  FusedBatchNormV3: batchNorm,
  BiasAdd: biasAdd,
  MatMul(operation) {
    const [a, b] = ['transpose_a', 'transpose_b'].map((name) => operation.attribute<boolean>(name))
    const transposed = { transA: int(Number(a)), transB: int(Number(b)) }
    operation.give(operation.builder.emit('Gemm', [operation.input(0), operation.input(1)], transposed))
  },
  BatchMatMulV2(operation) {
    const matrices = ['adj_x', 'adj_y'].map((name, input) =>
      operation.attribute<boolean>(name) ? lastTwoSwapped(operation, input) : operation.input(input),
    )
    operation.give(operation.builder.emit('MatMul', matrices))
  },
  Softmax(operation) {
    operation.give(operation.builder.emit('Softmax', [operation.input(0)], { axis: int(-1) }))
  },
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Sum: reduction('ReduceSum'),
  Reshape: reshape,
  ExpandDims: reshape,
  Squeeze: reshape,
  Transpose: transpose,
  Tile(operation) {
    const [from, to] = [operation.value(0).shape, operation.result.shape]
    const isExpanded = to.every((size, axis) => from[axis] === size || from[axis] === 1)
    if (!isExpanded || to.slice(1).includes(null)) return operation.refuse('it repeats more than single entries')
    operation.give(operation.builder.expanded(operation.input(0), to))
  },
  Slice: slice,
  PadV2: pad,
  ConcatV2: concatenate,
  Pack(operation) {
    const axis = operation.attribute<number>('axis')
    const { builder } = operation
    const axes = builder.ints([axis])
    const parts = upTo(operation.count).map((input) => builder.emit('Unsqueeze', [operation.input(input), axes]))
    operation.give(builder.emit('Concat', parts, { axis: int(axis) }))
  },
  SplitV(operation) {
    const { builder } = operation
    const layout = operation.commonLayout()
    const axis = axisIn(layout, operation.numbers(2)[0]!)
    let start = 0
    for (const [part, size] of operation.numbers(1).entries()) {
      const bounds = [[start], [start + size], [axis]].map(builder.ints)
      operation.give(builder.emit('Slice', [operation.input(0, layout), ...bounds]), layout, part)
      start += size
    }
  },
  Unpack(operation) {
    const axis = operation.attribute<number>('axis')
    const { builder } = operation
    const axes = builder.ints([axis])
    for (const part of upTo(operation.attribute<number>('num'))) {
      const bounds = [[part], [part + 1], [axis]].map(builder.ints)
      operation.give(
        builder.emit('Squeeze', [builder.emit('Slice', [operation.input(0), ...bounds]), axes]),
        'plain',
        part,
      )
    }
  },
  GatherV2(operation) {
    if (operation.attribute('batch_dims') !== 0) return operation.refuse('it has batch dimensions')
    const axis = int(operation.numbers(2)[0]!)
    operation.give(operation.builder.emit('Gather', [operation.input(0), operation.input(1)], { axis }))
  },
  OneHot(operation) {
    const { builder } = operation
    const [on, off] = [2, 3].map((input) => operation.numbers(input)[0]!)
    const values = builder.floats(Float32Array.of(off!, on!))
    const axis = int(operation.attribute<number>('axis'))
    operation.give(builder.emit('OneHot', [operation.input(0), operation.input(1), values], { axis }))
  },
}

function elementwise(type: string): Operator {
  return (operation) => {
    const layout = operation.commonLayout()
    const inputs = upTo(operation.count).map((input) => operation.input(input, layout))
    operation.give(operation.builder.emit(type, inputs), layout)
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

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

/** As an input of the convolution or matrix product before it, where there is one. */
function biasAdd(operation: OperationView): void {
  const { builder } = operation
  const layout = operation.commonLayout()
  const x = operation.input(0, layout)
  const source = builder.source(x)
  if (source && ['Conv', 'Gemm'].includes(source.type) && source.inputs.length === 2 && operation.isReadOnce(0)) {
    source.inputs.push(operation.input(1))
    return operation.give(x, layout)
  }
  operation.give(builder.emit('Add', [x, operation.input(1, layout)]), layout)
}

function lastTwoSwapped(operation: OperationView, input: number): string {
  const rank = operation.value(input).shape.length
  const perm = ints([...upTo(rank - 2), rank - 1, rank - 2])
  return operation.builder.emit('Transpose', [operation.input(input)], { perm })
}

function reduction(type: 'ReduceMean' | 'ReduceMax' | 'ReduceSum'): Operator {
  return (operation) => {
    const rank = operation.value(0).shape.length
    const axes = operation.numbers(1).map((axis) => (axis + rank) % rank)
    const keepsAxes = operation.attribute<boolean>('keep_dims')
    // Without height and width, both layouts are [batch, channels].
    const canBeMap = keepsAxes || axes.toSorted().join() === '1,2'
    const layout = canBeMap ? operation.commonLayout() : 'plain'
    const { builder } = operation
    const [x, reducedAxes] = [operation.input(0, layout), axes.map((axis) => axisIn(layout, axis))]
    const keepdims = int(Number(keepsAxes))
    // In this version of ONNX, a sum alone takes its axes as an input.
    const reduced =
      type === 'ReduceSum'
        ? builder.emit(type, [x, builder.ints(reducedAxes)], { keepdims })
        : builder.emit(type, [x], { axes: ints(reducedAxes), keepdims })
    operation.give(reduced, keepsAxes ? layout : 'plain')
  }
}

function reshape(operation: OperationView): void {
  const sizes = operation.result.shape
  const { shape } = operation.value(0)
  if (shape.join() === sizes.join()) {
    const layout = operation.commonLayout()
    return operation.give(operation.input(0, layout), layout)
  }
  if (sizes.filter((size) => size === null).length > 1) {
    return operation.refuse('several axes of its result depend on the number of samples')
  }
  const target = operation.builder.ints(sizes.map((size) => size ?? -1))
  operation.give(operation.builder.emit('Reshape', [operation.input(0), target]))
}

/** A map with its channels first is one already, in the other layout. */
function transpose(operation: OperationView): void {
  const axes = operation.numbers(1)
  if (axes.join() === inLayout('channels-first', [0, 1, 2, 3]).join()) {
    return operation.give(operation.input(0, 'channels-first'))
  }
  operation.give(operation.builder.emit('Transpose', [operation.input(0)], { perm: ints(axes) }))
}

/** Of all samples. */
function slice(operation: OperationView): void {
  const { builder } = operation
  const starts = operation.numbers(1)
  const lengths = operation.sizes(2)
  const { shape } = operation.value(0)
  const cut = upTo(starts.length).filter((axis) => lengths[axis] !== null && lengths[axis] !== shape[axis])
  if (starts.some((start, axis) => start !== 0 && !cut.includes(axis))) {
    return operation.refuse('it leaves samples out')
  }
  const ends = cut.map((axis) => (lengths[axis] === -1 ? toEnd : starts[axis]! + lengths[axis]!))
  if (cut.length === 0) return operation.give(operation.input(0))
  const bounds = [cut.map((axis) => starts[axis]!), ends, cut].map(builder.ints)
  operation.give(builder.emit('Slice', [operation.input(0), ...bounds]))
}

function pad(operation: OperationView): void {
  const { builder } = operation
  const layout: Layout = operation.commonLayout()
  const around = operation.numbers(1)
  const pads = [0, 1].flatMap((side) =>
    inLayout(
      layout,
      upTo(around.length / 2).map((axis) => around[2 * axis + side]!),
    ),
  )
  operation.give(builder.emit('Pad', [operation.input(0, layout), builder.ints(pads), operation.input(2)]), layout)
}

function concatenate(operation: OperationView): void {
  const parts = operation.count - 1
  const rank = operation.value(0).shape.length
  const axis = (operation.numbers(parts)[0]! + rank) % rank
  const layout = operation.commonLayout()
  const inputs = upTo(parts).map((input) => operation.input(input, layout))
  operation.give(operation.builder.emit('Concat', inputs, { axis: int(axisIn(layout, axis)) }), layout)
}
