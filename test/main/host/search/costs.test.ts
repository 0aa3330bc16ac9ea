import { expect, it } from 'vitest'
import { inputOfRung } from '../../../../src/main/host/search/costs.ts'
import { searched } from './searched.ts'

it('runs of the last rung are those of the file, with its text, and runs of others of an experiment without one', () => {
  const { file, folder } = searched({}, { epochs: 9 })
  const asked = { file, folder, source: 'name: toy' }
  const rung = (divisor: number) => ({ divisor, seeds: 1, candidates: 4 })
  expect(inputOfRung(asked, rung(1), 2)).toEqual(asked)
  const first = inputOfRung(asked, rung(9), 0)
  expect([first.source, first.folder, first.file.name, first.file.training.epochs]).toEqual([
    null,
    folder,
    'toy-rung-1',
    1,
  ])
})
