import { more, nameOf } from '../../../proof/findings.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** What a publisher still owes, in words. */
export function waitedForIn(view: PublisherView): string {
  const missing = view.unpublished()
  const [first] = missing
  if (first === undefined) return 'a command that was answered was not committed'
  return `${nameOf(first)} was committed and not published${more(missing.length)}`
}
