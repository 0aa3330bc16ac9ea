import { ref } from 'vue'

const open = ref(false)
const query = ref('')

/** The command palette: whether it is open, what is written in it, and how to open it at something. */
export function usePalette() {
  return {
    open,
    query,
    show(at = '') {
      query.value = at
      open.value = true
    },
  }
}
