import type { Type, types } from 'avsc'

/** A schema may hold itself: so deep a sample goes, and then leaves out what it can. */
const DEPTH = 4

/** A value of this type in which each field has one; no default of ours, so that it is seen whether it comes through. */
export function sampleOf(type: Type, depth = 0): unknown {
  const deeper = (inner: Type) => sampleOf(inner, depth + 1)
  switch (type.typeName) {
    case 'null':
      return null
    case 'boolean':
      return true
    case 'int':
    case 'long':
      return 7
    case 'float':
    case 'double':
      return 0.5
    case 'bytes':
      return Buffer.from('sample')
    case 'string':
      return 'sample'
    case 'fixed':
      return Buffer.alloc((type as types.FixedType).size, 1)
    case 'enum':
      return (type as types.EnumType).symbols[0]
    case 'array':
      return depth > DEPTH ? [] : [deeper((type as types.ArrayType).itemsType)]
    case 'map':
      return depth > DEPTH ? {} : { key: deeper((type as types.MapType).valuesType) }
    case 'error':
    case 'record':
      return Object.fromEntries(
        (type as types.RecordType).fields.map((field) => [field.name, deeper(field.type)]),
      )
    default:
      return ofUnion(type, depth)
  }
}

function ofUnion(type: Type, depth: number): unknown {
  if (type.typeName.startsWith('logical:')) return sampleOf((type as types.LogicalType).underlyingType, depth)
  const { types: branches } = type as types.WrappedUnionType
  const empty = branches.find(({ typeName }) => typeName === 'null')
  const chosen = branches.find((branch) => branch !== empty)
  if (chosen === undefined || (empty !== undefined && depth > DEPTH)) return null
  return { [chosen.branchName ?? chosen.typeName]: sampleOf(chosen, depth) }
}
