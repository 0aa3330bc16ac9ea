import type { DeviceReport } from '../../shared/phases/device.ts'
import type { CApi, Pointer } from './c-api.ts'
import { check, withStatus } from './status.ts'

interface Process {
  threads: number
  /** Name of the NVIDIA card that it was started for, which TensorFlow does not tell. */
  card: string | undefined
}

/** Which device TensorFlow computes on: the first GPU it shows, else the processor. Never guessed from settings. */
export function reportDevice(api: CApi, context: Pointer, { threads, card }: Process): DeviceReport {
  const devices = listDevices(api, context)
  const gpu = devices.find((device) => device.type === 'GPU')
  const { name } = gpu ?? devices[0] ?? { name: 'none' }
  return {
    kind: gpu ? 'gpu' : 'cpu',
    name: gpu && card ? card : name,
    tensorflowVersion: api.TF_Version(),
    threads,
  }
}

function listDevices(api: CApi, context: Pointer): { name: string; type: string }[] {
  return withStatus(api, (status) => {
    const list = api.TFE_ContextListDevices(context, status)
    check(api, status, 'listing devices')
    const devices = Array.from({ length: api.TF_DeviceListCount(list) }, (_, index) => ({
      name: api.TF_DeviceListName(list, index, status),
      type: api.TF_DeviceListType(list, index, status),
    }))
    api.TF_DeleteDeviceList(list)
    return devices
  })
}
