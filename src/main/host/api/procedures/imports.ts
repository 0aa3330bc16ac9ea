import { resolveImports } from '../../runs/import-references.ts'
import { os } from '../contract.ts'

/** Readers of files are loaded where one is read. */
const adding = () => import('../../imports/add-imports.ts')

export const imports = {
  inspect: os.imports.inspect.handler(async ({ input, context: { store, recorder }, signal }) =>
    (await adding()).inspectImports({ store, now: recorder.now(), signal }, input),
  ),

  add: os.imports.add.handler(async ({ input, context: { store, recorder, events }, signal }) => {
    const added = await (await adding()).addImports({ store, now: recorder.now(), signal }, input)
    events.publish({ type: 'imports' })
    return added
  }),

  list: os.imports.list.handler(({ context: { store } }) => store.imports.all()),

  unfollow: os.imports.unfollow.handler(({ input, context: { store, events } }) => {
    const found = resolveImports(store, input.imports)
    store.transaction(() => found.forEach(({ id }) => store.imports.unfollow(id)))
    events.publish({ type: 'imports' })
    return found.map(({ id }) => store.imports.get(id))
  }),

  delete: os.imports.delete.handler(({ input, context: { store, events } }) => {
    const found = resolveImports(store, input.imports)
    store.transaction(() =>
      found.forEach(({ id }) => {
        store.imports.unfollow(id)
        store.imports.remove(id)
      }),
    )
    events.publish({ type: 'imports' })
    return found
  }),
}
