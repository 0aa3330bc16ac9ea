import { z } from 'zod'
import { networkReport } from '../shared/network/network-file.ts'
import { procedure } from './procedure.ts'

const side = z.int().positive()

/** Networks in files. */
export const networks = {
  /** What an ONNX file is as a network: its operators, exit sites and costs. Refused with operator, module and remedy. */
  describe: procedure
    .input(
      z.object({
        /** Absolute, on the host's machine. */
        path: z.string().min(1),
        /** Height and width of the images; default: the file's. */
        side: z.tuple([side, side]).optional(),
        /** Modules that blocks end with; default: those that are found. */
        sites: z.array(z.string()).min(2).optional(),
      }),
    )
    .output(networkReport),
}
