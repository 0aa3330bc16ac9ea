import type { Float64, Float64Arithmetic, TensorRecord } from '../../../main/engine/tf.ts'
import { inFloat64, tf, traced } from '../../../main/engine/tf.ts'

export interface FeatureMatrix {
  /** [rows, columns], row-major. */
  values: Float32Array
  rows: number
  columns: number
}

/** Spectra of matrices of features. */
export interface FeatureSpectrum {
  /**
   * Eigenvalues of AᵀA, largest first, min(rows, columns) of them: the squares of A's singular values. `centred`: each column of A
   * less its mean. In 64-bit floats, as the smallest would drown in the rounding of 32-bit products.
   */
  of(matrix: FeatureMatrix): Promise<Float64Array>
  dispose(): void
}

export function createSpectrum({ centred }: { centred: boolean }): FeatureSpectrum {
  const decompose = traced('spectrum', ({ features }: TensorRecord) =>
    inFloat64((arithmetic) => {
      const whole = arithmetic.of(features!)
      const matrix = centred ? centredColumns(arithmetic, whole) : whole
      const [rows, columns] = features!.shape as [number, number]
      // AᵀA and AAᵀ have the same eigenvalues but for zeros.
      const smaller = arithmetic.matMul(matrix, matrix, rows < columns ? { b: true } : { a: true })
      return { eigenvalues: arithmetic.rounded(arithmetic.eigenvalues(smaller)) }
    }),
  )
  return {
    async of({ values, rows, columns }) {
      const features = tf.tensor2d(values, [rows, columns])
      try {
        const { eigenvalues } = await decompose.run({ features })
        const ascending = await eigenvalues!.data()
        eigenvalues!.dispose()
        // What should be 0 comes out on either side of it.
        return Float64Array.from(ascending, (value) => Math.max(value, 0)).reverse()
      } finally {
        features.dispose()
      }
    },
    dispose: () => decompose.dispose(),
  }
}

function centredColumns({ sub, div, sum, of }: Float64Arithmetic, matrix: Float64): Float64 {
  return sub(matrix, div(sum(matrix, 0), of(tf.scalar(matrix.shape[0]!))))
}
