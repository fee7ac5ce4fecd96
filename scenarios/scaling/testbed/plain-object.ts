import type { ClusterObject } from '../../../stacks/stack.ts'

/** What was put in the place of what a manifest says. */
export interface Change {
  /** Such as `Deployment/order-consumer`. */
  readonly object: string
  readonly field: string
  /** `null`: the field was not there, or is taken away. */
  readonly from: string | null
  readonly to: string | null
}

type Plain = Record<string, unknown>

/** One object of a manifest as plain values, that keeps account of what is changed in it. */
export class PlainObject {
  readonly #root: Plain
  readonly changes: Change[] = []

  constructor(root: unknown) {
    this.#root = structuredClone(root) as Plain
  }

  get kind(): string {
    return String(this.#root.kind)
  }
  get name(): string {
    return String(this.get('metadata', 'name'))
  }
  get object(): ClusterObject {
    return this.#root as unknown as ClusterObject
  }

  get(...path: readonly (string | number)[]): unknown {
    let at: unknown = this.#root
    for (const key of path) at = (at as Record<string | number, unknown> | undefined)?.[key]
    return at
  }

  list(...path: readonly (string | number)[]): readonly unknown[] {
    const value = this.get(...path)
    return Array.isArray(value) ? value : []
  }

  /** Sets a field, or takes it away where `value` is undefined; mappings on the way to it are made. */
  set(path: readonly (string | number)[], value: unknown): void {
    const from = this.get(...path)
    if (JSON.stringify(from) === JSON.stringify(value)) return
    const last = path.at(-1) as string | number
    let at = this.#root as Record<string | number, unknown>
    for (const [i, key] of path.slice(0, -1).entries()) {
      at[key] ??= typeof path[i + 1] === 'number' ? [] : {}
      at = at[key] as Record<string | number, unknown>
    }
    if (value === undefined) delete at[last]
    else at[last] = value
    const object = `${this.kind}/${this.name}`
    this.changes.push({ object, field: path.join('.'), from: text(from), to: text(value) })
  }
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
