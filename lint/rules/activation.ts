import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Complaint, Rule } from '../rule.ts'

/** D4. Activation is strict: a lag *above* activationLagThreshold wakes, one that equals it waits for ever. */
export const activation: Rule = {
  name: 'activation',
  text: {
    finds:
      'an `activationLagThreshold` that holds back what must wake (`scaling.….wakesAt`: an error), 1 (which means 2), or not below `lagThreshold`',
    keda: 'it wakes only above the threshold; what does not exceed it waits without a time limit',
    source: 'pkg/scalers/kafka_scaler.go and apache_kafka_scaler.go, GetMetricsAndActivity',
    write: 'one less than what must wake; "0" for the first event',
    failure: 'D4',
  },
  *check(object, { context }): Iterable<Complaint> {
    if (!object.fromZero) return
    for (const trigger of kafkaTriggers(object)) {
      const { activationLagThreshold: held, lagThreshold } = trigger
      const { at } = trigger.setting('activationLagThreshold')
      const { wakesAt, name } = consumerOf(trigger, object, context) ?? {}
      if (wakesAt !== undefined && held >= wakesAt) {
        yield {
          severity: 'error',
          at,
          found: `activationLagThreshold ${held}, while ${name} must wake at ${events(wakesAt)}`,
          why: `KEDA wakes only above the threshold: ${events(held)} stay where they are, without a time limit`,
          fix: `write activationLagThreshold: "${wakesAt - 1}"`,
        }
      } else if (held >= lagThreshold) {
        yield {
          severity: 'warning',
          at,
          found: `activationLagThreshold ${held} is not below lagThreshold ${lagThreshold}`,
          why: `the load of a whole replica (${events(held)}) waits without a time limit; the two were probably taken for each other`,
          fix: `write an activationLagThreshold below ${lagThreshold}; "0" wakes at the first event`,
        }
      } else if (held === 1) {
        yield {
          severity: 'warning',
          at,
          found: 'activationLagThreshold 1',
          why: 'KEDA wakes only above the threshold: one event alone waits without a time limit',
          fix: 'write activationLagThreshold: "0" (or leave it out) to wake at the first event',
        }
      }
    }
  },
}

function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`
}
