import { canonicalJson } from '../basics/canonical-json.ts'
import { isJsonObject, type JsonObject } from '../basics/json.ts'

/**
 * Keys that were added to a format after it was released, each with its baseline: what was done before the key existed, which need
 * not be its default. Keys are paths with dots; oldest first, so that a section comes before the keys added to it later.
 */
export type Baselines = Readonly<Record<string, unknown>>

/** Without keys that have their baselines, so that the hash is the one from before the keys existed. */
export function leaveOutBaselines(value: JsonObject, baselines: Baselines = {}): JsonObject {
  return Object.entries(baselines)
    .reverse()
    .reduce(
      (left, [path, baseline]) =>
        change(left, path.split('.'), (section, key) => {
          const { [key]: found, ...others } = section
          return found !== undefined && canonicalJson(found) === canonicalJson(baseline) ? others : section
        }),
      value,
    )
}

/** With the baselines of the keys that did not exist when it was stored. Of no use where the sections around a key are missing. */
export function fillInBaselines(value: JsonObject, baselines: Baselines = {}): JsonObject {
  return Object.entries(baselines).reduce(
    (filled, [path, baseline]) =>
      change(filled, path.split('.'), (section, key) => (key in section ? section : { ...section, [key]: baseline })),
    value,
  )
}

/** Changes the object that contains the last key of a path; unchanged if the path does not exist. */
function change(
  value: JsonObject,
  [key, ...rest]: readonly string[],
  changed: (section: JsonObject, key: string) => JsonObject,
): JsonObject {
  if (rest.length === 0) return changed(value, key!)
  const inner = value[key!]
  return isJsonObject(inner) ? { ...value, [key!]: change(inner, rest, changed) } : value
}
