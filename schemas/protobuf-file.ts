import protobuf from 'protobufjs'
import type { ReferredText } from './schema.ts'

/** Names of fields stay as the file has them. */
const AS_WRITTEN = { keepCase: true } as const

/** The messages of a Protobuf file, each with those within it, in the file's order. */
export interface MessageNode {
  readonly type: protobuf.Type
  readonly within: readonly MessageNode[]
}

/** @throws where the file, or one that it imports, is none, or names what is nowhere */
export function messagesOf(text: string, references: readonly ReferredText[]): readonly MessageNode[] {
  const root = new protobuf.Root()
  const imports = [...references.map((file) => file.text), text].flatMap(
    (file) => protobuf.parse(file, root, AS_WRITTEN).imports ?? [],
  )
  // Those of Google come with each serializer, and are no subjects.
  for (const name of new Set(imports)) {
    const known = protobuf.common.get(name)?.nested
    if (known) root.addJSON(known)
  }
  root.resolveAll()
  // Imported files are in the same root: what is in this one, and in which order, it says itself.
  return nodesOf(protobuf.parse(text, AS_WRITTEN).root, root)
}

function nodesOf(alone: protobuf.NamespaceBase, root: protobuf.Root): readonly MessageNode[] {
  return alone.nestedArray.flatMap((nested) => {
    if (nested instanceof protobuf.Type)
      return [{ type: root.lookupType(nested.fullName), within: nodesOf(nested, root) }]
    return nested instanceof protobuf.Namespace && !(nested instanceof protobuf.Service)
      ? nodesOf(nested, root)
      : []
  })
}

/** Undefined where the file has no message there. */
export function messageAt(
  nodes: readonly MessageNode[],
  [first, ...rest]: readonly number[],
): protobuf.Type | undefined {
  const node = first === undefined ? undefined : nodes[first]
  return rest.length === 0 ? node?.type : messageAt(node?.within ?? [], rest)
}

/** All of them, those within others as well. */
export function allOf(nodes: readonly MessageNode[]): readonly protobuf.Type[] {
  return nodes.flatMap(({ type, within }) => [type, ...allOf(within)])
}
