/**
 * `npm run bench`: milliseconds per training step, images per second, time to the first step and peak memory of the real
 * training step, one JSON line a measurement; `--precision bfloat16` in mixed precision. With `--against torch` PyTorch runs the
 * same networks alternately in the same call, in the fastest of its modes (all are measured once, unless `--modes` names some;
 * for bfloat16 those of float32 too), and a line of ratios per case follows (medians over the rounds). With `--epoch` it measures whole epochs in a real
 * trainer process instead, and how much of the bare step's rate is left of them; with `--dominance` what measuring gradient
 * dominance during training costs.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { precision } from '../../src/shared/precision.ts'
import { benchCases } from './cases.ts'

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
  const kinds = [options.epoch && '--epoch', options.dominance && '--dominance', options.against && '--against']
  const asked = kinds.filter((kind) => kind)
  if (asked.length > 1) return refuse(`${asked.join(' and ')} exclude each other`)
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

/** Above 1 is better for speed; memory below 1 is better. Each is the median of the rounds' own ratios. */
function ratios(name: string, { ours, theirs }: { ours: Measurement[]; theirs: Measurement[] }) {
  const median = (of: (a: Measurement, b: Measurement) => number) => {
    const sorted = ours.map((measurement, i) => of(measurement, theirs[i]!)).sort((a, b) => a - b)
    return Number(sorted[sorted.length >> 1]!.toFixed(3))
  }
  return {
    case: name,
    against: theirs[0]!.engine,
    rounds: ours.length,
    speedRatio: median((a, b) => a.imagesPerSecond / b.imagesPerSecond),
    processorRatio: median((a, b) => b.processorMsPerStep / a.processorMsPerStep),
    memoryRatio: median((a, b) => a.peakMemoryMb / b.peakMemoryMb),
    firstStepSeconds: median((a) => a.firstStepSeconds),
  }
}

const script = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const runScript = (file: string, name: string) =>
  measure(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script(file),
    name,
    options.threads,
    options.precision,
  ])

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

/** Runs one program to its end and reads the measurement off its last line. */
async function measure(program: string, args: string[]): Promise<Measurement> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'killed'))
  })
  let last = ''
  for await (const line of createInterface(child.stdout)) last = line
  const end = await ended
  if (end !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${end}; PyTorch is looked for by --python`)
  return JSON.parse(last) as Measurement
}

function report(measurement: Measurement): Measurement {
  console.log(JSON.stringify(measurement))
  return measurement
}

function refuse(message: string): void {
  console.error(`bench: ${message}`)
  process.exitCode = 2
}

await main()
