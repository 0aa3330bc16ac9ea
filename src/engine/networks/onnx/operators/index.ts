import { casts } from './casts.ts'
import { convolution } from './convolution.ts'
import { edges } from './edges.ts'
import { elementwise } from './elementwise.ts'
import { fixed } from './fixed.ts'
import { gelus } from './gelu.ts'
import { noiseOperators } from './noise.ts'
import { normalisation } from './normalisation.ts'
import type { Operator } from './operator.ts'
import { parts } from './parts.ts'
import { pooling } from './pooling.ts'
import { products } from './products.ts'
import { resizing } from './resize.ts'
import { runningSums } from './running-sum.ts'
import { shapeChanges } from './shape-changes.ts'

/** Every operator by ONNX's name, and those that patterns make: Linear, Gelu, DropPath, GatherOfEach. */
export const operators: Readonly<Record<string, Operator>> = {
  ...fixed,
  ...elementwise,
  ...casts,
  ...gelus,
  ...convolution,
  ...products,
  ...normalisation,
  ...pooling,
  ...shapeChanges,
  ...parts,
  ...edges,
  ...resizing,
  ...runningSums,
  ...noiseOperators,
}
