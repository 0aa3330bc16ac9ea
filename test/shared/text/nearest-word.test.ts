import { describe, expect, it } from 'vitest'
import { editDistance, nearestWord } from '../../../src/shared/text/nearest-word.ts'

describe('the nearest word', () => {
  const keys = ['batchSize', 'epochs', 'learningRate', 'weightDecay', 'earlyStopping', 'schedule']

  it.each([
    ['epoch', 'epochs'],
    ['epcohs', 'epochs'],
    ['learning_rate', 'learningRate'],
    ['Learning-Rate', 'learningRate'],
    ['lr', 'learningRate'],
    ['wd', 'weightDecay'],
    ['batch', 'batchSize'],
    ['scheduler', 'schedule'],
    ['early_stoping', 'earlyStopping'],
  ])('of %s is %s', (word, nearest) => {
    expect(nearestWord(word, keys)).toBe(nearest)
  })

  it.each(['optimiser', 'x', '', '---'])('of %j is none', (word) => {
    expect(nearestWord(word, keys)).toBeUndefined()
  })

  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['mixd', 'mixed', 1],
    ['jonit', 'joint', 1],
    ['same', 'same', 0],
    ['ca', 'abc', 3],
  ])('counts edits from %j to %j as %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance)
  })
})
