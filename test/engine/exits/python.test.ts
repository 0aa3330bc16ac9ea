import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { stream } from '../../../src/engine/random.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { pythonWith } from '../../support/python.ts'
import { fittedTo } from '../../support/scored.ts'

const [exitCount, sampleCount] = [5, 40]

/** Few different values, so that classes agree from exit to exit. */
function outputsOf(task: 'regression' | undefined): ExitOutputs {
  const source = stream(1, 'outputs')
  const classCount = task ? 1 : 3
  const logits = Float32Array.from({ length: exitCount * sampleCount * classCount }, () => source.integer(4))
  const targets = task
    ? new Float32Array(sampleCount)
    : Int32Array.from({ length: sampleCount }, () => source.integer(3))
  return { exitCount, sampleCount, classCount, logits, targets }
}

test.for(exitRules.names())('%s has the same scores in Python', (name, { skip }) => {
  const found = pythonWith('numpy')
  if (found.python === null) return skip(found.reason)
  const rule = exitRules.get(name)
  const outputs = outputsOf(rule.task)
  const fitted = fittedTo(rule, outputs)
  const program = `
import json, numpy as np
softmax = lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum()
all = np.array(${JSON.stringify([...outputs.logits])}, float).reshape(${exitCount}, ${sampleCount}, -1)
numbers = ${JSON.stringify(fitted)}
score = lambda logits: (lambda fitted: ${rule.python})(numbers[: len(logits)])
print(json.dumps([float(score(list(all[: exit + 1, sample]))) for exit in range(${exitCount}) for sample in range(${sampleCount})]))`
  const scores = JSON.parse(execFileSync(found.python, ['-c', program], { encoding: 'utf8' })) as number[]
  const expected = [...scoreExits(rule, outputs, { fitted }).scores]
  expect(new Set(expected).size).toBeGreaterThan(1)
  expect(scores).toEqual(expected.map((score) => expect.closeTo(score, 12)))
})
