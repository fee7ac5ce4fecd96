import { Misdeclared } from './misdeclared.ts'

/** A file of `schemas` is missing, or is no schema; or a service registered none. */
export class SchemaInvalid extends Misdeclared {
  override readonly code = 'EVENTPROOF_SCHEMA_INVALID'
}
