import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether the machine has a display controller by NVIDIA, with or without a driver; false if that is unknown. */
export async function hasNvidiaHardware(devices = '/sys/bus/pci/devices'): Promise<boolean> {
  try {
    const names = await readdir(devices)
    const found = await Promise.all(names.map((name) => isNvidiaDisplay(join(devices, name))))
    return found.includes(true)
  } catch {
    return false
  }
}

async function isNvidiaDisplay(device: string): Promise<boolean> {
  const [vendor, kind] = await Promise.all(['vendor', 'class'].map((file) => readFile(join(device, file), 'utf8')))
  return vendor!.trim() === '0x10de' && kind!.startsWith('0x03')
}
