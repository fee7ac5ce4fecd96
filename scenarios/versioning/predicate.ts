import { predicatesOver } from '../../proof/predicate.ts'
import type { VersioningView } from './view/versioning-view.ts'

export const { predicate, isPredicate } = predicatesOver<VersioningView>()
