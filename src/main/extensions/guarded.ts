import { ExitlabError } from '../../shared/basics/error.ts'
import { noteFailed } from '../../shared/methods/failed-method.ts'
import type { MethodOrigin } from '../../shared/methods/method-origin.ts'
import { methodInWords } from '../../shared/methods/unknown-method.ts'
import { describeGot } from '../../shared/text/value-words.ts'
import type { ReadingSources } from '../../readings/sources.ts'
import { type ExtensionKey, methodKinds } from './methods.ts'
import { results } from './results.ts'
import { watchedSources } from './watched-sources.ts'

type Call = (...all: unknown[]) => unknown
interface Guard {
  /** `reading “agreement” of the extension “mine”` */
  words: string
  file: string
  key: ExtensionKey
}

/**
 * A method of an extension as Exitlab calls it: what it throws says which method failed, and what it gives is checked where it is handed
 * over, not where something else fails by it.
 */
export function guarded(
  { entry, key, name }: { entry: unknown; key: ExtensionKey; name: string },
  { extension, file }: MethodOrigin,
): unknown {
  const { kind } = methodKinds[key]
  return withGuards(entry as object, '', {
    words: `${methodInWords({ kind, name })} of the extension “${extension}”`,
    file,
    key,
  })
}

/** A copy with all that its classes give it too, whose functions are guarded; `path`: where it comes from. */
function withGuards(object: object, path: string, guard: Guard): object {
  const copy: Record<string, unknown> = { ...object }
  for (const name of namesIn(object)) {
    const value = (object as Record<string, unknown>)[name]
    copy[name] = typeof value === 'function' ? guardedCall(value.bind(object) as Call, path + name, guard) : value
  }
  return copy
}

function namesIn(object: object): string[] {
  const names = new Set<string>()
  for (let of: object | null = object; of !== null && of !== Object.prototype; of = Object.getPrototypeOf(of) as object)
    for (const name of Object.getOwnPropertyNames(of)) if (name !== 'constructor') names.add(name)
  return [...names]
}

function guardedCall(call: Call, path: string, guard: Guard): Call {
  const { words, key } = guard
  const isReading = key === 'readings' && path === 'compute'
  return (...all) => {
    const watched = isReading ? watchedSources(all[0] as ReadingSources) : null
    const given = watched ? [watched.sources, ...all.slice(1)] : all
    const fail = (error: unknown): never => {
      throw error instanceof ExitlabError ? error : noteFailed(error, { words, help: watched?.inWords() })
    }
    const result = attempt(() => call(...given), fail)
    const done = (value: unknown) => guardedResult(value, { path, all, guard })
    return result instanceof Promise && !isSync(key, path) ? result.then(done, fail) : done(result)
  }
}

function attempt(call: () => unknown, fail: (error: unknown) => never): unknown {
  try {
    return call()
  } catch (error) {
    return fail(error)
  }
}

const isSync = (key: ExtensionKey, path: string) => results[key]?.[path]?.isSync === true

/** Functions that a result is or has are of the same method. @throws ExitlabError `usage` for one that cannot be used. */
function guardedResult(
  value: unknown,
  { path, all, guard }: { path: string; all: readonly unknown[]; guard: Guard },
): unknown {
  const { words, file, key } = guard
  const check = results[key]?.[path]
  if (check && !check.fits(value, all)) {
    // Nobody waits for it: what it is rejected with is no error of its own.
    if (value instanceof Promise) value.catch(() => undefined)
    const got = value instanceof Promise ? 'a promise' : describeGot(value)
    throw new ExitlabError('usage', `The ${words} (${file}): ${path} gave ${got}; expected ${check.expected}.`)
  }
  if (typeof value === 'function') return guardedCall(value as Call, `${path}()`, guard)
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  const hasFunctions = isPlain && Object.values(value).some((each) => typeof each === 'function')
  return hasFunctions ? withGuards(value, `${path}().`, guard) : value
}
