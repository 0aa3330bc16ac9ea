import { describe, expect, it } from 'vitest'
import { createRegistry } from '../../../src/shared/methods/registry.ts'

const colours = () => createRegistry<number>('weighting', { red: 1, green: 2 })

describe('a registry', () => {
  it('gives entries by name, in the order they were registered in', () => {
    const registry = colours()
    registry.register('blue', 3)
    expect(registry.names()).toEqual(['red', 'green', 'blue'])
    expect(registry.entries()).toEqual([
      ['red', 1],
      ['green', 2],
      ['blue', 3],
    ])
    expect(registry.get('blue')).toBe(3)
    expect(registry.has('blue')).toBe(true)
  })

  it.each(['yellow', 'toString'])('names the known entries where there is no "%s"', (name) => {
    expect(() => colours().choose(name)).toThrow(`There is no weighting "${name}". Expected one of red, green.`)
    expect(colours().has(name)).toBe(false)
  })

  it('says of a stored name without an entry what kind of method it is', () => {
    expect(() => colours().get('yellow')).toThrow(
      expect.objectContaining({ code: 'unknown-method', fields: { kind: 'weighting', name: 'yellow' } }),
    )
  })

  it('refuses a name that is taken', () => {
    expect(() => colours().register('red', 3)).toThrow('The weighting "red" cannot be registered: the name is taken.')
  })

  it('has a schema that accepts every registered name', () => {
    const registry = colours()
    const { name } = registry
    registry.register('blue', 3)
    expect(name.parse('blue')).toBe('blue')
    expect(name.safeParse('yellow').error?.issues[0]?.message).toMatch(/red\W+green\W+blue/)
  })

  it('refuses an entry after a name was parsed, rather than leave it out of the schema', () => {
    const registry = colours()
    registry.name.parse('red')
    expect(() => registry.register('blue', 3)).toThrow(
      /"blue" cannot be registered: register it before the registry is first used/,
    )
  })
})
