import { datasets } from '../../../datasets/index.ts'
import { familyOf } from '../../../engine/networks/families.ts'
import type { PaperFileState } from './file-states.ts'

type OfExperiment = Pick<PaperFileState, 'experiment'>

/** What some experiments train: `Residual network, Fashion-MNIST`. */
export function settingsOf(states: readonly OfExperiment[]): string {
  const settings = states.map(({ experiment: { file } }) => {
    const { title } = familyOf(file.network).info
    return `${title}, ${datasets.get(file.data.source).info.title}`
  })
  return [...new Set(settings)].join('; ')
}

/** `Desk: ResNet, Fashion-MNIST` */
export function settingOf({ experiment: { file } }: OfExperiment): string {
  const { title } = datasets.get(file.data.source).info
  return file.name.includes(title) ? file.name : `${file.name}, ${title}`
}
