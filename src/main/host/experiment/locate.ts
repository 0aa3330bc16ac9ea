import { InvalidExperiment } from './problem.ts'
import { readYaml } from './yaml-document.ts'

/**
 * A refusal of the engine that begins with the key it is about (`network.exits: block 9 cannot …`), with the key's place
 * in the file added. Any other error is handed back as it is.
 */
export function locateRefusal(error: unknown, { path, source }: { path: string; source: string }): unknown {
  if (!(error instanceof Error)) return error
  const match = /^((?:name|data|network|regimes|seeds|training)(?:\.[A-Za-z0-9]+)*): (.+)$/s.exec(error.message)
  if (match === null) return error
  const [, key, message] = match as unknown as [string, string, string]
  const place = readYaml(source).place(key.split('.'), 'value')
  return new InvalidExperiment(path, source, [{ ...place, key, message }])
}

/** Throws a refusal with its place in the file where it has one, else as it is. */
export function throwLocated(error: unknown, file: { path: string; source: string }): never {
  throw locateRefusal(error, file)
}
