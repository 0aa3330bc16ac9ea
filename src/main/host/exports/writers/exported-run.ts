import type { RunDetail } from '../../../../contract/run-detail.ts'
import type { LeftOutImages, OfEvaluated } from '../../../../shared/data/data.ts'

export interface ExportedRun {
  run: RunDetail
  /** Versions that wrote its weights, and everything else that affects the last bits. */
  versions: Readonly<Record<string, string>>
  /** Other versions that were involved, if training was interrupted or its phases were trained elsewhere. */
  earlierVersions: readonly Readonly<Record<string, string>>[]
  /** Images of each split that were evaluated. */
  samples: OfEvaluated<EvaluatedImages> & { leftOut?: LeftOutImages }
  /** Whether ONNX files of its network are included. */
  hasSegments: boolean
}

/** Images in the order of the predictions. */
export interface EvaluatedImages {
  count: number
  /** Positions in the data set's own training samples (validation, calibration) or test samples; null where an earlier version evaluated. */
  indices: number[] | null
}
