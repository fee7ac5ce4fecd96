import { predicatesOver } from '../../proof/predicate.ts'
import type { ScalingView } from './view/scaling-view.ts'

export const { predicate, isPredicate } = predicatesOver<ScalingView>()
