import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeDepot, phaseIds, resolvePhase } from '../../../../src/main/execution/depot/depot.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf } from './made-phase.ts'

describe('the ids of a depot', () => {
  it('are the names of its folders that are ids, sorted', async () => {
    const depot = temporaryFolder()
    for (const name of [idOf('b'), idOf('a'), idOf('g'), `${idOf('a')}0`, 'merging-1']) mkdirSync(join(depot, name))
    writeFileSync(join(depot, idOf('c')), 'a file')
    expect(await phaseIds(depot)).toEqual([idOf('a'), idOf('b')])
  })

  it('are refused of a folder that is missing, or no folder', async () => {
    const depot = join(temporaryFolder(), 'missing')
    await expect(phaseIds(depot)).rejects.toMatchObject({ code: 'not-found', message: `There is no depot ${depot}.` })
    writeFileSync(depot, '')
    await expect(phaseIds(depot)).rejects.toMatchObject({
      code: 'usage',
      message: `${depot} is a file, and a depot is a folder of phases. Choose another path.`,
    })
  })

  it('are found by their beginning, where it is that of one', async () => {
    const depot = temporaryFolder()
    const [first, second, third] = [`aa${idOf('0').slice(2)}`, `ab${idOf('0').slice(2)}`, idOf('b')]
    for (const id of [first, second, third]) mkdirSync(join(depot, id))
    expect(await resolvePhase(depot, 'aa')).toBe(first)
    expect(await resolvePhase(depot, 'b')).toBe(third)
    // A whole id need not be there.
    expect(await resolvePhase(depot, idOf('f'))).toBe(idOf('f'))
    await expect(resolvePhase(depot, 'a')).rejects.toMatchObject({
      code: 'conflict',
      message: `“a” matches 2 phases of the depot ${depot}; give more of the id:\n  ${first}\n  ${second}`,
    })
    for (const reference of ['c', ''])
      await expect(resolvePhase(depot, reference)).rejects.toMatchObject({
        code: 'not-found',
        message: `There is no phase “${reference}” in the depot ${depot}.`,
      })
  })

  it('are listed ten at most where many begin alike', async () => {
    const depot = temporaryFolder()
    for (let i = 10; i < 22; i++) mkdirSync(join(depot, `a${i}${idOf('0').slice(3)}`))
    const { message } = await resolvePhase(depot, 'a').catch((error: Error) => error as Error) as Error // prettier-ignore
    expect(message).toMatch(/matches 12 phases/)
    expect(message.split('\n')).toHaveLength(11)
  })
})

describe('a new depot', () => {
  it('is made with the folders above it, and left as it is where it is there', () => {
    const depot = join(temporaryFolder(), 'a', 'b')
    makeDepot(depot)
    writeFileSync(join(depot, 'note'), '')
    makeDepot(depot)
    expect(readdirSync(depot)).toEqual(['note'])
  })

  it('is refused in place of a file, and below one', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => makeDepot(file)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `${file} is a file, and a depot is a folder of phases. Choose another path.`,
      }),
    )
    const below = join(file, 'depot')
    expect(() => makeDepot(below)).toThrow(
      expect.objectContaining({
        code: 'disk',
        message: `${below} is below ${file}, which is a file and not a folder. Choose another path.`,
      }),
    )
  })
})
