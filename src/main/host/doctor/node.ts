import { type Check, ok, problem } from './check.ts'

/** From here on Node strips types by itself. */
const oldest = [22, 18] as const

export const node: Check = {
  name: 'Node',
  run() {
    const { version } = process
    const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
      return [ok(`${version}, ${process.platform} ${process.arch}`)]
    return [
      problem(
        `${version} is too old: ${oldest.join('.')} or newer is needed`,
        'Run `npm run setup`, or install a newer Node.',
      ),
    ]
  },
}
