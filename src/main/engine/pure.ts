/** The part of the engine that needs no tensors: what the host uses in its own process. Nothing here loads TensorFlow or TensorFlow.js. */
export { missingProcessorFeature, trainerEnvironment } from './tensorflow/environment.ts'
export { compareRuns } from './evaluation/compare.ts'
export { costCurves } from './evaluation/cost-curves.ts'
export type { EvaluationSummary } from './evaluation/evaluation-summary.ts'
export { summariseEvaluation } from './evaluation/evaluation-summary.ts'
export { predict } from './evaluation/predictions.ts'
