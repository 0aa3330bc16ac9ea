import { expect, it } from 'vitest'
import { spectrumPlaces } from '../../../../src/readings/analyses/numerical-rank/compute.ts'

it('a short spectrum is shown whole', () => {
  expect(spectrumPlaces(3, 2)).toEqual([1, 2, 3])
  expect(spectrumPlaces(256, 10)).toHaveLength(256)
})

it('a long one is thinned towards its end, with both ends and the places around the rank', () => {
  const places = spectrumPlaces(8000, 6789)
  expect(places.length).toBeLessThanOrEqual(256)
  expect(places.slice(0, 5)).toEqual([1, 2, 3, 4, 5])
  expect(places.at(-1)).toBe(8000)
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
  expect(places).toEqual(expect.arrayContaining([6789, 6790]))
  const gaps = places.slice(1).map((place, index) => place / places[index]!)
  expect(Math.max(...gaps.slice(40))).toBeLessThan(1.06)
})

it('has the same places beside the rank whatever it is, so that seeds can be averaged', () => {
  const beside = (rank: number) => spectrumPlaces(8000, rank).filter((place) => ![rank, rank + 1].includes(place))
  const shared = new Set(spectrumPlaces(8000, 8000))
  for (const rank of [0, 4000, 6789]) expect(beside(rank).filter((place) => !shared.has(place))).toEqual([])
})

it.each([0, 300])('a rank of %i of 300 is at an end', (rank) => {
  const places = spectrumPlaces(300, rank)
  expect([places[0], places.at(-1)]).toEqual([1, 300])
})
