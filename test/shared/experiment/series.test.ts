import { expect, test } from 'vitest'
import { factorsOf, levelOf, regimeLooks, seriesLooks, seriesNames } from '../../../src/shared/experiment/series.ts'

const head = (regime: 'joint' | 'mixed', value: string, rate = 0.001) => ({
  regime,
  settings: { 'network.head': value, 'training.learningRate': rate },
})

test('series are named after their regimes and the settings in which they differ', () => {
  expect(seriesNames([head('joint', 'pooled'), head('mixed', 'conv')])).toEqual([
    'joint · head pooled',
    'mixed · head conv',
  ])
  expect(seriesNames([head('joint', 'conv'), head('mixed', 'conv', 0.003)])).toEqual([
    'joint · learning rate 0.001',
    'mixed · learning rate 0.003',
  ])
})

test('what series differ in has its values in order: regimes as they are listed, numbers ascending, words as they come', () => {
  const series = [head('mixed', 'pooled', 0.01), head('joint', 'conv', 0.002), head('joint', 'conv', 0.1)]
  expect(factorsOf(series)).toEqual([
    { path: 'regime', name: 'regime', levels: ['joint', 'mixed'] },
    { path: 'network.head', name: 'head', levels: ['pooled', 'conv'] },
    { path: 'training.learningRate', name: 'learning rate', levels: ['0.002', '0.01', '0.1'] },
  ])
  expect(factorsOf([series[0]!])).toEqual([])
  expect(levelOf(series[1]!, 'training.learningRate')).toBe('0.002')
  expect(levelOf({ regime: 'joint', settings: {} }, 'network.head')).toBe('not swept')
})

test('series that differ in their regimes alone are named as these', () => {
  expect(seriesNames([head('joint', 'conv'), head('mixed', 'conv')])).toEqual(['joint', 'mixed'])
  expect(seriesNames([{ regime: 'mixed', settings: {} }])).toEqual(['mixed'])
})

test('settings with one last key are named by their whole paths, and lists as they are written', () => {
  const of = (a: number, b: number) => ({ regime: 'mixed' as const, settings: { 'data.x': a, 'training.x': b } })
  expect(seriesNames([of(1, 1), of(2, 2)])).toEqual([
    'mixed · data.x 1, training.x 1',
    'mixed · data.x 2, training.x 2',
  ])
  const exits = [[1, 2], [1]].map((each) => ({ regime: 'mixed' as const, settings: { 'network.exits': each } }))
  expect(seriesNames(exits)).toEqual(['mixed · exits [1, 2]', 'mixed · exits [1]'])
})

test('the first series of a regime looks like it, the others take the next of the palette', () => {
  const shown = (['joint', 'mixed'] as const).flatMap((regime) =>
    ['a', 'b', 'c'].map((value) => ({ regime, series: `${regime} ${value}` })),
  )
  expect([...seriesLooks(shown).values()]).toEqual([null, 0, 1, null, 2, 3])
})

test('the first series of an own regime looks like its regime, whatever series there are beside it', () => {
  const shown = ['mixed', 'mine', 'hers 2', 'hers'].flatMap((regime) =>
    ['a', 'b'].map((value) => ({ regime, series: `${regime} · ${value}` })),
  )
  const regimes = regimeLooks(shown)
  expect(Object.fromEntries(regimes)).toEqual({ mixed: null, hers: 0, 'hers 2': 1, mine: 2 })
  const looks = seriesLooks(shown)
  for (const [regime, look] of regimes) expect(looks.get(`${regime} · a`)).toBe(look)
  expect(new Set(looks.values()).size).toBe(shown.length)
  const single = [...regimes].map(([regime]) => ({ regime, series: regime! }))
  expect(seriesLooks(single)).toEqual(regimes)
})

test('a series looks the same whatever order it comes in, and as it does without imported ones', () => {
  const own = ['mixed · lr 0.1', 'mixed · lr 0.02', 'joint · lr 0.1'].map((series) => ({
    regime: series.startsWith('joint') ? 'joint' : 'mixed',
    series,
  }))
  const looks = (all: Parameters<typeof seriesLooks>[0]) => own.map(({ series }) => seriesLooks(all).get(series))
  expect(looks(own)).toEqual([null, 0, null])
  expect(looks(own.toReversed())).toEqual([null, 0, null])
  expect(looks([{ regime: 'mixed', series: 'a (imported)', imported: {} }, ...own])).toEqual([null, 0, null])
})
