import { z } from 'zod'
import { ExitlabError, keyName } from '../../shared/basics/error.ts'
import { problemsInWords } from '../../shared/text/issue-words.ts'
import { placeInExtension } from '../../shared/basics/extension-place.ts'
import type { MethodOrigin } from '../../shared/methods/method-origin.ts'
import { nearestWord } from '../../shared/text/nearest-word.ts'
import { objectiveKeys } from '../../shared/methods/objective.ts'
import { methodInWords } from '../../shared/methods/unknown-method.ts'
import { type Archive, hashOf } from './archive.ts'
import { guarded } from './guarded.ts'
import { importArchive } from './import-archive.ts'
import { type ExtensionKey, extensionKeys, methodKinds } from './methods.ts'
import { shapes } from './shapes.ts'

/** Names are words of experiment files, options and rules. */
const methodName = /^[A-Za-z0-9][\w-]*$/

type Methods = Partial<Record<ExtensionKey, Record<string, unknown>>>

/**
 * Runs the code of an extension and registers its methods. @throws ExitlabError `usage` that says what is wrong with it; none of its
 * methods is registered then. `others`: those that are loaded.
 */
export async function registerExtension(
  archive: Archive,
  file: string,
  others: readonly MethodOrigin[] = [],
): Promise<MethodOrigin> {
  const { name, methods } = checked(await exported(archive, file), file)
  const origin: MethodOrigin = { extension: name, file, sha256: hashOf(archive) }
  const all = extensionKeys.flatMap((key) =>
    Object.entries(methods[key] ?? {}).map(([each, entry]) => ({ key, name: each, entry })),
  )
  refuseSecond(origin, others)
  for (const method of all) checkMethod(method, origin)
  for (const { key, name, entry } of all)
    methodKinds[key].registry.register(name, guarded({ entry, key, name }, origin), origin)
  return origin
}

async function exported(archive: Archive, file: string): Promise<unknown> {
  try {
    return await importArchive(archive)
  } catch (error) {
    if (error instanceof ExitlabError) throw new ExitlabError(error.code, `${file}: ${error.message}`, { cause: error })
    const { name, message } = error instanceof Error ? error : { name: 'It', message: `threw ${String(error)}` }
    const place = placeInExtension(error)
    const where = place === null ? '' : ` (${place})`
    throw new ExitlabError('usage', `${file} could not be loaded: ${name}: ${message}${where}.`, { cause: error })
  }
}

const extension = z.strictObject({
  name: z.string().min(1).max(60),
  ...Object.fromEntries(extensionKeys.map((key) => [key, z.record(z.string(), z.unknown()).optional()])),
})

function checked(value: unknown, file: string): { name: string; methods: Methods } {
  const expected = 'Expected export default defineExtension({ name, … }).'
  if (typeof value !== 'object' || value === null)
    throw new ExitlabError(
      'usage',
      `${file} exports ${value === undefined ? 'nothing by default' : `${typeof value}, no extension`}. ${expected}`,
    )
  const { data, error } = extension.safeParse(value)
  if (error) throw new ExitlabError('usage', `${file}: ${inWords(error)}. ${expected}`)
  const { name, ...methods } = data
  if (extensionKeys.some((key) => Object.keys(methods[key as keyof typeof methods] ?? {}).length > 0))
    return { name, methods: methods as Methods }
  throw new ExitlabError(
    'usage',
    `${file}: the extension “${name}” has no methods. Expected some of ${extensionKeys.join(', ')}.`,
  )
}

function refuseSecond({ extension, file }: MethodOrigin, others: readonly MethodOrigin[]): void {
  const other = others.find((each) => each.extension === extension)
  if (other === undefined) return
  throw new ExitlabError(
    'usage',
    `${file} and ${other.file} are two extensions of the name “${extension}”. Load one of them, or rename one.`,
  )
}

interface Method {
  key: ExtensionKey
  name: string
  entry: unknown
}

function checkMethod({ key, name, entry }: Method, { extension, file }: MethodOrigin): void {
  const { kind, registry } = methodKinds[key]
  const refuse = (why: string) =>
    new ExitlabError('usage', `${file}: the ${methodInWords({ kind, name })} of the extension “${extension}” ${why}`)
  if (!methodName.test(name) || (kind === 'loss' && name in objectiveKeys))
    throw refuse('cannot have this name: expected letters, digits, - and _, and no key of `objective`.')
  const { error } = shapes[key].safeParse(entry)
  if (error) throw refuse(`is incomplete: ${inWords(error)}.`)
  if (!registry.has(name)) return
  const other = registry.origin(name)
  const taken = other === null ? 'Exitlab itself has' : `the extension “${other.extension}” (${other.file}) has`
  throw refuse(`cannot be added: ${taken} one of this name. Choose another name.`)
}

function inWords({ issues }: z.ZodError): string {
  return issues
    .map((issue) => {
      if (issue.code !== 'unrecognized_keys') return problemsInWords({ issues: [issue] }, 'the whole')
      const unknown = `unknown key ${issue.keys.join(', ')}`
      if (issue.path.length > 0) return `${keyName(issue.path)}: ${unknown}`
      const near = nearestWord(issue.keys[0]!, extensionKeys)
      return `${unknown}; ${near === undefined ? `expected name, ${extensionKeys.join(', ')}` : `did you mean ${near}?`}`
    })
    .join('; ')
}
