/** A decoded field: int64 as bigint, uuid as 22 characters of base64url (as Java prints it), bytes as they came. */
export type Value = number | bigint | boolean | string | Buffer | null | readonly Value[] | Struct

/** Tagged fields that the layout does not know, kept so that encoding gives the same bytes back. */
export const unknownTags: unique symbol = Symbol('unknown tags')

/** A message or a structure in it, by field name. A tagged field that was not sent is absent. */
export interface Struct {
  [name: string]: Value | undefined
  [unknownTags]?: ReadonlyMap<number, Buffer>
}
