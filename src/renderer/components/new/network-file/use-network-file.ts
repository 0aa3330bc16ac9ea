import { refDebounced } from '@vueuse/core'
import { computed, type ComputedRef, type Ref } from 'vue'
import type { NetworkReport } from '../../../../shared/network/network-file.ts'
import { useHost } from '../../../api/host.ts'
import { useRequest } from '../../../composables/use-request.ts'
import { valueAt } from '../../setting/setting-value.ts'
import { isAbsolutePath } from '../draft-sources.ts'
import type { ExperimentDraft } from '../use-experiment-draft.ts'

/** The file that the network of a draft comes from. */
export interface NetworkFileState {
  /** As the draft names it, empty where it names none yet; null where its network comes from no file. */
  file: ComputedRef<string | null>
  /** Whether where it lies is not known: a relative path of an experiment without a folder. */
  isUnplaced: ComputedRef<boolean>
  /** What it is as a network; null while that is not known. */
  report: ComputedRef<NetworkReport | null>
  /** Why it cannot be used. */
  refusal: ComputedRef<string | null>
  loading: Ref<boolean>
}

/** The host reads the file that a draft names, again when another one is named. */
export function useNetworkFile({ values, source }: Pick<ExperimentDraft, 'values' | 'source'>): NetworkFileState {
  const { client } = useHost()
  const file = computed(() => {
    if (valueAt(values.value, ['network', 'family']) !== 'onnx') return null
    const written = valueAt(values.value, ['network', 'file'])
    return typeof written === 'string' ? written : ''
  })
  const path = computed(() => absolutePath(file.value ?? '', source.value.folder))
  const asked = refDebounced(
    computed(() => JSON.stringify({ path: path.value, sites: namesOf(valueAt(values.value, ['network', 'sites'])) })),
    300,
  )
  const found = useRequest((signal) => {
    const { path, sites } = JSON.parse(asked.value) as { path: string | null; sites?: string[] }
    if (path === null) return null
    return client.networks.describe({ path, ...(sites && { sites }) }, { signal }).then((report) => ({ path, report }))
  })
  return {
    file,
    isUnplaced: computed(() => file.value !== null && file.value !== '' && path.value === null),
    report: computed(() => {
      const answer = found.error.value === null ? found.data.value : null
      return path.value !== null && answer?.path === path.value ? answer.report : null
    }),
    refusal: computed(() => (path.value === null || found.loading.value ? null : found.error.value)),
    loading: found.loading,
  }
}

/** Null where that is not known. */
function absolutePath(file: string, folder: string | null): string | null {
  if (file === '' || isAbsolutePath(file)) return file || null
  return folder === null ? null : `${folder}/${file}`
}

/** Modules that a draft lists as ends of blocks, as far as the host takes them. */
function namesOf(written: unknown): string[] | undefined {
  if (!Array.isArray(written) || written.length < 2) return undefined
  return written.every((each) => typeof each === 'string') ? written : undefined
}
