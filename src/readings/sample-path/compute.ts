import { readLogits } from '../../engine/exits/logit-row.ts'
import { nearestSamples, probabilitiesOf } from './compute/sample-outputs.ts'
import { leavingExits } from '../../engine/evaluation/scored-exits.ts'
import type { ScoredRun } from '../../engine/evaluation/scored-run.ts'
import { ruleOfTask } from '../../engine/exits/index.ts'
import { isScaled } from '../../engine/exits/scaled.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitOutputs } from '../../shared/evaluation/evaluation.ts'
import { fixed } from '../../shared/format/numbers.ts'
import { extent } from '../../shared/statistics/statistics.ts'
import { checkThresholds } from '../../shared/evaluation/check-thresholds.ts'
import type { ReadingSources } from '../sources.ts'
import type { PathExit, PathPrediction, SamplePathAnswer, SamplePathQuestion } from './schema.ts'

/** Most probable classes that are named. */
const namedClasses = 3

/** @throws ExitlabError `usage` for several runs, a sample that there is not, or a wrong number of thresholds. */
export async function compute(
  sources: ReadingSources,
  { sample, thresholds, neighbours, ...asked }: SamplePathQuestion,
): Promise<SamplePathAnswer> {
  const [run] = await sources.scored(asked)
  const { id, task, readOn: split = 'test' } = run.identity
  const { scored } = run
  checkThresholds(thresholds, scored.exitCount)
  refuseOther(sample, scored.sampleCount)
  const leavesAt = leavingExits(scored, thresholds)
  const leaves = leavesAt[sample]!
  const leaving = [...leavesAt.keys()].filter((each) => leavesAt[each] === leaves)
  const { own, others } = await sources.logits({ runs: asked.runs }, async (outputs) => {
    const nearest = nearestSamples(await outputs.exit(leaves), { sample, candidates: leaving, count: neighbours })
    const withOutputs = nearest.map(async (each) => ({ ...each, outputs: await outputs.samples(each.sample, 1) }))
    return { own: await outputs.samples(sample, 1), others: await Promise.all(withOutputs) }
  })
  const names = task ? [] : await sources.classes(id, own.classCount)
  const nameOf = (target: number) => (task ? fixed(target, 2) : names[target]!)
  const rule = sources.ruleOf(asked)
  const exitRule = ruleOfTask({ task }, rule)
  const temperatures = isScaled(exitRule) ? run.fitted.map(([temperature]) => temperature!) : []
  const exits = exitsOf(run, { own, sample, thresholds, temperatures, nameOf })
  const place = leaving.indexOf(sample)
  return {
    ...(task && { task }),
    ...{ run: id, name: sources.run([id]).name, split, rule, sample, leaves, exits },
    target: nameOf(own.targets[0]!),
    leaving: {
      ...{ count: leaving.length, place },
      ...{ before: leaving[place - 1] ?? null, behind: leaving[place + 1] ?? null },
    },
    range: extent([
      ...exitRule.thresholds(scored.exitCount),
      ...exits.flatMap(({ score, threshold }) => [score, threshold ?? score]),
    ]) as [number, number],
    neighbours: others.map(({ outputs, ...each }) => ({
      ...each,
      target: nameOf(outputs.targets[0]!),
      exits: predictionsOf(outputs, nameOf),
    })),
  }
}

function refuseOther(sample: number, sampleCount: number): void {
  if (sample < sampleCount) return
  throw new ExitlabError('usage', `There is no sample ${sample}: expected 0 to ${sampleCount - 1}.`)
}

interface Path {
  /** Outputs of all exits for this sample alone. */
  own: ExitOutputs
  sample: number
  thresholds: number | readonly number[]
  /** Of the exits, under a scaled rule; none under others. */
  temperatures: readonly number[]
  nameOf(target: number): string
}

function exitsOf({ identity, scored }: ScoredRun, { own, sample, thresholds, temperatures, nameOf }: Path): PathExit[] {
  const { exitCosts, exitBlocks, backboneCost } = identity
  const last = scored.exitCount - 1
  const thresholdAt = (exit: number) => (typeof thresholds === 'number' ? thresholds : thresholds[exit]!)
  return predictionsOf(own, nameOf).map((predicted, exit) => ({
    ...{ exit, block: exitBlocks[exit]!, fraction: exitCosts[exit]! / backboneCost },
    score: scored.scores[exit * scored.sampleCount + sample]!,
    threshold: exit === last ? null : thresholdAt(exit),
    ...predicted,
    classes: classesOf(logitsOf(own, exit), { label: own.targets[0]!, temperature: temperatures[exit], nameOf }),
  }))
}

/** What each exit says of the one sample of the outputs. */
function predictionsOf(outputs: ExitOutputs, nameOf: Path['nameOf']): PathPrediction[] {
  const { exitCount, classCount, targets } = outputs
  const isOfClasses = classCount > 1
  return Array.from({ length: exitCount }, (_, exit) => {
    const logits = logitsOf(outputs, exit)
    const value = isOfClasses ? readLogits(logits, 0, classCount).predicted : logits[0]!
    return { prediction: nameOf(value), isRight: isOfClasses ? value === targets[0] : null }
  })
}

/** The most probable classes, the lower one of equals first, and the true one. */
function classesOf(
  logits: Float32Array,
  { label, temperature, nameOf }: { label: number; temperature: number | undefined; nameOf: Path['nameOf'] },
): PathExit['classes'] {
  if (logits.length === 1) return []
  const probabilities = probabilitiesOf(logits, temperature)
  const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]! || a - b)
  return ranked
    .filter((each, place) => place < namedClasses || each === label)
    .map((each) => ({ name: nameOf(each), isTrue: each === label, probability: probabilities[each]! }))
}

const logitsOf = ({ logits, classCount }: ExitOutputs, exit: number) =>
  logits.subarray(exit * classCount, (exit + 1) * classCount)
