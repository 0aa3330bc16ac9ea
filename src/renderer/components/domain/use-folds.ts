import { nextTick, shallowRef, watch, type Ref } from 'vue'
import type { TableBlock } from '../../../shared/tables/table.ts'

interface Folds {
  /** Whether titled blocks are closed until they are opened. */
  folds: () => boolean
  /** Title of a block that was chosen elsewhere: it is opened and shown. */
  shown: () => string | null
  blocks: Readonly<Ref<readonly TableBlock[]>>
  body: Readonly<Ref<HTMLTableElement | null>>
}

/** Blocks of a table that are open. */
export function useFolds({ folds, shown, blocks, body }: Folds) {
  const opened = shallowRef<ReadonlySet<string>>(new Set())
  watch(shown, async (title) => {
    const place = blocks.value.findIndex((block) => block.title === title)
    if (title === null || place < 0) return
    opened.value = new Set([...opened.value, title])
    await nextTick()
    body.value?.tBodies[place]?.scrollIntoView({ block: 'nearest' })
  })
  return {
    isOpen: ({ title }: TableBlock) => !folds() || title === null || opened.value.has(title),
    toggle(title: string) {
      const next = new Set(opened.value)
      if (!next.delete(title)) next.add(title)
      opened.value = next
    },
  }
}
