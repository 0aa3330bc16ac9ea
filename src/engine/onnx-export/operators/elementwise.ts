import { int, upTo, type Operator } from './operator.ts'

/** ONNX's numbers of data types by TensorFlow's: float32, int32, bool. */
const typeCodes = new Map([
  [1, 1],
  [3, 6],
  [10, 9],
])

/** Operations on entries. */
export const elementwise: Readonly<Record<string, Operator>> = {
  Add: onEntries('Add'),
  AddV2: onEntries('Add'),
  Sub: onEntries('Sub'),
  Mul: onEntries('Mul'),
  RealDiv: onEntries('Div'),
  Minimum: onEntries('Min'),
  Maximum: onEntries('Max'),
  Pow: onEntries('Pow'),
  Equal: onEntries('Equal'),
  Less: onEntries('Less'),
  LessEqual: onEntries('LessOrEqual'),
  Greater: onEntries('Greater'),
  GreaterEqual: onEntries('GreaterOrEqual'),
  LogicalAnd: onEntries('And'),
  LogicalOr: onEntries('Or'),
  LogicalNot: onEntries('Not'),
  IsNan: onEntries('IsNaN'),
  Select: onEntries('Where'),
  SelectV2: onEntries('Where'),
  Neg: onEntries('Neg'),
  Abs: onEntries('Abs'),
  Sin: onEntries('Sin'),
  Cos: onEntries('Cos'),
  Softplus: onEntries('Softplus'),
  Relu: onEntries('Relu'),
  LeakyRelu(operation) {
    const layout = operation.commonLayout()
    const alpha = { float: operation.attribute<number>('alpha') }
    operation.give(operation.builder.emit('LeakyRelu', [operation.input(0, layout)], { alpha }), layout)
  },
  Erf: onEntries('Erf'),
  Tanh: onEntries('Tanh'),
  Sigmoid: onEntries('Sigmoid'),
  Exp: onEntries('Exp'),
  Log: onEntries('Log'),
  Sqrt: onEntries('Sqrt'),
  Floor: onEntries('Floor'),
  Ceil: onEntries('Ceil'),
  Reciprocal: onEntries('Reciprocal'),
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
}

function onEntries(type: string): Operator {
  return (operation) => {
    const layout = operation.commonLayout()
    const inputs = upTo(operation.count).map((input) => operation.input(input, layout))
    operation.give(operation.builder.emit(type, inputs), layout)
  }
}
