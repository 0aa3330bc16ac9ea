import { z } from 'zod'

/** The extension that a method is of. */
export const methodOrigin = z.strictObject({
  /** Name of the extension. */
  extension: z.string(),
  /** Its file, absolute, where it was last loaded from. */
  file: z.string(),
  /** SHA-256 of its content, the files that it imports included. */
  sha256: z.string(),
})
export type MethodOrigin = z.infer<typeof methodOrigin>

/** The extensions of some methods, by `kind:name`. */
export const methodOrigins = z.record(z.string(), methodOrigin)
export type MethodOrigins = z.infer<typeof methodOrigins>

/** Enough of a hash to tell contents apart by eye. */
export const shortHash = (sha256: string): string => sha256.slice(0, 12)
