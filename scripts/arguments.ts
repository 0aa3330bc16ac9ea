import { parseArgs, type ParseArgsConfig } from 'node:util'

/** What a script was called with. An option that it does not have ends it with one line and exit code 2. */
export function scriptArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config)
  } catch (error) {
    const options = Object.keys(config.options ?? {}).map((name) => `--${name}`)
    // Node says behind the first sentence how to pass the option on as a name.
    const [reason] = (error as Error).message.split(/\. |\n/)
    console.error(`${reason}. It takes ${options.join(', ') || 'no options'}.`)
    process.exit(2)
  }
}
