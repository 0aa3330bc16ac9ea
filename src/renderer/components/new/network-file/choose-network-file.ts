import { valueAt } from '../../setting/setting-value.ts'
import type { ExperimentDraft } from '../use-experiment-draft.ts'

/** Makes a file the network of a draft. Exits and sites that name blocks or modules of another network are dropped. */
export function chooseNetworkFile({ values, set }: Pick<ExperimentDraft, 'values' | 'set'>, file: string): void {
  const before = valueAt(values.value, ['network'])
  if (valueAt(before, ['family']) !== 'onnx') return set(['network'], { family: 'onnx', file })
  const isOther = (valueAt(before, ['file']) ?? '') !== ''
  if (isOther && Array.isArray(valueAt(before, ['exits']))) set(['network', 'exits'], undefined)
  if (isOther && valueAt(before, ['sites']) !== undefined) set(['network', 'sites'], undefined)
  set(['network', 'file'], file === '' ? undefined : file)
}
