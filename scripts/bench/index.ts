/**
 * `npm run bench`: milliseconds per training step, images per second, time to the first step and peak memory of the real
 * training step, one JSON line a measurement; `--precision bfloat16` in mixed precision. With `--against torch` PyTorch runs the
 * same networks alternately in the same call, in the fastest of its modes (all are measured once, unless `--modes` names some;
 * for bfloat16 those of float32 too), and a line of ratios per case follows (medians over the rounds). `zoo` stands for networks of
 * torchvision, from ONNX files, which are compared with eager PyTorch as well, and ResNet-18 with the family's own. With `--epoch` it measures whole epochs in a real
 * trainer process instead, and how much of the bare step's rate is left of them; with `--dominance` what measuring gradient
 * dominance during training costs; with `--images` how fast image files become batches, with `--listing` how fast folders of
 * them are listed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { precision } from '../../src/shared/experiment/precision.ts'
import { benchCases, zoo } from './cases.ts'
import { benchImages } from './image-loading.ts'
import { measure, measureScript, medianRatio, report, script } from './measure.ts'
import { exportedNetwork } from './zoo.ts'

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

const { values: options, positionals } = scriptArguments({
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
  const given = positionals.length > 0 ? positionals : Object.keys(benchCases)
  const names = given.flatMap((name) => (name === 'zoo' ? zoo : name))
  const known = [...Object.keys(benchCases), ...zoo]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown)
    return refuse(`no bench case '${unknown}'; there are ${known.join(', ')}, and zoo for the last ${zoo.length}`)
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
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-bench-'))
  try {
    const own = zoo.includes(name) ? await exportedNetwork(name, { ...options, folder }) : name
    const rivals = await rivalsOf(name)
    const ours: Measurement[] = []
    const theirs = rivals.map((): Measurement[] => [])
    for (let round = 0; round < Number(options.rounds); round++) {
      ours.push(report(await exitlab(own)))
      for (const [index, rival] of rivals.entries()) theirs[index]!.push(report(await rival(name)))
    }
    for (const each of theirs) report(ratios(name, { ours, theirs: each }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** PyTorch in its fastest mode, and for networks of the zoo eager as well, and the family's own network where there is one. */
async function rivalsOf(name: string): Promise<Competitor[]> {
  if (!options.against) return []
  const modes = await torchModes(name)
  const eager = zoo.includes(name) ? modes.filter(({ mode }) => mode === 'eager') : []
  const torch = [...new Set([...eager, modes[0]!])].map((each) => each.torch)
  return name === 'resnet18' ? [...torch, () => exitlab('built-in resnet18')] : torch
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

/** PyTorch in its modes, the fastest first; one that does not work here is left out. */
async function torchModes(name: string): Promise<{ mode: string; torch: Competitor; msPerStep: number }[]> {
  const tried: Awaited<ReturnType<typeof torchModes>> = []
  for (const format of new Set([options.precision, 'float32'])) {
    for (const mode of options.modes.split(',')) {
      const torch = torchIn(format, mode)
      const measured = await torch(name).catch((error: Error) => console.error(`bench: ${error.message}`))
      if (measured) tried.push({ mode, torch, ...report(measured) })
    }
  }
  if (tried.length === 0) throw new Error('PyTorch works in none of the modes')
  return tried.toSorted((a, b) => a.msPerStep - b.msPerStep)
}

function refuse(message: string): void {
  console.error(`bench: ${message}`)
  process.exitCode = 2
}

await main()
