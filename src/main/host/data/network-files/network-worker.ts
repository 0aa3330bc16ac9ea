/** A thread that reads ONNX files as networks (read-in-thread.ts). */
import { serve } from '../../../execution/threads/serve.ts'
import { readNetwork } from './read-network.ts'

serve(readNetwork)
