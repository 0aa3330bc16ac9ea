/** A number as the author would type it, exponents included: the text itself is what gets written. */
export class TypedNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}
