import { z } from 'zod'
import { deviceName } from '../shared/phases/device.ts'
import { executor } from '../shared/phases/executor.ts'
import { methodOrigin } from '../shared/methods/method-origin.ts'
import { parallel } from '../shared/phases/parallel.ts'

/** Absolute path of a folder of phases. */
export const depot = z.string().min(1).max(1000).nullable()

/** The host that holds a workspace. */
export const runningHost = z.object({
  pid: z.int(),
  startedAt: z.int(),
  /** Command of Exitlab that it runs for, such as `run`; `window`: the desktop application. */
  command: z.string(),
  /** Whether it trains queued runs. */
  trains: z.boolean(),
  /** The host whose workspace it took over when that ended; null: it opened the workspace by itself. */
  after: z
    .object({
      pid: z.int(),
      command: z.string(),
      /** Whether it ended without closing the workspace: killed, or by a failure. */
      died: z.boolean(),
    })
    .nullable(),
  parallel,
  device: deviceName,
  executor,
  depot,
  /** Extensions that it loaded when it started. */
  extensions: z.array(methodOrigin),
})
