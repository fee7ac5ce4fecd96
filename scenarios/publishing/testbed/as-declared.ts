import type { Gates } from '../../../proof/gates/gates.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import type { PublisherDeclaration } from '../plan.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { misdeclared } from './misdeclared.ts'
import { misplaced } from './misplaced.ts'
import type { PublisherParts } from './publisher-parts.ts'

interface Loaded {
  readonly history: ScenarioHistory
  readonly publisher: PublisherDeclaration
  readonly view: PublisherView
  readonly parts: Pick<PublisherParts, 'writtenTopics'>
  readonly gates: Pick<Gates, 'markedBy'>
}

/**
 * Holds what the config names against what the load has left while nothing was hurt, and tells the mark gate what a mark
 * is. @throws {Misdeclared}
 */
export async function asDeclared({ history, publisher, view, parts, gates }: Loaded): Promise<void> {
  const wrong = await misdeclared(history, publisher, () => parts.writtenTopics())
  if (wrong !== undefined) throw wrong
  const place = misplaced(view)
  if (place !== undefined) throw new DeclarationWrong(`publishers.${publisher.name}`, place.field, place)
  await gates.markedBy(view.doneSoFar())
}
