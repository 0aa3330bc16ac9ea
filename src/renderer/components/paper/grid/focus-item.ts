import { nextTick } from 'vue'

/** Scrolls to the tile of an item once it is laid out. */
export async function showItem(id: string): Promise<void> {
  await nextTick()
  tileButton(id)?.closest('li')?.scrollIntoView({ block: 'nearest' })
}

/** Focuses the tile of an item once it can be: a tile that its details cover cannot. */
export async function focusItem(id: string): Promise<void> {
  await nextTick()
  requestAnimationFrame(() => tileButton(id)?.focus())
}

const tileButton = (id: string) => document.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)
