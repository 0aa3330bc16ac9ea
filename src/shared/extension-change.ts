import { z } from 'zod'

/** What the file of an extension is now, beside the content that its user trusts. */
export const extensionChange = z.object({
  /** SHA-256 of the content now. */
  now: z.string(),
  /** Modules of Node that the content now imports. */
  imports: z.array(z.string()),
  /** Files that differ, by their paths in the extension; equal lines that are left out are gaps. */
  files: z.array(
    z.object({
      path: z.string(),
      lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed', 'gap']), text: z.string() })),
    }),
  ),
})
export type ExtensionChange = z.infer<typeof extensionChange>
