import { z } from 'zod'

/** An extension that the user trusts, or that the host has loaded. */
export const extensionState = z.object({
  /** Absolute. */
  file: z.string(),
  sha256: z.string(),
  /** Milliseconds since 1970; null: named for this process alone. */
  trustedAt: z.int().nullable(),
  /** Its own name; null where it is not loaded. */
  name: z.string().nullable(),
  /** `changed`: its file has other content than this; `not-loaded`: the host started before it was trusted. */
  state: z.enum(['loaded', 'changed', 'missing', 'refused', 'not-loaded']),
  /** Why it was refused. */
  problem: z.string().nullable(),
})
export type ExtensionState = z.infer<typeof extensionState>
