import { z } from 'zod'
import { methodKinds } from '../methods/unknown-method.ts'

/** An extension that the user trusts, that the host has loaded, or that runs of the workspace were trained with. */
export const extensionState = z.object({
  /** Absolute. */
  file: z.string(),
  sha256: z.string(),
  /** Milliseconds since 1970; null: it is not trusted, but named for this process alone, or known from runs. */
  trustedAt: z.int().nullable(),
  /**
   * `changed`: its file has other content than this; `not-loaded`: the host started before it was trusted; `untrusted`: runs of the
   * workspace were trained with it, and nothing of its file is trusted here.
   */
  state: z.enum(['loaded', 'changed', 'missing', 'refused', 'not-loaded', 'untrusted']),
  /** Why it was refused. */
  problem: z.string().nullable(),
  /** Its methods, as far as they are known without running it. */
  methods: z.array(z.object({ kind: z.enum(methodKinds), name: z.string() })),
  /** Runs of the workspace that use this content, and those that were trained with former contents of its file. */
  runs: z.int(),
  formerRuns: z.int(),
  /** Path of the copy that the workspace keeps; null where it keeps none. */
  copy: z.string().nullable(),
})
export type ExtensionState = z.infer<typeof extensionState>

/** A content that runs of the workspace were trained with. */
export interface UsedExtension extends Pick<ExtensionState, 'file' | 'sha256' | 'methods'> {
  runs: ReadonlySet<string>
}
