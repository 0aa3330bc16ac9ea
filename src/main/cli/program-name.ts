import type { Context } from './context.ts'

/** How this command line is called, for hints that can be typed as they stand: the launcher of a checkout says it. */
export function calledAs({ environment }: Pick<Context, 'environment'>): string {
  return environment['EXITLAB_COMMAND'] ?? 'exitlab'
}

/** A text of the host, which names commands as `exitlab list` in backticks or after a colon, as they can be typed here. */
export function asCalled(text: string, context: Pick<Context, 'environment'>): string {
  return text.replace(/(?<=`|: )exitlab (?=[a-z])/g, () => `${calledAs(context)} `)
}
