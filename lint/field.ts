import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import type { ScalarValue } from './scalar.ts'
import { isMerge, keyOf, scalarOf } from './yaml-node.ts'

/** From 1, as editors count. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Source {
  readonly document: Document
  readonly lines: LineCounter
}

/** A key of a mapping, and what it holds. */
export type Entry = readonly [key: string, field: Field]

type Written = Node | null | undefined

/**
 * A place in a YAML document: what is written there, and where. A place where nothing is written exists too, at
 * the position of what should hold it, so that a missing field can be pointed at.
 */
export class Field implements Position {
  readonly line: number
  readonly column: number
  /** Such as `spec.triggers[0].metadata`. */
  readonly path: string
  readonly #source: Source
  readonly #node: Written
  readonly #written: boolean
  #pairOf: ReadonlyMap<string, Pair> | undefined
  readonly #children = new Map<string, Field>()

  private constructor(source: Source, node: Written, path: string, at: Position, written = true) {
    this.#source = source
    this.#written = written
    this.#node = isAlias(node) ? (node.resolve(source.document) as Written) : node
    this.path = path
    this.line = at.line
    this.column = at.column
  }

  /** The whole document. */
  static root(source: Source): Field {
    const node = source.document.contents as Written
    return new Field(source, node, '', positionOf(source, node) ?? { line: 1, column: 1 })
  }

  get kind(): 'mapping' | 'sequence' | 'scalar' | 'nothing' {
    if (isMap(this.#node)) return 'mapping'
    if (isSeq(this.#node)) return 'sequence'
    return this.value === undefined ? 'nothing' : 'scalar'
  }

  get present(): boolean {
    return this.kind !== 'nothing'
  }

  /** `null` is written here, or a key with nothing behind it. */
  get isNull(): boolean {
    return this.#written && this.#scalar === null
  }

  /** The scalar as Kubernetes types it; undefined for null and for everything else. */
  get value(): string | number | boolean | undefined {
    return this.#scalar ?? undefined
  }

  /** The scalar as it is written, without quotes. */
  get text(): string | undefined {
    if (this.value === undefined) return undefined
    return isScalar(this.#node) && typeof this.value !== 'string' && this.#node.source !== undefined
      ? this.#node.source
      : String(this.value)
  }

  get #scalar(): ScalarValue | undefined {
    if (isScalar(this.#node)) return scalarOf(this.#node)
    return this.#node === null ? null : undefined
  }

  /** All of it as plain values, aliases and merged keys filled in. */
  get plain(): unknown {
    return this.#plain([])
  }

  #plain(holders: readonly Written[]): unknown {
    if (holders.includes(this.#node)) return undefined
    const inside = [...holders, this.#node]
    if (isMap(this.#node)) {
      return Object.fromEntries(this.entries().map(([key, field]) => [key, field.#plain(inside)]))
    }
    return isSeq(this.#node) ? this.items().map((item) => item.#plain(inside)) : this.#scalar
  }

  get(...keys: readonly string[]): Field {
    let field: Field = this
    for (const key of keys) field = field.#child(key)
    return field
  }

  /** The elements of a sequence; none where it is something else. */
  items(): readonly Field[] {
    if (!isSeq(this.#node)) return []
    return this.#node.items.map(
      (item, i) =>
        new Field(
          this.#source,
          item as Written,
          `${this.path}[${i}]`,
          positionOf(this.#source, item as Written) ?? this,
        ),
    )
  }

  /** The keys of a mapping with what they hold, merged ones (`<<`) included. */
  entries(): readonly Entry[] {
    return [...this.#byKey().keys()].map((key) => [key, this.#child(key)])
  }

  /** This and all that is written below it, at any depth. Aliases are not followed: they are written elsewhere. */
  *below(): Iterable<Field> {
    yield this
    const node = this.#node
    if (isSeq(node)) {
      for (const [i, item] of this.items().entries()) if (!isAlias(node.items[i])) yield* item.below()
    }
    if (isMap(node)) {
      for (const pair of node.items) if (!isAlias(pair.value)) yield* this.#child(keyOf(pair)).below()
    }
  }

  /** Rules ask for the same fields again and again. */
  #child(key: string): Field {
    const known = this.#children.get(key)
    if (known !== undefined) return known
    const child = this.#newChild(key)
    this.#children.set(key, child)
    return child
  }

  /** The last one of a key counts. */
  #byKey(): ReadonlyMap<string, Pair> {
    this.#pairOf ??= new Map(this.#pairs(this.#node).map((pair) => [keyOf(pair), pair]))
    return this.#pairOf
  }

  #newChild(key: string): Field {
    const pair = this.#byKey().get(key)
    return new Field(
      this.#source,
      pair?.value as Written,
      this.path === '' ? key : `${this.path}.${key}`,
      positionOf(this.#source, pair?.key as Written) ?? this,
      pair !== undefined,
    )
  }

  /**
   * In the order of the text, with merged keys in the place of `<<`. A mapping that merges itself is entered once.
   */
  #pairs(node: Written, entered: readonly Written[] = []): readonly Pair[] {
    if (entered.includes(node)) return []
    const inside = [...entered, node]
    if (isAlias(node)) return this.#pairs(node.resolve(this.#source.document) as Written, inside)
    // Of several mappings that are merged the first one wins.
    if (isSeq(node)) return node.items.toReversed().flatMap((item) => this.#pairs(item as Written, inside))
    if (!isMap(node)) return []
    return node.items.flatMap((pair) => (isMerge(pair) ? this.#pairs(pair.value as Written, inside) : [pair]))
  }
}

function positionOf({ lines }: Source, node: Written): Position | undefined {
  const start = node?.range?.[0]
  if (start === undefined) return undefined
  const { line, col } = lines.linePos(start)
  return { line, column: col }
}
