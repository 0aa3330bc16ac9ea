import { readFileSync } from 'node:fs'
import { expect, expectTypeOf, test } from 'vitest'
import type {
  ClassifiedRun,
  EvaluationSummary,
  ExitPredictions,
  OutputsSource,
  ReadingSources,
  ScoredExits,
  SplitOutputs,
} from '../../src/main/extensions/extension.ts'
import { sourceNames, sourceShapes } from '../../src/readings/source-shapes.ts'

const documentation = readFileSync(new URL('../../docs/extensions.md', import.meta.url), 'utf8')

test('the documents say what every source of a reading gives, in the words of messages', () => {
  const rows = [...documentation.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm)].map(([, name, gives]) => [
    name,
    gives!.replaceAll('`', ''),
  ])
  const ofSources = rows.filter(([name]) => sourceNames.includes(name as keyof ReadingSources))
  const inWords = ([name, gives]: [string, string]) => [name, gives.replaceAll('`', '')]
  expect(ofSources).toEqual(Object.entries(sourceShapes).map(inWords))
})

test('the types that extensions import have what the sources of a reading give', () => {
  expectTypeOf<Awaited<ReturnType<ReadingSources['outputs']>>[0]>().toEqualTypeOf<ClassifiedRun>()
  expectTypeOf<ClassifiedRun['predictions']>().toEqualTypeOf<ExitPredictions>()
  expectTypeOf<ExitPredictions['classes']>().toEqualTypeOf<Int32Array>()
  expectTypeOf<ExitPredictions['confidences']>().toEqualTypeOf<Float64Array>()
  expectTypeOf<ClassifiedRun['scored']>().toEqualTypeOf<ScoredExits>()
  expectTypeOf<Awaited<ReturnType<ReadingSources['runs']>>>().toEqualTypeOf<EvaluationSummary[]>()
  expectTypeOf<EvaluationSummary['test']['curve']['values']>().toEqualTypeOf<Float64Array>()
  expectTypeOf<Awaited<ReturnType<OutputsSource['exit']>>>().toEqualTypeOf<SplitOutputs>()
  expectTypeOf<SplitOutputs['logits']>().toEqualTypeOf<Float32Array>()
})
