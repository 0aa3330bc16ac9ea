/** The fake trainer of a version that has more methods. */
import './methods.ts'

await import('../fake-trainer/index.ts')
