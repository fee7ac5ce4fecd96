import { predicatesOver } from '../../proof/predicate.ts'
import type { PublisherView } from './view/publisher-view.ts'

export const { predicate, isPredicate } = predicatesOver<PublisherView>()
