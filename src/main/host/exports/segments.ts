import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SegmentsInput } from '../../../contract/exports.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { percent } from '../../../shared/format/numbers.ts'
import { pText } from '../../../shared/statistics/paired.ts'
import { caveatOf, probabilityText, riskWords, testInWords } from '../../../readings/thresholds/words.ts'
import { taskInfoOf } from '../../../shared/methods/task.ts'
import { chosenThreshold, ruleNameOf, ruleOfTask } from '../../../engine/pure.ts'
import { segmentFiles, type Leaving } from './writers/segment-files.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import { askReading } from '../comparison/readings/answer-reading.ts'
import { runDetail } from '../runs/run-detail.ts'
import type { ExportServices } from './services.ts'

/** A run whose network is written into a folder. */
interface Written {
  run: RunRow
  folder: string
  /** Its last phase. */
  last: PhaseRow
  leaving: SegmentsInput
}

/** Writes the network of a run as ONNX, what describes it, and a program that leaves early. Returns the names of the files. */
export async function writeSegments(
  services: ExportServices,
  { run, folder, last, leaving: asked }: Written,
): Promise<string[]> {
  const { phases, costs } = runDetail(services.store, run)
  const leaving = await leavingOf(services, run, asked)
  const { network } = last.definition
  const checkpoint = { ...phases.at(-1)!.checkpoint!, phaseId: last.id }
  const models = await services.trainers.writeSegments({ kind: 'segments', network, checkpoint, folder })
  const texts = segmentFiles({ network, costs, models, leaving })
  for (const [file, text] of Object.entries(texts)) await writeFile(join(folder, file), text, { flush: true })
  return [...models.map(({ file }) => file), ...Object.keys(texts)]
}

/** The threshold for a budget is chosen as comparisons choose it (method 7.3), on the validation samples of this run. */
async function leavingOf(
  services: ExportServices,
  run: RunRow,
  { rule: asked, budget, guarantee }: SegmentsInput,
): Promise<Leaving> {
  const { network } = services.store.series.get(run.seriesId)
  const rule = ruleNameOf(network, asked)
  const { fitted } = ruleOfTask(network, rule).fit
    ? await services.evaluations.scored(run, { rule, split: 'validation' })
    : { fitted: [] }
  const nothing = { rule, fitted, threshold: null, budget: null, validation: null, guarantee: null }
  if (guarantee) return { ...nothing, ...(await guaranteed(services, run, { rule, ...guarantee })) }
  if (budget === undefined) return nothing
  const { validation, backboneCost } = await services.evaluations.summary(run, { rule })
  const { thresholds, values, costs } = validation.curve
  const index = chosenThreshold(network, { costs, values, backboneCost, budget })
  if (index === null) throw tooSmall(run, budget, costs[0]! / backboneCost)
  return {
    ...nothing,
    threshold: thresholds[index]!,
    budget,
    validation: { [taskInfoOf(network).primary]: values[index]!, macs: costs[index]! },
  }
}

/** The threshold with a guarantee, as the reading of thresholds chooses it. */
async function guaranteed(
  services: ExportServices,
  run: RunRow,
  { tolerated, ...asked }: { rule: string } & NonNullable<SegmentsInput['guarantee']>,
): Promise<Pick<Leaving, 'threshold' | 'guarantee'>> {
  const question = { ...asked, runs: [run.id], tolerated: [tolerated], drops: [] }
  const answer = await askReading(services, { reading: 'thresholds', question })
  const { series, risk, bound, delta } = answer
  const { tested, choices } = series[0]!
  const { threshold, p, risk: sampleRisk } = choices[0]!.seeds[0]!
  if (threshold === null) throw notGuaranteed(run, `${risk} of at most ${short(tolerated)} % of ${bound ?? 'samples'}`)
  const sentence = `With probability ${probabilityText(delta)} % ${riskWords(answer)} is at most ${short(tolerated)} % (${testInWords(answer)}, p ${p! < 0.001 ? '' : '= '}${pText(p!)}).`
  const { samples } = tested
  const guarantee = {
    risk,
    ...(bound !== undefined && { bound }),
    tolerated,
    delta,
    samples,
    sampleRisk,
    p: p!,
    sentence,
    caveat: caveatOf(series),
  }
  return { threshold, guarantee }
}

/** A share in %, with the digits that it has. */
const short = (share: number) => String(Number((100 * share).toPrecision(4)))

function notGuaranteed({ name }: RunRow, what: string): ExitlabError {
  return new ExitlabError(
    'usage',
    `${name} has no threshold that guarantees ${what}: every sample would go to the final exit. Tolerate more, or train with more calibration samples (data.calibration).`,
  )
}

function tooSmall({ name }: RunRow, budget: number, least: number): ExitlabError {
  const [asked, cheapest] = [budget, least].map((share) => `${percent(share)} %`)
  return new ExitlabError(
    'usage',
    `${name} has no threshold for a budget of ${asked} of the backbone's cost: leaving as early as possible costs ${cheapest}. Choose a larger budget.`,
  )
}
