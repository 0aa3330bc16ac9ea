import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { strengths, trivialOperations } from '../../../src/engine/data/augmentation/trivial-augment.ts'

interface Case {
  operation: string
  strength: number
  sign: number
  magnitude: number
  sha256: string
}

interface FixtureImage {
  shape: number[]
  bytes: string
  cases: Case[]
}

const fixture = JSON.parse(readFileSync(new URL('fixtures/operations.json', import.meta.url), 'utf8')) as {
  images: Record<string, FixtureImage>
}

const operationOf = (name: string) => trivialOperations.find((each) => each.name === name)!

describe('the operations of TrivialAugmentWide', () => {
  test('are the fourteen of torchvision, in its order, with its strengths', () => {
    const { cases } = fixture.images.colour!
    expect([...new Set(cases.map(({ operation }) => operation))]).toEqual(trivialOperations.map(({ name }) => name))
    expect(Math.max(...cases.map(({ strength }) => strength))).toBe(strengths - 1)
    for (const { operation, strength, sign, magnitude } of cases) {
      const { magnitude: of, signed } = operationOf(operation)
      expect([operation, strength, of(strength) * sign]).toEqual([operation, strength, magnitude])
      expect(signed || sign === 1).toBe(true)
    }
  })

  describe.each(Object.entries(fixture.images))('on the %s image', (_, { shape, bytes, cases }) => {
    const [height, width, channels = 1] = shape as [number, number, number?]
    const source = Uint8Array.from(Buffer.from(bytes, 'base64'))

    test.each(trivialOperations)('$name gives the bytes that torchvision gives', ({ name, apply }) => {
      const own = cases.filter(({ operation }) => operation === name)
      expect(own.length).toBeGreaterThan(0)
      const different = own.filter(({ magnitude, sha256 }) => {
        const target = new Uint8Array(source.length).fill(123)
        apply({ source: source.slice(), target, height, width, channels }, magnitude)
        return createHash('sha256').update(target).digest('hex') !== sha256
      })
      expect(different.map(({ magnitude }) => magnitude)).toEqual([])
    })
  })
})
