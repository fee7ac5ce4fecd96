import { kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** Seconds between two looks of the autoscaler: a shorter window holds nothing back. */
const LOOK = 15

/** D13. Each replica that is taken away moves partitions: without a window it happens at every look. */
export const scaleInWindow: Rule = {
  name: 'scale-in-window',
  text: {
    finds: 'a scale-down stabilization shorter than the autoscaler’s own 15 s: a rebalance at every step',
    keda: 'it hands it on to the autoscaler, which looks every 15 s',
    source: 'controllers/keda/hpa.go, newHPAForScaledObject',
    write: 'nothing (300 s)',
    failure: 'D13',
  },
  *check(object) {
    const behavior = object.spec.get('advanced', 'horizontalPodAutoscalerConfig', 'behavior')
    const window = behavior.get('scaleDown', 'stabilizationWindowSeconds')
    const { value } = window
    if (typeof value !== 'number' || value >= LOOK || kafkaTriggers(object).length === 0) return
    yield {
      severity: 'warning',
      at: window,
      found: `scaleDown.stabilizationWindowSeconds is ${value}`,
      why: 'shorter than the 15 s between two looks of the autoscaler, it holds nothing back: consumers are taken away one by one while they work; each step is a rebalance, and the group stands still meanwhile',
      fix: 'leave it out (300 s); lift scaleUp alone to scale out faster',
    }
  },
}
