/**
 * `npm run check:gpu`: whether training on an NVIDIA card is what it is on the processor, on a machine that has one. Networks of the
 * bench (`resnet20` and `vit`, or those named) train ten steps on both: loss and gradients within `tolerances`; deterministic
 * algorithms the same bits again, and resumed; speeds. One JSON line a finding; exit code 1 where one is not as it should be.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chosenCards } from '../../src/main/host/trainers/chosen-cards.ts'
import type { Card } from '../../src/shared/device.ts'
import { ExitlabError } from '../../src/shared/error.ts'
import { type BenchCaseName, benchCases } from '../bench/cases.ts'
import { report } from '../bench/measure.ts'
import { checkCard, type Measured, type Question } from './check-card.ts'
import { gradientsIn, measureSteps, stateFile } from './measure-steps.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { device: { type: 'string', default: 'cuda:0' } },
})
const names = (positionals.length > 0 ? positionals : ['resnet20', 'vit']) as BenchCaseName[]
const folder = mkdtempSync(join(tmpdir(), 'exitlab-check-gpu-'))
try {
  await main()
} finally {
  rmSync(folder, { recursive: true })
}

async function main(): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(benchCases, name))
  if (unknown) return refuse(`there is no network ${unknown}; choose of ${Object.keys(benchCases).join(', ')}`)
  const card = await cardToCheck()
  if (card === null) return
  report({ check: 'card', ...card })
  let failed = 0
  for (const name of names) {
    for await (const finding of checkCard(name, (question) => measured(question, card))) {
      report(finding)
      if (!finding.ok) failed++
    }
  }
  report({ check: 'all', ok: failed === 0, failed })
  process.exitCode = failed === 0 ? 0 : 1
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

async function measured({ algorithms, resumes = false, ...question }: Question, card: Card): Promise<Measured> {
  const { name, precision } = question
  const state = stateFile(folder, `${name} ${precision} ${algorithms ?? 'processor'}`)
  const to = resumes || question.batchSize !== benchCases[name].batchSize ? `${state}.other` : state
  const place = { card: algorithms === null ? null : card, algorithms: algorithms ?? 'deterministic' }
  const steps = await measureSteps({ ...question, from: resumes ? state : null, to }, place)
  return { ...steps, gradients: gradientsIn(to) }
}
