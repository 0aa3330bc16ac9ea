/**
 * `npm run bench`: milliseconds per training step, images per second, time to the first step and peak memory of the real
 * training step, one JSON line a measurement; `--precision bfloat16` in mixed precision. With `--against torch` PyTorch runs the
 * same networks alternately in the same call, in the fastest of its modes (all are measured once, unless `--modes` names some;
 * for bfloat16 those of float32 too), and a line of ratios per case follows (medians over the rounds). With `--epoch` it measures whole epochs in a real
 * trainer process instead, and how much of the bare step's rate is left of them; with `--dominance` what measuring gradient
 * dominance during training costs; with `--images` how fast image files become batches, with `--listing` how fast folders of
 * them are listed.
 */
import { parseArgs } from 'node:util'
import { precision } from '../../src/shared/precision.ts'
import { benchCases } from './cases.ts'
import { benchImages } from './image-loading.ts'
import { measure, measureScript, medianRatio, report, script } from './measure.ts'

interface Measurement {
  engine: string
  case: string
  msPerStep: number
  /** Of all threads together. PyTorch's wait by spinning: it can be compared for one thread alone. */
  processorMsPerStep: number
  imagesPerSecond: number
  firstStepSeconds: number
  peakMemoryMb: number
}

type Competitor = (name: string) => Promise<Measurement>

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: 'string' },
    epoch: { type: 'boolean', default: false },
    dominance: { type: 'boolean', default: false },
    images: { type: 'boolean', default: false },
    listing: { type: 'boolean', default: false },
    files: { type: 'string', default: '2000' },
    precision: { type: 'string', default: 'float32' },
    modes: { type: 'string', default: 'eager,eager channels_last,compile,compile channels_last' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string', default: process.env.EXITLAB_PYTHON ?? 'python3' },
  },
})

async function main(): Promise<void> {
  const names = positionals.length > 0 ? positionals : Object.keys(benchCases)
  const unknown = names.find((name) => !Object.hasOwn(benchCases, name))
  if (unknown) return refuse(`no bench case '${unknown}'; there are ${Object.keys(benchCases).join(', ')}`)
  if (!precision.safeParse(options.precision).success)
    return refuse(`--precision takes ${precision.options.join(' or ')}`)
  if (options.against !== undefined && options.against !== 'torch') return refuse(`--against takes 'torch'`)
  const asked = (['epoch', 'dominance', 'images', 'listing'] as const).filter((kind) => options[kind])
  if (asked.length > 1) return refuse(`--${asked.join(' and --')} exclude each other`)
  if (options.against && asked.length > 0 && !options.images) return refuse(`--${asked[0]} measures nothing of PyTorch`)
  if (options.images) return benchImages({ ...options, files: Number(options.files), rounds: Number(options.rounds) })
  if (options.listing) return void report(await measureScript('listing.ts', [options.files]))
  for (const name of names) {
    if (options.epoch) await ownCase('epoch.ts', name)
    else if (options.dominance) await ownCase('dominance.ts', name)
    else await benchCase(name)
  }
}

async function benchCase(name: string): Promise<void> {
  const ours: Measurement[] = []
  const theirs: Measurement[] = []
  const torch = options.against ? await fastestTorch(name) : null
  for (let round = 0; round < Number(options.rounds); round++) {
    ours.push(report(await exitlab(name)))
    if (torch) theirs.push(report(await torch(name)))
  }
  if (theirs.length > 0) console.log(JSON.stringify(ratios(name, { ours, theirs })))
}

async function ownCase(file: string, name: string): Promise<void> {
  for (let round = 0; round < Number(options.rounds); round++) report(await runScript(file, name))
}

/** Above 1 is better for speed; memory below 1 is better. */
function ratios(name: string, rounds: { ours: Measurement[]; theirs: Measurement[] }) {
  const median = (of: (a: Measurement, b: Measurement) => number) => medianRatio(rounds, of)
  return {
    case: name,
    against: rounds.theirs[0]!.engine,
    rounds: rounds.ours.length,
    speedRatio: median((a, b) => a.imagesPerSecond / b.imagesPerSecond),
    processorRatio: median((a, b) => b.processorMsPerStep / a.processorMsPerStep),
    memoryRatio: median((a, b) => a.peakMemoryMb / b.peakMemoryMb),
    firstStepSeconds: median((a) => a.firstStepSeconds),
  }
}

const runScript = (file: string, name: string) =>
  measureScript<Measurement>(file, [name, options.threads, options.precision])

const exitlab: Competitor = (name) => runScript('step.ts', name)

const torchIn =
  (precision: string, mode: string): Competitor =>
  (name) =>
    measure(options.python, [
      ...[script('torch_steps.py'), name, '--threads', options.threads],
      ...['--precision', precision, '--mode', mode],
    ])

/** PyTorch in the mode whose step takes least; one that does not work here is left out. */
async function fastestTorch(name: string): Promise<Competitor> {
  const tried: { torch: Competitor; msPerStep: number }[] = []
  for (const format of new Set([options.precision, 'float32'])) {
    for (const mode of options.modes.split(',')) {
      const torch = torchIn(format, mode)
      const measured = await torch(name).catch((error: Error) => console.error(`bench: ${error.message}`))
      if (measured) tried.push({ torch, ...report(measured) })
    }
  }
  const [fastest] = tried.toSorted((a, b) => a.msPerStep - b.msPerStep)
  if (!fastest) throw new Error('PyTorch works in none of the modes')
  return fastest.torch
}

function refuse(message: string): void {
  console.error(`bench: ${message}`)
  process.exitCode = 2
}

await main()
