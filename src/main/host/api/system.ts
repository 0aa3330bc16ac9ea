import { freeBytes, sizeOf } from '../disk-use.ts'
import { os } from './contract.ts'

export const system = {
  info: os.system.info.handler(async ({ context: { store, about } }) => {
    const { folder, checkpoints, evaluations } = store.workspace
    const { version, host, gpu, device } = about
    const disk = {
      freeBytes: await freeBytes(folder),
      checkpointBytes: await sizeOf(checkpoints),
      evaluationBytes: await sizeOf(evaluations),
    }
    return { version, workspace: folder, host: host && { ...host, gpu }, device, disk }
  }),

  doctor: os.system.doctor.handler(async ({ context }) => {
    const { diagnose } = await import('../doctor/index.ts')
    return diagnose(context)
  }),
}
