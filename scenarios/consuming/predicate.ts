import { predicatesOver } from '../../proof/predicate.ts'
import type { ConsumerView } from './view/consumer-view.ts'

export const { predicate, isPredicate } = predicatesOver<ConsumerView>()
