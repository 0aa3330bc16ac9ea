/**
 * JSON with one spelling: keys sorted, no white space, so that equal values have equal bytes and equal hashes.
 * Entries that are undefined are left out; what JSON cannot hold (NaN, infinities, functions) is an error, never null.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) return object(value as Record<string, unknown>)
  throw new TypeError(`canonical JSON: cannot hold ${typeof value} ${String(value)}`)
}

/** As `canonicalJson`, for an object whose values are already serialised. */
export function canonicalObject(texts: Readonly<Record<string, string>>): string {
  const entries = Object.keys(texts).sort()
  return `{${entries.map((key) => `${JSON.stringify(key)}:${texts[key]}`).join(',')}}`
}

function object(value: Record<string, unknown>): string {
  const defined = Object.entries(value).filter(([, each]) => each !== undefined)
  return canonicalObject(Object.fromEntries(defined.map(([key, each]) => [key, canonicalJson(each)])))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
