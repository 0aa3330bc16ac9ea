import type { Graph, GraphValue } from '../graph/graph.ts'

/** An axis of a value, or one of this length that no value has and that nodes call by a name. */
type AxisFactor = readonly [value: GraphValue, axis: number] | { name: string; size: number }

/** What an axis is made of: others one after the other, or combined row-major. */
interface Composition {
  kind: 'concatenation' | 'product'
  parts: readonly number[]
}

/** A stretch of an axis with units that can be permuted, as weight matching has it (layers/layer.ts). */
interface UnitStretch {
  /** Number of the variable: its group. */
  variable: number
  offset: number
  count: number
  tile: number
  repeat: number
}

/**
 * Which axes of values have the same hidden units, in the same order: the axes of all values of a graph as variables of a union-find.
 */
export class AxisVariables {
  readonly #first: number[] = []
  readonly #named = new Map<string, number>()
  /** Of each variable one that it is the same as; itself where it stands for all of them. */
  readonly #same: number[] = []
  readonly #size: number[] = []
  readonly #pinned = new Set<number>()
  readonly #made = new Map<number, Composition>()

  constructor({ values }: Pick<Graph, 'values'>) {
    for (const { shape } of values) {
      this.#first.push(this.#same.length)
      for (const size of shape) this.#create(size)
    }
  }

  #create(size: number): number {
    this.#size.push(size)
    return this.#same.push(this.#same.length) - 1
  }

  #root(variable: number): number {
    let root = variable
    while (this.#same[root] !== root) root = this.#same[root] = this.#same[this.#same[root]!]!
    return root
  }

  #of(factor: AxisFactor): number {
    if ('name' in factor) {
      const known = this.#named.get(factor.name)
      if (known !== undefined) return this.#root(known)
      const created = this.#create(factor.size)
      this.#named.set(factor.name, created)
      return created
    }
    const [value, axis] = factor
    return this.#root(this.#first[value.id]! + axis)
  }

  /** Two axes of one length have the same units. */
  join(value: GraphValue, axis: number, other: GraphValue, otherAxis: number): void {
    this.#unite(this.#of([value, axis]), this.#of([other, otherAxis]))
  }

  /** The units of an axis cannot be permuted. */
  pin(value: GraphValue, axis: number): void {
    this.#fix(this.#of([value, axis]))
  }

  /** The entries of an axis are those of these axes, one after the other. */
  concatenate(value: GraphValue, axis: number, parts: readonly AxisFactor[]): void {
    const wide = parts.map((part) => this.#of(part)).filter((part) => this.#size[part] !== 0)
    this.#compose(this.#of([value, axis]), { kind: 'concatenation', parts: wide })
  }

  /** The entries of an axis are those of these axes combined, row-major: an axis that is split into several, or merged of them. */
  combine(value: GraphValue, axis: number, factors: readonly AxisFactor[]): void {
    const wide = factors.map((factor) => this.#of(factor)).filter((factor) => this.#size[factor] !== 1)
    this.#compose(this.#of([value, axis]), { kind: 'product', parts: wide })
  }

  #compose(whole: number, made: Composition): void {
    if (made.parts.length === 1) return this.#unite(made.parts[0]!, whole)
    const known = this.#made.get(whole)
    if (known) return this.#match(made, known)
    this.#made.set(whole, made)
    if (this.#pinned.has(whole)) this.#fix(...made.parts)
  }

  #unite(first: number, second: number): void {
    const [a, b] = [this.#root(first), this.#root(second)]
    if (a === b) return
    if (this.#size[a] !== this.#size[b]) return this.#fix(a, b)
    const [own, others] = [this.#made.get(a), this.#made.get(b)]
    this.#same[a] = b
    if (this.#pinned.has(a)) this.#fix(b)
    if (own && others) this.#match(own, others)
    else if (own) this.#compose(b, own)
  }

  /** Two compositions of one axis; where it is cut differently nothing of it can be permuted. */
  #match(a: Composition, b: Composition): void {
    const sizes = ({ parts }: Composition) => parts.map((part) => this.#size[this.#root(part)]).join()
    if (a.kind !== b.kind || sizes(a) !== sizes(b)) this.#fix(...a.parts, ...b.parts)
    else a.parts.forEach((part, index) => this.#unite(part, b.parts[index]!))
  }

  #fix(...variables: number[]): void {
    for (const variable of variables) {
      const root = this.#root(variable)
      if (this.#pinned.has(root)) continue
      this.#pinned.add(root)
      this.#fix(...(this.#made.get(root)?.parts ?? []))
    }
  }

  /** Fixes what weight matching cannot express: products that lie behind one another. */
  close(): void {
    for (const { kind, parts } of this.#made.values()) {
      const isProduct = (part: number) => this.#made.get(this.#root(part))?.kind === 'product'
      if (kind === 'concatenation') this.#fix(...parts.filter(isProduct))
    }
  }

  /** The stretches of an axis that can be permuted. */
  stretches(value: GraphValue, axis: number): UnitStretch[] {
    return this.#stretches(this.#of([value, axis]))
  }

  #stretches(variable: number): UnitStretch[] {
    const root = this.#root(variable)
    const size = this.#size[root]!
    const made = this.#made.get(root)
    if (!made) {
      const isFree = !this.#pinned.has(root) && size > 1
      return isFree ? [{ variable: root, offset: 0, count: size, tile: 1, repeat: 1 }] : []
    }
    const sizes = made.parts.map((part) => this.#size[this.#root(part)]!)
    const product = (some: readonly number[]) => some.reduce((all, each) => all * each, 1)
    return made.parts.flatMap((part, index) =>
      this.#stretches(part).map((stretch) => {
        if (made.kind === 'concatenation')
          return { ...stretch, offset: stretch.offset + sizes.slice(0, index).reduce((sum, each) => sum + each, 0) }
        const [before, after] = [product(sizes.slice(0, index)), product(sizes.slice(index + 1))]
        return { ...stretch, tile: before * stretch.tile, repeat: stretch.repeat * after }
      }),
    )
  }
}
