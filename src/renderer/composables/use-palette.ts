import { ref } from 'vue'

const open = ref(false)
const query = ref('')

/** The command palette: whether it is open, its text, and a function to open it with a text. */
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
