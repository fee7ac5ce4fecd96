import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** What a replica can take, by trigger type: the autoscaler divides by it. Kafka's own parser wants it above 0 already. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['threshold'],
  'aws-sqs-queue': ['queueLength'],
  rabbitmq: ['value', 'queueLength'],
}

/** A target of nothing, or below. */
export const targetValue: Rule = {
  name: 'target-value',
  text: {
    finds: 'a threshold of 0 or below: what one replica can take',
    keda: 'it makes the target of the autoscaler’s metric of it; Kubernetes refuses an autoscaler whose target is not above 0. The formula’s target takes its place where scalingModifiers are used',
    source:
      'pkg/scalers/scaler.go, GetMetricTarget and GetMetricTargetMili; Kubernetes: pkg/apis/autoscaling/validation, validateMetricTarget',
    write: 'what one replica can take, above 0',
  },
  *check({ triggers, modifiers }) {
    if (modifiers.used) return
    for (const { type, setting, metadata } of triggers) {
      for (const key of TARGETS[type] ?? []) {
        const { value, at } = setting(key)
        const number = Number(value)
        // The scaler makes thousandths of it, and whole numbers of what it reads as such.
        if (value === undefined || Number.isNaN(number) || Math.round(number * 1000) > 0) continue
        // Zero is rabbitmq's word for "not written".
        if (type === 'rabbitmq' && (number === 0 || metadata.get('mode').text === 'Unknown')) continue
        yield refused('autoscaler', at, `${key} ${value}`, 'write what one replica can take, above 0')
      }
    }
  },
}
