import type { HostClient } from '../../../contract/index.ts'

/** A call of a procedure by its path, with its input and options. */
type Call = (path: readonly string[], rest: readonly unknown[]) => Promise<unknown>

/** A client whose procedures are all forwarded by their path. */
export function forward(call: Call, path: readonly string[] = []): HostClient {
  return new Proxy(() => {}, {
    get: (_, key) => (typeof key === 'string' && key !== 'then' ? forward(call, [...path, key]) : undefined),
    apply: (_, __, rest: unknown[]) => call(path, rest),
  }) as unknown as HostClient
}

export function procedureAt(client: HostClient, path: readonly string[]): (...rest: readonly unknown[]) => unknown {
  let found: unknown = client
  for (const key of path) found = (found as Record<string, unknown>)[key]
  return found as (...rest: readonly unknown[]) => unknown
}
