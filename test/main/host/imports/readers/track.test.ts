import { expect, test } from 'vitest'
import { addTo, curvePoints, isConsecutive, type Track } from '../../../../../src/main/host/imports/readers/track.ts'

function trackOf(...values: [step: number, value: number][]): Track {
  const tracks = new Map<string, Track>()
  for (const [step, value] of values) addTo(tracks, 'tag', { step, value })
  return tracks.get('tag')!
}

test('a long log is kept as evenly spaced points with its last value', () => {
  const track = trackOf(...Array.from({ length: 10_000 }, (_, step): [number, number] => [step, step / 10_000]))
  const points = curvePoints(track)
  expect(points.length).toBeGreaterThan(250)
  expect(points.length).toBeLessThan(500)
  const steps = points.map(({ step }) => step)
  expect(new Set(steps.slice(1, -1).map((step, index) => step - steps[index]!)).size).toBe(1)
  expect(points.at(-1)).toEqual({ step: 9999, value: 0.9999 })
  expect(points.every(({ step, value }) => value === step / 10_000)).toBe(true)
  expect(isConsecutive(track)).toBe(true)
})

test('of a resumed training, the last value written for a step counts', () => {
  const points = curvePoints(trackOf([1, 0.1], [2, 0.2], [3, 0.3], [2, 0.25], [3, NaN], [4, 0.4]))
  expect(points).toEqual([{ step: 1, value: 0.1 }, { step: 2, value: 0.25 }, { step: 4, value: 0.4 }]) // prettier-ignore
})

test('steps with gaps are no epochs', () => {
  expect(isConsecutive(trackOf([100, 0.1], [200, 0.2]))).toBe(false)
  expect(isConsecutive(trackOf([1, 0.1]))).toBe(false)
})
