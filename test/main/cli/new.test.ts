import { expect, it } from 'vitest'
import { exitlab } from './support.ts'

it('new refuses a name that no method can have, a path among them', async () => {
  for (const name of ['sub/mine', '../mine', 'mine.ts', 'a loss']) {
    const { exitCode, stderr } = await exitlab(['new', 'loss', name])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`“${name}” cannot be the name of a method`)
  }
})
