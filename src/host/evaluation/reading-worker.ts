/** A thread that reads evaluations (reading-threads.ts). */
import { serve } from '../../threads/serve.ts'
import { read } from './reading.ts'

serve(read)
