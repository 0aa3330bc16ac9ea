import { describe, expect, it } from 'vitest'
import { tableSettings } from '../../../src/main/cli/table-settings.ts'

describe('settings that only one table has', () => {
  it('are numbers, words, or lists where the table takes a list', () => {
    expect(tableSettings('thresholds', ['risk=inconsistency', 'delta=0.05', 'tolerated=0.01', 'drops=0.5,1'])).toEqual({
      risk: 'inconsistency',
      delta: 0.05,
      tolerated: [0.01],
      drops: [0.5, 1],
    })
    expect(tableSettings('exits', ['quantity=calibration'])).toEqual({ quantity: 'calibration' })
    expect(tableSettings('budgets', ['marked=yes', 'eachSeed=false'])).toEqual({ marked: true, eachSeed: false })
    expect(tableSettings('budgets', [])).toEqual({})
  })

  it('are a number or several where the table takes either', () => {
    expect(tableSettings('what-if', ['thresholds=0.7'])).toEqual({ thresholds: 0.7 })
    expect(tableSettings('sample-path', ['thresholds=0.7,0.8'])).toEqual({ thresholds: [0.7, 0.8] })
  })

  it.each([
    ['thresholds', 'rsk=1', /rsk=1 is no setting of the table thresholds: expected .*risk=VALUE/],
    ['thresholds', 'delta', /delta is no setting/],
    ['thresholds', 'budgets=3', /budgets=3 is no setting/],
    ['settings', 'n=3', /n=3 is no setting of the table settings: it has none\./],
    ['exits', 'constructor=1', /constructor=1 is no setting/],
  ])('are refused where a table does not have them: %s, %s', (table, text, message) => {
    expect(() => tableSettings(table, [text])).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    )
  })
})
