import { attribute, float32 } from '../attribute.ts'
import { inFloat64 } from '../float64.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { inGroups } from './row-sums.ts'

interface ChannelStatistics {
  /** [channels] */
  mean: Tensor
  /** [channels], biased (n). */
  variance: Tensor
}

/**
 * Mean and variance of each channel over all axes but the last. Each group of rows is added up in float32, the groups in float64:
 * both come out rounded once while the mean is below some 30 deviations, beyond that the variance loses (mean/deviation)² · 10⁻⁹.
 * In TensorFlow alone.
 */
export function channelStatistics(x: Tensor): ChannelStatistics {
  const groups = inGroups(x)
  const [sums, norms] = [tf.sum(groups, 1), groupNorms(groups)]
  const channels = x.shape.slice(-1)
  return inFloat64(({ of, rounded, sum, mul, sub, div, reshape }) => {
    const count = of(tf.scalar(x.size / channels[0]!))
    const mean = div(sum(of(sums), 0), count)
    const root = of(norms)
    const variance = sub(div(sum(mul(root, root), 0), count), mul(mean, mean))
    return {
      mean: rounded(reshape(mean, channels)),
      // Where all values are the same, rounding could leave less than nothing.
      variance: tf.relu(rounded(reshape(variance, channels))),
    }
  })
}

/** √(Σ x²) of each group, [groups, channels]: the one operation that adds up squares without writing them to memory first. */
function groupNorms(groups: Tensor): Tensor {
  const attributes = [float32, attribute.type('Tidx', 'int32'), attribute.bool('keep_dims', false)]
  return operation('EuclideanNorm', attributes, [groups, tf.scalar(1, 'int32')])
}
