import { z } from 'zod'
import { extensionState } from '../shared/extension-state.ts'
import { methodOrigin } from '../shared/method-origin.ts'
import { methodKinds } from '../shared/unknown-method.ts'

export { extensionChange, extensionFile } from '../shared/extension-change.ts'

/** Every method that the host has, with the extension that it is of, and how extensions stand. */
export const registered = z.object({
  extensions: z.array(extensionState),
  methods: z.array(z.object({ kind: z.enum(methodKinds), name: z.string(), origin: methodOrigin.nullable() })),
})
export type Registered = z.infer<typeof registered>
