import { alongAxes } from './along-axes.ts'
import { elementwise } from './elementwise.ts'
import { maps } from './maps.ts'
import type { Operator } from './operator.ts'
import { parts } from './parts.ts'
import { products } from './products.ts'
import { shapes } from './shapes.ts'

/** TensorFlow's operations by name, as nodes of ONNX. */
export const operators: Readonly<Record<string, Operator>> = {
  ...elementwise,
  ...maps,
  ...products,
  ...alongAxes,
  ...shapes,
  ...parts,
}
