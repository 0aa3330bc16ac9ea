import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeTemplate } from '../../../src/main/extensions/write-template.ts'
import { methodKinds } from '../../../src/shared/methods/unknown-method.ts'
import { temporaryFolder } from '../store/support.ts'

describe('a template of an extension', () => {
  it.each(methodKinds)('is an example of its kind with its test, both under its own name: %s', async (kind) => {
    const folder = temporaryFolder()
    const written = await writeTemplate({ kind, file: join(folder, `my-${kind}`) })
    expect(written).toEqual({ file: join(folder, `my-${kind}.ts`), test: join(folder, `my-${kind}.test.ts`) })
    expect(readFileSync(written.file, 'utf8')).toContain(`defineExtension({`)
    expect(readFileSync(written.file, 'utf8')).toMatch(new RegExp(`name: 'my-${kind}'`))
    expect(readFileSync(written.test, 'utf8')).toContain(`from './my-${kind}.ts'`)
  })

  it('is refused without a place, a name that a method can have, or a folder, and leaves what exists', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'in'))
    writeFileSync(join(folder, 'in/mine.test.ts'), 'mine')
    const refusal = (file: string) => writeTemplate({ kind: 'loss', file }).catch((error: unknown) => error)
    expect(await refusal('my-loss.ts')).toMatchObject({ code: 'usage', message: expect.stringContaining('absolute') as string }) // prettier-ignore
    expect(await refusal(join(folder, 'a loss.ts'))).toMatchObject({ code: 'usage', message: expect.stringContaining('“a loss”') as string }) // prettier-ignore
    expect(await refusal(`${join(folder, 'in')}/`)).toMatchObject({ code: 'usage' })
    expect(await refusal(join(folder, 'in/mine.test.ts/loss.ts'))).toMatchObject({ code: 'disk', message: expect.stringContaining('cannot be written') as string }) // prettier-ignore
    expect(await refusal(join(folder, 'gone/loss.ts'))).toMatchObject({ code: 'not-found' })
    expect(await refusal(join(folder, 'in/mine.ts'))).toMatchObject({ code: 'conflict', message: expect.stringContaining('mine.test.ts exists') as string }) // prettier-ignore
    expect(readFileSync(join(folder, 'in/mine.test.ts'), 'utf8')).toBe('mine')
  })
})
