import { ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { nameOfId } from '../../../shared/paper/paper-words.ts'
import { useHost } from '../../api/host.ts'
import { useCommands } from '../use-commands.ts'
import { usePalette } from '../use-palette.ts'
import { useRequest } from '../use-request.ts'

/** Leads to each table and figure of the paper. They are asked for when the palette is first opened. */
export function usePaperCommands(): void {
  const { client } = useHost()
  const router = useRouter()
  const { open } = usePalette()
  const wanted = ref(false)
  watch(open, (isOpen) => (wanted.value ||= isOpen))
  const status = useRequest(() => (wanted.value ? client.paper.status({ scale: 'desk' }) : null))
  useCommands(() =>
    (status.data.value?.items ?? []).map(({ id, title }) => ({
      id: `paper ${id}`,
      title: `${nameOfId(id)}: ${title}`,
      keywords: 'paper reproduce',
      group: 'Paper',
      run: () => void router.push({ name: 'paper', query: { item: id } }),
    })),
  )
}
