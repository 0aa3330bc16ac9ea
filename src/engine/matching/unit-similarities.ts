import type { EngineArray } from '../networks/index.ts'
import type { Tensor } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { EngineArrays } from './permute-units.ts'
import { unitRows } from './permute-units.ts'
import type { UnitGroup, UnitAxis } from './unit-groups.ts'

/** Similarity of the units of two networks. */
export interface Similarities {
  /**
   * Of each unit of the first network (rows) with each of the second: the sum over all axes the group lies on of the inner product of
   * what the arrays hold of them. `arrays` are the second network's, one a place of the group.
   */
  of(group: UnitGroup, arrays: readonly EngineArray[]): Promise<Float64Array[]>
  dispose(): void
}

/** Similarities with the units of `first`. */
export function createSimilarities(groups: readonly UnitGroup[], first: EngineArrays): Similarities {
  const product = traced('unit-similarities', ({ first, second }) => ({
    table: tf.matMul(first!, second!, false, true),
  }))
  const references = new Map(
    groups.map((group) => [
      group.name,
      unitMatrix(
        group,
        group.axes.map(({ parameter }) => first[parameter.name]!),
      ),
    ]),
  )
  return {
    async of(group, arrays) {
      const second = unitMatrix(group, arrays)
      try {
        const { table } = await product.run({ first: references.get(group.name)!, second })
        const values = await table!.data()
        table!.dispose()
        return rowsOf(values, group.size)
      } finally {
        second.dispose()
      }
    },
    dispose() {
      product.dispose()
      for (const reference of references.values()) reference.dispose()
    },
  }
}

/** [units, everything that the arrays hold of one of them]. */
function unitMatrix({ size, axes }: UnitGroup, arrays: readonly EngineArray[]): Tensor {
  const parts = axes.map((axis, index) => rowPart(axis, arrays[index]!, size))
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  const values = new Float32Array(size * width)
  let column = 0
  for (const part of parts) {
    for (let unit = 0; unit < size; unit++) {
      const row = part.values.subarray(unit * part.width, (unit + 1) * part.width)
      values.set(row, unit * width + column)
    }
    column += part.width
  }
  return tf.tensor2d(values, [size, width])
}

function rowPart({ axis }: UnitAxis, array: EngineArray, size: number) {
  const values = unitRows(array, axis)
  return { values, width: values.length / size }
}

function rowsOf(values: ArrayLike<number>, size: number): Float64Array[] {
  return Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (_, column) => values[row * size + column]!),
  )
}
