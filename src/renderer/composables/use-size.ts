import { useElementSize } from '@vueuse/core'
import type { Ref } from 'vue'

/** Inner width and height of an element in pixels, as they change; 0 before it is there. */
export function useSize(element: Ref<HTMLElement | null>): { width: Ref<number>; height: Ref<number> } {
  const { width, height } = useElementSize(element)
  return { width, height }
}
