/** A thread that reads and scores evaluations (scoring-threads.ts). */
import { serve } from '../../../execution/threads/serve.ts'
import { scoreEvaluation } from './score-evaluation.ts'

serve(scoreEvaluation)
