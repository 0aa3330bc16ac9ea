/** Of the control of a setting, so that other places can lead to it. */
export function fieldId(key: string): string {
  return `setting-${key.replaceAll('.', '-')}`
}

/** Puts the focus on the control of the setting at a path, or of the section around it. @returns whether there is one. */
export function focusField(path: readonly (string | number)[]): boolean {
  for (let length = path.length; length > 0; length--) {
    const field = document.getElementById(fieldId(path.slice(0, length).join('.')))
    if (field === null) continue
    field.focus({ preventScroll: true })
    field.scrollIntoView({ block: 'nearest' })
    return true
  }
  return false
}
