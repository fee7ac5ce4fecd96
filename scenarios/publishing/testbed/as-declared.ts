import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import { misdeclared } from './misdeclared.ts'
import { misplaced } from './misplaced.ts'
import type { PublisherTestbed } from './publisher-testbed.ts'

/**
 * Holds what the config names against what the load has left while nothing was hurt, and tells the mark gate what a mark
 * is. @throws {Misdeclared}
 */
export async function asDeclared({
  history,
  publisher,
  view,
  parts,
  gates,
}: PublisherTestbed): Promise<void> {
  const wrong = await misdeclared(history, publisher, () => parts.writtenTopics())
  if (wrong !== undefined) throw wrong
  const place = misplaced(view)
  if (place !== undefined) throw new DeclarationWrong(`publishers.${publisher.name}`, place.field, place)
  await gates.markedBy(view.doneSoFar())
}
