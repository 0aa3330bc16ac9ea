import { expect, test } from 'vitest'
import { fieldNamed } from '../../../../../src/renderer/components/runs/query/fields.ts'
import { columnFor, descendsFirst } from '../../../../../src/renderer/components/runs/table/columns.ts'

test('columns of metrics are called after the metric of the task that is listed', () => {
  const titles = ([undefined, 'regression', null] as const).map((task) => columnFor('test', { task }).title)
  expect(titles).toEqual(['Final test (%)', 'Final test MSE', 'Final test metric'])
  expect(columnFor('val.exit1', { task: 'regression' }).meaning).toBe('validation MSE of exit 1')
  expect(columnFor('val.mean', { task: undefined })).toMatchObject({
    title: 'Mean val. (%)',
    meaning: 'validation accuracy, mean of all exits',
  })
})

test('a click sorts the best first: the lowest error, the highest accuracy', () => {
  expect(descendsFirst('test', { task: undefined })).toBe(true)
  expect(descendsFirst('test', { task: 'regression' })).toBe(false)
  expect(descendsFirst('seed', { task: 'regression' })).toBe(true)
  expect(descendsFirst('name', { task: 'regression' })).toBe(false)
})

test('keys of the query language name the metric of every task', () => {
  const meaningOf = (key: string) => fieldNamed(key)!.field.meaning
  expect(meaningOf('val')).toBe('accuracy (%) or MSE of the final exit on validation samples')
  expect(meaningOf('val.mean')).toBe('accuracy (%) or MSE (mean of all exits) on validation samples')
  expect(meaningOf('test.exit2')).toBe('accuracy (%) or MSE of exit 2 on test samples')
})
