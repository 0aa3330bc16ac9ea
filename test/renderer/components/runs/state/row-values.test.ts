// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { ref } from 'vue'
import { useRowValues } from '../../../../../src/renderer/components/runs/state/row-values.ts'
import type { TableState } from '../../../../../src/renderer/components/runs/state/table-state.ts'
import { aRun } from '../support/run.ts'

test('columns have room for their longest number, or two of them where runs differ, and none for long texts', () => {
  const setting = (path: string, values: string[], differs: boolean) => ({
    path,
    values: values.map((value) => ({ value, count: 1 })),
    differs,
  })
  const settings = [
    setting('training.learningRate', ['0.1', '0.00125'], true),
    setting('training.batchSize', ['128'], false),
    setting('data.path', ['/a/folder/with/a/long/name'], false),
  ]
  const table = { matching: ref([aRun({ seed: 7 }), aRun({ seed: 1234 })]), settings: ref(settings) }
  expect(useRowValues(table as unknown as TableState).longest.value).toEqual({
    'training.learningRate': 17,
    'training.batchSize': 3,
    seed: 4,
  })
})
