import type { z } from 'zod'

/** What a schema accepts, read only all the way down. Comments on the fields of the schema stay with them. */
export type Declared<S extends z.ZodType> = ReadOnly<z.output<S>>

type ReadOnly<T> = unknown extends T
  ? T
  : T extends Leaf
    ? T
    : { readonly [Field in keyof T]: ReadOnly<T[Field]> }

type Leaf = string | number | boolean | undefined | RegExp
