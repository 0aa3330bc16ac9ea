import type { SamplePictures } from '../data/sample-pictures.ts'
import type { EvaluationSources } from './evaluation/evaluation-reader.ts'

/** Services for readings. */
export interface ComparisonServices extends EvaluationSources {
  pictures: SamplePictures
}
