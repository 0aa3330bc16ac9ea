/**
 * The parts of an exit rule as requests name it: `difference`, or with parameters of its own, as written, `difference:patience=2`;
 * several parameters are separated by commas.
 */
export function readRule(reference: string) {
  const [name = ''] = reference.split(':')
  return { name: name.trim(), parameters: Object.fromEntries(ruleParameters(reference)) }
}

/** Parameters in a reference as they are written: keys may be repeated. */
export function ruleParameters(reference: string): [key: string, value: string][] {
  const [, ...rest] = reference.split(':')
  return rest
    .join(':')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [key = '', ...value] = part.split('=')
      return [key.trim(), value.join('=').trim()]
    })
}

/** The reference with these parts. */
export function writeRule({ name, parameters }: { name: string; parameters: Record<string, unknown> }): string {
  const parts = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`)
  return parts.length === 0 ? name : `${name}:${parts.join(',')}`
}

/** `confidence rule`, `difference rule with patience 2`. */
export function ruleInWords(reference: string): string {
  const { name, parameters } = readRule(reference)
  const parts = Object.entries(parameters).map(([key, value]) => `${key} ${value}`)
  return parts.length === 0 ? `${name} rule` : `${name} rule with ${parts.join(' and ')}`
}
