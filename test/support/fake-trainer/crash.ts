import { note, readScript, writeScript } from './script.ts'

/** Dies, if the script says so any more. */
export function crash(folder: string): void {
  const script = readScript(folder)
  if (script.crashes === 0) return
  writeScript(folder, { ...script, crashes: script.crashes - 1 })
  note(folder, 'crash')
  process.stderr.write('a fake fault\n')
  process.kill(process.pid, 'SIGKILL')
}
