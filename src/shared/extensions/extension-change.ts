import { z } from 'zod'

/** A file, and the content that it is compared with: of a trusted extension that has changed or moved; null: it is new. */
export const extensionFile = z.object({ file: z.string().min(1), former: z.string().nullable() })
export type ExtensionFile = z.infer<typeof extensionFile>

/** What the file of an extension is now, beside a former content. */
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
