import type { AddressBook } from './address-book.ts'
import type { Testbed } from './testbed.ts'

/** A subject that runs. */
export interface Opened<T extends Testbed> {
  readonly testbed: T
  /** All of it ends with these. */
  readonly parts: AsyncDisposableStack
  /** Where its parts are, for people's own steps. */
  readonly addresses: AddressBook
}
