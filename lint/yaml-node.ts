import { isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { resolvePlain, type ScalarValue } from './scalar.ts'

/** The text of a scalar node, and what Kubernetes takes it for. Nodes are parsed without any schema: all are texts. */
export function scalarOf({ value, tag, type }: Scalar): ScalarValue {
  const text = String(value ?? '')
  if (tag === undefined) return type === 'PLAIN' || type === undefined ? resolvePlain(text) : text
  return RESOLVED.test(tag) ? resolvePlain(text) : text
}

/** Of the tags that can be written before a scalar, those by which it is no text. */
const RESOLVED = /^tag:yaml\.org,2002:(int|float|bool|null)$/

/** A key as JSON has it: `on:` is the key "true". */
export function keyOf({ key }: Pair): string {
  if (!isScalar(key)) return String(key)
  const value = scalarOf(key)
  return value === null ? 'null' : String(value)
}

/** `<<: *other` takes over what the other mapping has. A quoted one is an ordinary key. */
export function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<'
}

/** A key of a mapping that was there before; of the whole document. */
export function* repeatedKeys(node: unknown): Iterable<readonly [key: string, node: Node]> {
  if (isMap(node)) yield* repeatedIn(node)
  const items: readonly unknown[] = isCollection(node) ? node.items : []
  for (const item of items) yield* repeatedKeys(isPair(item) ? item.value : item)
}

function* repeatedIn({ items }: YAMLMap): Iterable<readonly [string, Node]> {
  const seen = new Set<string>()
  for (const pair of items) {
    const key = keyOf(pair)
    if (seen.has(key) && isScalar(pair.key)) yield [key, pair.key]
    seen.add(key)
  }
}

function isCollection(node: unknown): node is { readonly items: readonly unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)
}

function isPair(node: unknown): node is Pair {
  return typeof node === 'object' && node !== null && 'key' in node && 'value' in node
}
