import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { MethodKind } from '../../shared/methods/unknown-method.ts'

/** Exitlab itself, which extensions import. */
export const exitlabFolder = fileURLToPath(new URL('../../../', import.meta.url))
/** Each kind of method has a working example here, with its test. */
const examples = join(exitlabFolder, 'examples/extensions')
const methodName = /^[A-Za-z0-9][\w-]*$/

/** @throws ExitlabError `usage` */
export function refuseMethodName(name: string): void {
  if (methodName.test(name)) return
  throw new ExitlabError(
    'usage',
    `“${name}” cannot be the name of a method: expected letters, digits, - and _, as in my-loss.`,
  )
}

/**
 * Writes an extension with a working example of a method, called after its file, and its test beside it. Nothing of it is run.
 * @param file absolute, with or without `.ts`
 * @throws ExitlabError `usage` for a name that no method can have, `not-found` without the folder, `conflict` where a file exists, `disk`.
 */
export async function writeTemplate({ kind, file }: { kind: MethodKind; file: string }) {
  // Of a path that ends in a separator there is no name.
  const [name, folder] = [/[\\/]$/.test(file) ? '' : basename(file, '.ts'), dirname(file)]
  if (!isAbsolute(file))
    throw new ExitlabError('usage', `${file} is no absolute path: expected one such as ${join('/', 'home', file)}.`)
  refuseMethodName(name)
  if (!existsSync(folder))
    throw new ExitlabError('not-found', `There is no folder ${folder}. Make it, or choose another.`)
  const [example, test] = await Promise.all(
    ['ts', 'test.ts'].map((ending) => readFile(join(examples, `${kind}.${ending}`), 'utf8')),
  )
  const [, former] = /defineExtension\(\{\s*name: '([^']+)'/.exec(example!)!
  const written = { file: join(folder, `${name}.ts`), test: join(folder, `${name}.test.ts`) }
  const taken = Object.values(written).find((path) => existsSync(path))
  if (taken !== undefined) throw new ExitlabError('conflict', `${taken} exists. Choose another name, or move it away.`)
  const texts = { file: example!, test: test!.replace(`./${kind}.ts`, `./${name}.ts`) }
  await writeFile(written.file, texts.file.replaceAll(former!, name), { flag: 'wx' }).catch(refuse)
  await writeFile(written.test, texts.test.replaceAll(former!, name), { flag: 'wx' }).catch(async (error: unknown) => {
    await rm(written.file)
    refuse(error)
  })
  return written

  function refuse(error: unknown): never {
    const { message } = error as Error
    throw new ExitlabError('disk', `The extension cannot be written to ${folder}: ${message}.`, { cause: error })
  }
}
