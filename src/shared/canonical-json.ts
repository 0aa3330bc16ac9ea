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

function object(value: Record<string, unknown>): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    .join(',')}}`
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
