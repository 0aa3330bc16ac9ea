import type { EvaluationSources } from '../comparison/evaluation/evaluation-reader.ts'
import type { ExperimentServices } from '../experiments/services.ts'

/** Services for searches: each rung is an experiment, whose runs are scored. */
export interface SearchServices extends ExperimentServices, EvaluationSources {}
