import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'
import type { AnalysisSources } from '../analyses/progress-recorder.ts'
import type { ComparisonServices } from '../comparison/services.ts'

/** Services for what leaves as a file. */
export interface ExportServices extends ComparisonServices, AnalysisSources {
  trainers: TrainerJobs
}
