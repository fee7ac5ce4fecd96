import { predicatesOver } from '../../proof/predicate.ts'
import type { MonitoringView } from './view/monitoring-view.ts'

export const { predicate, isPredicate } = predicatesOver<MonitoringView>()
