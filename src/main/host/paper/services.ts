import type { AnalysisServices } from '../analyses/enqueue.ts'
import type { ExperimentServices } from '../experiments/services.ts'
import type { ExportServices } from '../exports/services.ts'

/** Services for the paper: its experiments, their analyses, and what is made of them. */
export interface PaperServices extends ExperimentServices, AnalysisServices, ExportServices {
  analysisQueue: AnalysisServices['analysisQueue']
}
