/**
 * `npm run check:gpu`: whether training on an NVIDIA card is what it is on the processor, on a machine that has one. Networks of the
 * bench (`resnet20` and `vit`, or those named) train ten steps on both: loss and gradients within `tolerances`; deterministic
 * algorithms the same bits again, and resumed. Then speeds of all of them, or those named, at batch sizes that fill the card, an epoch, and
 * PyTorch's speeds, where EXITLAB_PYTHON has it, until nine and a half minutes are over. One JSON line a finding; exit code 1 where one
 * is not as it should be.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { chosenCards } from '../../src/main/execution/trainer-pool/chosen-cards.ts'
import type { Card } from '../../src/shared/phases/device.ts'
import { ExitlabError } from '../../src/shared/basics/error.ts'
import { type BenchCaseName, benchCases } from '../bench/cases.ts'
import type { EpochPlace } from '../bench/epoch.ts'
import { measureScript, report } from '../bench/measure.ts'
import { checkCard, type Finding, type Measured, type Question } from './check-card.ts'
import { compareSpeeds, type EpochQuestion, type EpochRate, LeftOut, type Meters } from './compare-speeds.ts'
import { gradientsIn, measureSteps, stateFile } from './measure-steps.ts'
import { measureTorch, whyNoTorch } from './torch.ts'

const minutes = 9.5
/** The second of two epochs is measured, and made-up images take long to write. */
const epochSeconds = 5

const { values, positionals } = scriptArguments({
  allowPositionals: true,
  options: { device: { type: 'string', default: 'cuda:0' } },
})
const named = positionals as BenchCaseName[]
const compared: BenchCaseName[] = named.length > 0 ? named : ['resnet20', 'vit']
const timed = named.length > 0 ? named : (Object.keys(benchCases) as BenchCaseName[])
const signal = AbortSignal.timeout(minutes * 60_000)
const folder = mkdtempSync(join(tmpdir(), 'exitlab-check-gpu-'))
try {
  await main()
} finally {
  // A process that was ended may be writing still.
  rmSync(folder, { recursive: true, maxRetries: 10 })
}

async function main(): Promise<void> {
  const unknown = named.find((name) => !Object.hasOwn(benchCases, name))
  if (unknown) return refuse(`there is no network ${unknown}; choose of ${Object.keys(benchCases).join(', ')}`)
  const card = await cardToCheck()
  if (card === null) return
  report({ check: 'card', ...card })
  let [failed, leftOut] = [0, 0]
  for await (const finding of findings(card)) {
    report(finding)
    if (!finding.ok) failed++
    if ('leftOut' in finding) leftOut++
  }
  report({ check: 'all', ok: failed === 0, failed, leftOut })
  process.exitCode = failed === 0 ? 0 : 1
}

async function* findings(card: Card): AsyncGenerator<Pick<Finding, 'check' | 'ok'>> {
  for (const name of compared) yield* checkCard(name, (question) => measured(question, card))
  const python = process.env.EXITLAB_PYTHON ?? 'python3'
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: card.id }
  const leftOut = await whyNoTorch(python, env)
  if (leftOut !== null) yield { check: 'torch', ok: true, leftOut } as Pick<Finding, 'check' | 'ok'>
  const torch: Meters['torch'] = (question) => measureTorch(question, { python, device: 'cuda', env, signal })
  yield* compareSpeeds(timed, {
    steps: (question) => inTime(measured(question, card, signal)),
    epoch: (question) => inTime(measuredEpoch(question, card)),
    // That PyTorch fails, as where it finds no compiler, is no fault of Exitlab.
    torch: leftOut === null ? (question) => inTime(torch(question)).catch(leaveOut) : null,
  })
}

function leaveOut({ message }: Error): never {
  throw new LeftOut(message)
}

/** What was ended because the time is over is left out. */
async function inTime<Result>(measuring: Promise<Result>): Promise<Result> {
  try {
    return await measuring
  } catch (error) {
    throw signal.aborted ? new LeftOut(`the ${minutes} minutes were over`) : error
  }
}

async function cardToCheck(): Promise<Card | null> {
  try {
    const cards = await chosenCards(values.device, process.env)
    if (cards !== null) return cards[0]!
    refuse('the processor is what a card is compared with; choose cuda:N')
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    refuse(error.message)
  }
  return null
}

function refuse(reason: string): void {
  console.error(`check:gpu: ${reason}`)
  process.exitCode = 1
}

async function measured(
  { algorithms, resumes = false, ...question }: Question,
  card: Card,
  signal?: AbortSignal,
): Promise<Measured> {
  const { name, precision } = question
  const state = stateFile(folder, `${name} ${precision} ${algorithms ?? 'processor'}`)
  const to = resumes || question.batchSize !== benchCases[name].batchSize ? `${state}.other` : state
  const place = { card: algorithms === null ? null : card, algorithms: algorithms ?? 'deterministic', signal } as const
  const steps = await measureSteps({ ...question, from: resumes ? state : null, to }, place)
  return { ...steps, gradients: gradientsIn(to) }
}

/** Images are written to the folder that is removed at the end, however the process ends. */
function measuredEpoch({ name, precision, ...question }: EpochQuestion, card: Card): Promise<EpochRate> {
  const place: EpochPlace = { ...question, card, algorithms: 'fast', epochSeconds }
  const args = [name, String(availableParallelism()), precision, JSON.stringify(place)]
  return measureScript('epoch.ts', args, { env: { ...process.env, TMPDIR: folder }, signal })
}
