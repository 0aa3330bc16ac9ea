import type { Calibration, Reliability } from '../../shared/statistics/calibration.ts'
import type { ExitPredictions } from '../../shared/evaluation/evaluation.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { isAtEndOfRange } from '../../shared/evaluation/temperature-range.ts'
import type { ClassifiedRun } from './scored-run.ts'

/** Bins of equal width between 0 and 1, as in Guo et al. 2017. */
const binCount = 15

interface BinSums {
  counts: Float64Array
  confidences: Float64Array
  right: Float64Array
}

type Runs = readonly [ClassifiedRun, ...ClassifiedRun[]]

/**
 * Reliability of each exit over the seeds of one series, of its predictions as they are and at the temperatures of the exits
 * (`scaled`: the same runs under a scaled rule). A sample lies in bin m where its confidence is in (m/M, (m+1)/M].
 * Expected calibration error of a run: `Σ_m |B_m|/N · |accuracy(B_m) − confidence(B_m)|` (Guo et al. 2017, equation 3), its
 * mean and deviation over seeds; the bins themselves hold the samples of all seeds.
 */
export function calibrationOf(runs: Runs, scaled: Runs): Calibration {
  const { exitBlocks } = runs[0].identity
  return {
    runs: runs.map(({ identity }) => identity.id),
    exits: exitBlocks.map((block, exit) => {
      const sums = sumsOf(runs, exit)
      const temperatures = scaled.map(({ fitted }) => fitted[exit]![0]!)
      return {
        exit,
        block,
        accuracy: meanStd(sums.map(({ right, counts }) => 100 * shareOf(right, counts))),
        ...reliabilityOf(sums),
        temperature: meanStd(temperatures),
        atEndOfRange: temperatures.filter(isAtEndOfRange).length,
        scaled: reliabilityOf(sumsOf(scaled, exit)),
      }
    }),
  }
}

function sumsOf(runs: Runs, exit: number): BinSums[] {
  return runs.map(({ predictions }) => binSums(predictions, exit))
}

function reliabilityOf(sums: readonly BinSums[]): Reliability {
  return {
    confidence: meanStd(sums.map(({ confidences, counts }) => 100 * shareOf(confidences, counts))),
    error: meanStd(sums.map((each) => 100 * calibrationError(each))),
    bins: binsOf(sums),
  }
}

function binSums({ sampleCount, classes, confidences, labels }: ExitPredictions, exit: number): BinSums {
  const sums = {
    counts: new Float64Array(binCount),
    confidences: new Float64Array(binCount),
    right: new Float64Array(binCount),
  }
  for (let sample = 0; sample < sampleCount; sample++) {
    const at = exit * sampleCount + sample
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidences[at]! * binCount) - 1))
    sums.counts[bin]!++
    sums.confidences[bin]! += confidences[at]!
    sums.right[bin]! += Number(classes[at] === labels[sample])
  }
  return sums
}

function calibrationError({ counts, confidences, right }: BinSums): number {
  return counts.reduce((sum, _, bin) => sum + Math.abs(right[bin]! - confidences[bin]!), 0) / sumOf(counts)
}

/** Sum of all bins by the number of samples. */
function shareOf(values: Float64Array, counts: Float64Array): number {
  return sumOf(values) / sumOf(counts)
}

function binsOf(sums: readonly BinSums[]): Reliability['bins'] {
  const samples = sums.reduce((sum, { counts }) => sum + sumOf(counts), 0)
  return Array.from({ length: binCount }, (_, bin) => {
    const over = (values: (of: BinSums) => Float64Array) => sums.reduce((sum, each) => sum + values(each)[bin]!, 0)
    const count = over(({ counts }) => counts)
    const meanOf = (sum: number) => (count === 0 ? null : sum / count)
    return {
      low: bin / binCount,
      high: (bin + 1) / binCount,
      share: count / samples,
      confidence: meanOf(over(({ confidences }) => confidences)),
      accuracy: meanOf(over(({ right }) => right)),
    }
  })
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
