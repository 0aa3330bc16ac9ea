import type { MutualInformationParameters, MutualInformationResult } from '../schema.ts'
import type { AnalysisRequest } from '../../../main/engine/analyses/analysis.ts'

type Asked = Pick<AnalysisRequest<MutualInformationParameters, MutualInformationResult>, 'parameters' | 'models'>
type BlockInformation = MutualInformationResult['blocks'][number]

interface Estimates {
  /** Of the blocks so far: I(X;Z), its standard error, I(Z;Y), its standard error. */
  estimates: readonly Float64Array[]
  /** Of the references. */
  labels: Int32Array
  /** Dimensions of each block's features. */
  widths: readonly number[]
}

/** What there is so far. Noise of the sampling cannot take an estimate out of the bounds of what it estimates. */
export function mutualInformationResultOf(
  asked: Asked,
  { estimates, labels, widths }: Estimates,
): MutualInformationResult {
  const inputCeiling = Math.log(labels.length)
  const labelCeiling = asked.parameters.label ? entropy(labels) : null
  const blocks = estimates.map(([input, inputError, label, labelError], block) => ({
    block,
    input: bounded(input!, inputCeiling),
    inputError: inputError!,
    label: labelCeiling === null ? null : bounded(label!, labelCeiling),
    labelError: labelCeiling === null ? null : labelError!,
    dimensions: widths[block]!,
  }))
  return { blocks, inputCeiling, labelCeiling, caveats: caveatsOf(asked, { blocks, labels, inputCeiling }) }
}

const bounded = (value: number, ceiling: number) => Math.min(Math.max(value, 0), ceiling)

/** In nats, of how often each label occurs. */
function entropy(labels: Int32Array): number {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / labels.length) * Math.log(count / labels.length), 0)
}

/** Share of the ceiling from which on blocks cannot be told apart. */
const nearCeiling = 0.99

interface Found {
  blocks: readonly BlockInformation[]
  labels: Int32Array
  inputCeiling: number
}

function caveatsOf({ parameters, models }: Asked, { blocks, labels, inputCeiling }: Found): string[] {
  const { sigma, references, split, label } = parameters
  const saturated = blocks.filter(({ input }) => input > nearCeiling * inputCeiling).length
  const caveats = [
    `Information of features with noise of standard deviation ${sigma} in standardised units: without noise it would be unbounded. Compare only estimates of the same noise, pooling and number of references, and regimes at one block rather than blocks: the wider a block, the more of it comes through the same noise.`,
    labels.length < references && `There are only ${labels.length} ${split} images; ${references} were asked for.`,
    saturated > 0 &&
      `${saturated} of ${blocks.length} blocks reach the ceiling of ${inputCeiling.toFixed(2)} nats, the logarithm of the number of references: I(X;Z) is at least that there, and such blocks cannot be told apart. More noise can.`,
    saturated > 0 &&
      label &&
      'Where I(X;Z) reaches its ceiling, so does I(Z;Y): every image is told from all others, and its class with it.',
    models[0]!.network.reads === 'tokens' && 'Only the class token is looked at, which the exits read.',
  ]
  return caveats.filter((caveat) => caveat !== false)
}
