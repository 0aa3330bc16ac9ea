/** A thread that reads evaluations (reading-threads.ts). */
import { serve } from '../../../execution/threads/serve.ts'
import { read } from './reading.ts'

serve(read)
