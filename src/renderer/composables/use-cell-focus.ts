import { nextTick, type Ref } from 'vue'
import { useTabStop } from './use-tab-stop.ts'

const steps: Record<string, readonly [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The cells of a table as one stop of the tab key, between which arrows go. `box` is around them, each has its `tabindexOf`. */
export function useCellFocus(
  box: Readonly<Ref<HTMLElement | null>>,
  { rows, columns }: { rows: () => number; columns: () => number },
) {
  const row = useTabStop(rows)
  const column = useTabStop(columns)

  function stopAt(y: number, x: number): void {
    row.value = y
    column.value = x
  }

  async function move(event: KeyboardEvent): Promise<void> {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    stopAt(row.value + step[0], column.value + step[1])
    await nextTick()
    box.value?.querySelector<HTMLElement>('.cell[tabindex="0"]')?.focus()
  }

  const tabindexOf = (y: number, x: number) => (y === row.value && x === column.value ? 0 : -1)
  return { stopAt, move, tabindexOf }
}
