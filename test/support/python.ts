import { execFileSync } from 'node:child_process'

const finds = 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))'

/** A Python that has these modules, if EXITLAB_PYTHON names one, or why there is none. */
export function pythonWith(...modules: string[]): { python: string } | { python: null; reason: string } {
  const python = process.env.EXITLAB_PYTHON
  const missing = `EXITLAB_PYTHON names no Python that has ${modules.join(', ')}`
  if (python === undefined) return { python: null, reason: missing }
  try {
    // To import them all takes ten seconds.
    execFileSync(python, ['-c', finds, ...modules], { stdio: 'ignore' })
    return { python }
  } catch {
    return { python: null, reason: missing }
  }
}
