import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Path of a program beside this one. */
export const script = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Runs a script beside this one in a process of its own. */
export const measureScript = <Measurement>(file: string, args: string[], options?: MeasureOptions) =>
  measure<Measurement>(process.execPath, ['--disable-warning=ExperimentalWarning', script(file), ...args], options)

export interface MeasureOptions {
  env?: NodeJS.ProcessEnv
  /** Ends the program. */
  signal?: AbortSignal
}

/** Runs one program to its end and reads the measurement off its last line. */
export async function measure<Measurement>(
  program: string,
  args: string[],
  options: MeasureOptions = {},
): Promise<Measurement> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options })
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'killed'))
  })
  let last = ''
  for await (const line of createInterface(child.stdout)) last = line
  const end = await ended
  const hint = program === process.execPath ? '' : '; EXITLAB_PYTHON names the Python that has PyTorch'
  if (end !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${end}${hint}`)
  return JSON.parse(last) as Measurement
}

/** Prints a measurement. */
export function report<Measurement>(measurement: Measurement): Measurement {
  console.log(JSON.stringify(measurement))
  return measurement
}

export interface Times {
  seconds: number
  /** Of all threads together: other programs on the machine disturb them less. */
  processorSeconds: number
}

/** Times a piece of work. */
export async function timed<Answer>(work: () => Answer | Promise<Answer>): Promise<Times & { answer: Answer }> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const answer = await work()
  const { user, system } = process.cpuUsage(used)
  return { answer, seconds: (performance.now() - began) / 1000, processorSeconds: (user + system) / 1e6 }
}

/** The upper one of two in the middle. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Of this process, in 10⁶ bytes. */
export const peakMemoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1000)

/** Above 1 is better for speed. The median of the rounds' own ratios. */
export function medianRatio<Measurement>(
  { ours, theirs }: { ours: readonly Measurement[]; theirs: readonly Measurement[] },
  of: (ours: Measurement, theirs: Measurement) => number,
): number {
  return Number(median(ours.map((measurement, round) => of(measurement, theirs[round]!))).toFixed(3))
}
