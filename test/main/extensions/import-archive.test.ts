import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const own = (path: string) => new URL(`../../../src/${path}`, import.meta.url).href

/** In a process of its own, as Vitest imports modules in its own way. */
function imported(named: string): unknown {
  const program = `
    import { importArchive } from '${own('main/extensions/import-archive.ts')}'
    import { placeInExtension } from '${own('shared/basics/extension-place.ts')}'
    const named = ${JSON.stringify(named)}
    const value = await importArchive({
      entry: named,
      files: { [named]: "import { twice } from './in/c#d.ts'\\nexport default twice(2)", 'in/c#d.ts': 'export const twice = (of) => 2 * of' },
    })
    const error = await importArchive({ entry: named, files: { [named]: "\\nthrow new Error('boom')" } }).catch((error) => error)
    console.log(JSON.stringify({ value, place: placeInExtension(error) }))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))
}

test('code that is not kept with an extension is not run by it either', () => {
  const program = `
    import { importArchive } from '${own('main/extensions/import-archive.ts')}'
    const importing = (what) => importArchive({ entry: 'a.ts', files: { 'a.ts': 'export default (await import(' + JSON.stringify(what) + ')).sep' } })
      .catch(({ message }) => message)
    console.log(JSON.stringify([await importing('node:path'), await importing('data:text/javascript,export const sep = 1'), await importing('./b.ts')]))`
  const found: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  )
  const refused = (what: string) => expect.stringContaining(`a.ts imports ${what} only while it runs`) as string
  expect(found).toEqual(['/', refused('data:text/javascript,export const sep = 1'), refused('./b.ts')])
})

test.each(['100 % of a#b?.ts', 'plain.ts'])('a file may have any name, which its errors say: %s', (named) => {
  expect(imported(named)).toEqual({ value: 4, place: `${named}, line 2` })
})
