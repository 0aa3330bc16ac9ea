import { execFileSync } from 'node:child_process'

/** A Python that has these modules, if EXITLAB_PYTHON names one, or why there is none. */
export function pythonWith(...modules: string[]): { python: string } | { python: null; reason: string } {
  const python = process.env.EXITLAB_PYTHON
  const missing = `EXITLAB_PYTHON names no Python that has ${modules.join(', ')}`
  if (python === undefined) return { python: null, reason: missing }
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' })
    return { python }
  } catch {
    return { python: null, reason: missing }
  }
}
