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
const doing = { openRun: () => {}, openExperiment: () => {}, compare: () => {} }
const titles = (query: string, all = runs) =>
  Object.fromEntries(
    paletteGroups(query, { ...doing, commands, runs: all }).map(({ title, entries }) => [
      title,
      entries.map((entry) => entry.title),
    ]),
  )

describe('the command palette', () => {
  it('lists every action and no run before anything is written', () => {
    expect(titles('')).toEqual({ Pages: ['Go to compare'], Actions: ['Compare 3 selected runs', 'Theme: dark'] })
  })

  it('lists exports behind everything else before anything is written', () => {
    const exported = command('Export: runs as LaTeX', { group: 'Export' })
    const groups = (query: string) => paletteGroups(query, { ...doing, commands: [exported, ...commands], runs })
    expect(groups('').map(({ title }) => title)).toEqual(['Pages', 'Actions', 'Export'])
    expect(groups('export').map(({ title }) => title)).toEqual(['Export'])
  })

  it('finds tables of the paper by their numbers, and lists them behind pages and actions', () => {
    const table = command('Table 8: ResNet-34, CIFAR-100', { group: 'Paper', keywords: 'paper' })
    const groups = (query: string) => paletteGroups(query, { ...doing, commands: [table, ...commands], runs: [] })
    expect(groups('table 8').map(({ entries }) => entries.map(({ title }) => title))).toEqual([[table.title]])
    expect(groups('').map(({ title }) => title)).toEqual(['Pages', 'Actions', 'Paper'])
  })

  it('finds actions and runs that have every word, in their notes too', () => {
    expect(titles('comp')).toEqual({
      Pages: ['Go to compare'],
      Actions: ['Compare 3 selected runs'],
      Experiments: ['Compare experiment'],
      Runs: ['vit-mixed-s1'],
    })
    expect(titles('vit failed')).toEqual({ Runs: ['vit-joint-s1'] })
    expect(titles('nowhere')).toEqual({})
  })

  it('tells experiments of one name apart, and opens the one that is meant', () => {
    const openExperiment = vi.fn()
    const all = ['3f9a2b00', 'c01d7700'].map((id) => runSummary({ id, experimentId: id, experiment: 'toy' }))
    const groups = paletteGroups('toy', { ...doing, openExperiment, commands: [], runs: all })
    const { entries } = groups.find(({ title }) => title === 'Experiments')!
    expect(entries.map(({ title }) => title)).toContain('toy (c01d77)')
    entries.find(({ title }) => title === 'toy (c01d77)')!.run()
    expect(openExperiment).toHaveBeenCalledExactlyOnceWith('c01d7700')
  })

  it('searches actions, runs or tags only after their sign', () => {
    expect(titles('> compare')).toEqual({ Pages: ['Go to compare'], Actions: ['Compare 3 selected runs'] })
    expect(titles('@')).toEqual({ Runs: ['vit-mixed-s1', 'vit-joint-s1'] })
    expect(titles('#pap')).toEqual({ Runs: ['vit-mixed-s1'] })
  })

  it('finds whole words of names before beginnings, and these before what stands within a word or elsewhere', () => {
    const named = ['disjoint-s1', 'jointly-s1', 'joint-s10', 'joint-s1'].map((name) => runSummary({ id: name, name }))
    const noted = runSummary({ id: 'n', name: 'mixed-s1', note: 'not joint' })
    expect(titles('@joint', [noted, ...named]).Runs).toEqual([
      'joint-s10',
      'joint-s1',
      'jointly-s1',
      'disjoint-s1',
      'mixed-s1',
    ])
    expect(titles('joint-s1', named).Runs).toEqual(['joint-s1', 'joint-s10', 'disjoint-s1'])
  })

  it('finds experiments, to be listed or compared', () => {
    const compare = vi.fn()
    const openExperiment = vi.fn()
    const members = [1, 2].map((seed) => runSummary({ id: `t${seed}`, experiment: 'toy', experimentId: 'e7', seed }))
    const [experiments] = paletteGroups('toy', { ...doing, commands: [], runs: members, compare, openExperiment })
    expect(experiments!.entries.map(({ title, detail }) => [title, detail])).toEqual([
      ['toy', '2 runs, 0 done'],
      ['Compare toy', '2 runs, 0 done'],
    ])
    for (const entry of experiments!.entries) entry.run()
    expect([openExperiment.mock.calls, compare.mock.calls]).toEqual([[['e7']], [['e7']]])
    expect(titles('compare toy', members).Experiments).toEqual(['Compare toy'])
  })

  it('lists a limited number of runs', () => {
    const many = Array.from({ length: 100 }, (_, index) => runSummary({ id: `${index}` }))
    expect(titles('run', many).Runs).toHaveLength(12)
  })

  it('opens the run that is chosen', () => {
    const openRun = vi.fn()
    paletteGroups('@joint', { ...doing, commands, runs, openRun })[0]!.entries[0]!.run()
    expect(openRun).toHaveBeenCalledWith(runs[1])
  })
})
