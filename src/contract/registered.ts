import { z } from 'zod'
import { extensionChange, extensionFile } from '../shared/extensions/extension-change.ts'
import { extensionState } from '../shared/extensions/extension-state.ts'
import { methodOrigin } from '../shared/methods/method-origin.ts'
import { methodKinds } from '../shared/methods/unknown-method.ts'
import { procedure } from './procedure.ts'

/** Every method that the host has, with the extension that it is of, and how extensions stand. */
const registered = z.object({
  extensions: z.array(extensionState),
  methods: z.array(z.object({ kind: z.enum(methodKinds), name: z.string(), origin: methodOrigin.nullable() })),
})
export type Registered = z.infer<typeof registered>

/** Of `system`. */
export const extensionProcedures = {
  /** What the user trusts and the host has loaded. No request loads any. */
  extensions: procedure.output(registered),
  /** What a file has that its user may trust, read without running it. */
  extensionChange: procedure.input(extensionFile).output(extensionChange),
  /** Writes a working example of a method to change, called after its file, and its test beside it. */
  writeTemplate: procedure
    .input(z.object({ kind: z.enum(methodKinds), file: z.string().min(1) }))
    .output(z.object({ file: z.string(), test: z.string() })),
  /** Trusts the content `now` of a file, from the next start of Exitlab on. @returns as `extensions`. */
  trustExtension: procedure.input(extensionFile.extend({ now: z.string() })).output(registered),
  /** Trusts a file no more; what is loaded stays until Exitlab ends. @returns as `extensions`. */
  revokeExtension: procedure.input(z.object({ file: z.string() })).output(registered),
}
