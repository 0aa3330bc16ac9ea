import { gather, inFloat64, tf, traced } from '../../../../engine/tf.ts'
import type { Float64, Float64Arithmetic, Tensor, TensorRecord } from '../../../../engine/tf.ts'

/** Features f(x) of N images. */
export interface References {
  /** [N, dimensions], row-major. */
  values: Float32Array
  dimensions: number
  /** One a reference. */
  labels: Int32Array
}

/** Noisy features z = f(x) + σε. */
export interface NoisySamples {
  /** [samples, dimensions], row-major. */
  values: Float32Array
  /** Which of the references is x. */
  origins: Int32Array
}

/** Information of each sample (nats): the means over samples estimate I(X;Z) and I(Z;Y). */
interface SampleInformation {
  /** ln p(z|x) − ln p(z), where p(z) = (1/N) Σ_j N(z; f(x_j), σ²I) counts x too: at most ln N. */
  input: Float32Array
  /** ln p(z|y) − ln p(z), where p(z|y) is the mean over the references of x's class. */
  label: Float32Array
}

/** Gaussians of width σ around the references. */
export interface Mixture {
  of(references: References, samples: NoisySamples): Promise<SampleInformation>
  dispose(): void
}

export function createMixture({ sigma, classes }: { sigma: number; classes: number }): Mixture {
  const inform = traced('mixture', (inputs: TensorRecord) =>
    inFloat64((arithmetic) => information(arithmetic, { ...taken(inputs, classes), variance: sigma ** 2 })),
  )
  return {
    async of({ values, dimensions, labels }, samples) {
      const inputs = {
        references: tf.tensor2d(values, [labels.length, dimensions]),
        labels: tf.tensor1d(labels, 'int32'),
        samples: tf.tensor2d(samples.values, [samples.origins.length, dimensions]),
        origins: tf.tensor1d(samples.origins, 'int32'),
      }
      try {
        const { input, label } = await inform.run(inputs)
        const information = { input: await input!.data(), label: await label!.data() }
        tf.dispose([input!, label!])
        return information as SampleInformation
      } finally {
        tf.dispose(inputs)
      }
    },
    dispose: () => inform.dispose(),
  }
}

/** Tensors of one row a sample or a reference. */
interface Taken {
  references: Tensor
  samples: Tensor
  /** The references that the samples come from. */
  origins: Tensor
  /** 1 at the class of each: [references, classes] and [samples, classes]. */
  referenceClasses: Tensor
  sampleClasses: Tensor
}

function taken({ references, labels, samples, origins }: TensorRecord, classes: number): Taken {
  const referenceClasses = tf.oneHot(labels as tf.Tensor1D, classes)
  return {
    references: references!,
    samples: samples!,
    origins: gather(references!, origins!),
    referenceClasses,
    sampleClasses: gather(referenceClasses, origins!),
  }
}

/**
 * With the term ‖z‖²/2σ², common to all, left out, the exponent of a Gaussian around f is (z·f − ‖f‖²/2)/σ². In 64-bit floats: the
 * exponents are small differences of large numbers.
 */
function information(
  arithmetic: Float64Arithmetic,
  { variance, ...tensors }: Taken & { variance: number },
): TensorRecord {
  const { of, add, sub, mul, div, exp, log, max, sum, matMul, reshape, rounded } = arithmetic
  const count = tensors.references.shape[0]!
  const [references, samples, origins] = [of(tensors.references), of(tensors.samples), of(tensors.origins)]
  const [referenceClasses, sampleClasses] = [of(tensors.referenceClasses), of(tensors.sampleClasses)]
  const half = (f: Float64) => div(sum(mul(f, f), 1), of(tf.scalar(2)))
  const scaled = (difference: Float64) => div(difference, of(tf.scalar(variance)))

  const exponents = scaled(sub(matMul(samples, references, { b: true }), reshape(half(references), [1, count])))
  const own = scaled(sub(sum(mul(samples, origins), 1), half(origins)))
  const largest = max(exponents, 1)
  const densities = exp(sub(exponents, largest))
  const ofClass = sum(mul(matMul(densities, referenceClasses), sampleClasses), 1)
  const classSizes = sum(mul(sum(referenceClasses, 0), sampleClasses), 1)
  const logMean = sub(log(sum(densities, 1)), log(of(tf.scalar(count))))
  const logClassMean = sub(log(ofClass), log(classSizes))
  return {
    input: rounded(sub(own, add(largest, logMean))),
    label: rounded(sub(logClassMean, logMean)),
  }
}
