// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { paletteGroups } from '../../../../src/renderer/components/shell/palette-groups.ts'
import type { Command } from '../../../../src/renderer/composables/use-commands.ts'
import { runSummary } from '../../support/run-summary.ts'

const command = (title: string, rest: Partial<Command> = {}): Command => ({ id: title, title, run: () => {}, ...rest })
const commands = [
  command('Go to compare', { group: 'Pages', keywords: 'regimes' }),
  command('Compare 3 selected runs'),
  command('Theme: dark'),
]
const runs = [
  runSummary({ id: 'a', name: 'vit-mixed-s1', tags: ['paper'], note: 'to compare both engines' }),
  runSummary({ id: 'b', name: 'vit-joint-s1', status: 'failed' }),
]
const titles = (query: string, all = runs) =>
  Object.fromEntries(
    paletteGroups(query, { commands, runs: all, openRun: () => {} }).map(({ title, entries }) => [
      title,
      entries.map((entry) => entry.title),
    ]),
  )

describe('the command palette', () => {
  it('lists every action and no run before anything is written', () => {
    expect(titles('')).toEqual({ Pages: ['Go to compare'], Actions: ['Compare 3 selected runs', 'Theme: dark'] })
  })

  it('finds actions and runs that have every word, in their notes too', () => {
    expect(titles('comp')).toEqual({
      Pages: ['Go to compare'],
      Actions: ['Compare 3 selected runs'],
      Runs: ['vit-mixed-s1'],
    })
    expect(titles('vit failed')).toEqual({ Runs: ['vit-joint-s1'] })
    expect(titles('nowhere')).toEqual({})
  })

  it('looks among actions, runs or tags alone after a sign', () => {
    expect(titles('> compare')).toEqual({ Pages: ['Go to compare'], Actions: ['Compare 3 selected runs'] })
    expect(titles('@')).toEqual({ Runs: ['vit-mixed-s1', 'vit-joint-s1'] })
    expect(titles('#pap')).toEqual({ Runs: ['vit-mixed-s1'] })
  })

  it('lists no more runs than can be read', () => {
    const many = Array.from({ length: 100 }, (_, index) => runSummary({ id: `${index}` }))
    expect(titles('run', many).Runs).toHaveLength(12)
  })

  it('opens the run that is chosen', () => {
    const openRun = vi.fn()
    paletteGroups('@joint', { commands, runs, openRun })[0]!.entries[0]!.run()
    expect(openRun).toHaveBeenCalledWith(runs[1])
  })
})
