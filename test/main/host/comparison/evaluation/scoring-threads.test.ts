import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { RunIdentity } from '../../../../../src/engine/pure.ts'
import { summariseEvaluation } from '../../../../../src/engine/evaluation/evaluation-summary.ts'
import { scoreSplit } from '../../../../../src/engine/evaluation/whole-split.ts'
import { fitRule } from '../../../../../src/engine/evaluation/fit-rule.ts'
import { exitRules } from '../../../../../src/engine/exits/index.ts'
import { stream } from '../../../../../src/engine/random.ts'
import { readEvaluation } from '../../../../../src/files/evaluation-file.ts'
import { scoreEvaluation } from '../../../../../src/main/host/comparison/evaluation/score-evaluation.ts'
import { scoreElsewhere } from '../../../../../src/main/host/comparison/evaluation/scoring-threads.ts'
import type { ExitOutputs } from '../../../../../src/shared/evaluation/evaluation.ts'
import { encodeSafetensors } from '../../../../../src/shared/safetensors/safetensors.ts'
import { sourceOf } from '../../../../support/outputs-source.ts'

const about: RunIdentity = {
  id: 'r',
  experiment: 'e',
  regime: 'joint',
  series: 'joint',
  seed: 1,
  exitCosts: [1, 2],
  exitBlocks: [0, null],
  backboneCost: 2,
}

function outputsOf(name: string, sampleCount: number): ExitOutputs {
  const source = stream(1, name)
  const [exitCount, classCount] = [2, 3]
  const logits = Float32Array.from({ length: exitCount * sampleCount * classCount }, () => 4 * source.uniform())
  const targets = Int32Array.from({ length: sampleCount }, (_, sample) => sample % classCount)
  return { exitCount, sampleCount, classCount, logits, targets }
}

const [validation, test_] = [outputsOf('validation', 40), outputsOf('test', 60)]

/** Files are small; threads read those that are said to be large. */
const sizes = { here: { bytes: 1000 }, 'in a thread': { bytes: 2 ** 30 } }

function evaluation(splits: Record<'validation' | 'test', ExitOutputs>) {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-reading-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const arrays = Object.entries(splits).flatMap(([split, { exitCount, sampleCount, classCount, logits, targets }]) => [
    [`${split}.logits`, { shape: [exitCount, sampleCount, classCount], values: logits }] as const,
    [`${split}.labels`, { shape: [sampleCount], values: targets as Int32Array }] as const,
  ])
  const bytes = encodeSafetensors(Object.fromEntries(arrays), { content: 'evaluation' })
  const path = join(folder, 'evaluation.safetensors')
  writeFileSync(path, bytes)
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const fittedRules = ['scaled-confidence', 'learned-gate']
const places = Object.entries(sizes).flatMap(([place, size]) => fittedRules.map((rule) => [place, rule, size] as const))

test.each(places)('an evaluation is summarised and scored %s under the rule %s', async (_, rule, size) => {
  const file = evaluation({ validation, test: test_ })
  const read = { validation: sourceOf(validation), test: sourceOf(test_) }
  const made = await summariseEvaluation({ ...about, ...read }, rule)
  const splits = { validation: made.validation, test: made.test }
  expect(await scoreElsewhere({ what: 'summaries', file, about, rule }, size)).toEqual({ made: splits })
  const fitted = await fitRule(exitRules.get(rule), read.validation)
  const scored = { ...(await scoreSplit(exitRules.get(rule), read.test, fitted)), fitted }
  expect(await scoreElsewhere({ what: 'test', file, about, rule }, size)).toEqual({ made: scored })
})

test('many evaluations are read together, each with its own result', async () => {
  const files = Array.from({ length: 30 }, (_, index) =>
    evaluation({ validation, test: outputsOf(`test ${index}`, 10 + index) }),
  )
  const found = await Promise.all(
    files.map((file) => scoreElsewhere({ what: 'test', file, about, rule: 'entropy' }, sizes.here)),
  )
  const counts = found.map((each) => ('made' in each ? each.made.scored.sampleCount : each.fault))
  expect(counts).toEqual(files.map((_, index) => 10 + index))
})

test.each(Object.entries(sizes))('reports what is wrong with a file %s', async (_, size) => {
  const ask = { what: 'summaries', about, rule: 'confidence' } as const
  const file = evaluation({ validation, test: test_ })
  const other = { ...file, sha256: '0'.repeat(64) }
  expect(await scoreElsewhere({ ...ask, file: other }, size)).toEqual({ fault: expect.stringContaining('SHA-256') })
  const gone = { ...file, path: `${file.path}.gone` }
  expect(await scoreElsewhere({ ...ask, file: gone }, size)).toEqual({ fault: 'is missing' })
  const diverged = evaluation({ validation, test: { ...test_, logits: test_.logits.map(() => NaN) } })
  const refusal = { code: 'data', message: expect.stringContaining('not a finite number') }
  await expect(scoreElsewhere({ ...ask, file: diverged }, size)).rejects.toMatchObject(refusal)
})

test('refuses an evaluation that another program writes to while it is read', async () => {
  const file = evaluation({ validation, test: test_ })
  const ask = { what: 'summaries', file, about, rule: 'confidence' } as const
  let isRead = false
  const reading = scoreEvaluation(ask).finally(() => (isRead = true))
  for (let time = 1; !isRead; time++) {
    utimesSync(file.path, time, time)
    await setImmediate()
  }
  expect(await reading).toEqual({ fault: 'was written to while it was read' })
  expect(await scoreEvaluation(ask)).toHaveProperty('made')
})

test('an evaluation that is cut short after its header was read is refused', async () => {
  const { path } = evaluation({ validation, test: test_ })
  await using file = await open(path)
  const outputs = await readEvaluation(file, path)
  truncateSync(path, 600)
  const refusal = { code: 'checkpoint-damaged', message: `${path} was cut short while it was read.` }
  await expect(outputs.test.exit(1)).rejects.toMatchObject(refusal)
})
