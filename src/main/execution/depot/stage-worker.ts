/** A thread that brings phases from one depot into another (stage-threads.ts). */
import { serve } from '../threads/serve.ts'
import { stagePhases } from './stage-phases.ts'

serve(stagePhases)
