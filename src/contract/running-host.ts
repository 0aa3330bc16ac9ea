import { z } from 'zod'
import { deviceName } from '../shared/device.ts'
import { executor } from '../shared/executor.ts'
import { methodOrigin } from '../shared/method-origin.ts'
import { parallel } from '../shared/parallel.ts'

/** Absolute path of a folder of phases. */
export const depot = z.string().min(1).max(1000).nullable()

/** The host that holds a workspace. */
export const runningHost = z.object({
  pid: z.int(),
  startedAt: z.int(),
  parallel,
  device: deviceName,
  executor,
  depot,
  /** Extensions that it loaded when it started. */
  extensions: z.array(methodOrigin),
})
