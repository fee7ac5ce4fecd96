import { atRest, goodLife, type ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function awake(h: ScalingHistory): ScalingHistory {
  atRest(h).publish(60)
  return h.pass(600).wake()
}

/** Scaled to zero while its work waits, and KEDA answers no metric. */
function cutOffUncounted(h: ScalingHistory): void {
  awake(h).pass(2000)
  h.metric = null
  h.pass(7000).sleep()
  h.metric = 0
  h.pass(3000).work().pass(9000)
}

table('SZ4', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  ['never woken', 'held', (h) => void atRest(h)],
  ['never back', 'stuck-up', (h) => void awake(h).work().pass(20_000)],
  ['back late', 'stuck-up', (h) => void awake(h).work().pass(15_000).sleep().pass(1500)],
  ['the history ends before it had to', 'unknown', (h) => void awake(h).work().pass(3000)],
  [
    'its pod stays',
    'stuck-up',
    (h) => {
      awake(h).work().pass(6000).sleep()
      h.pods = { Running: 1 }
      h.pass(9000)
      h.pods = {}
      h.pass(1000)
    },
  ],
  [
    'it is woken again before its pod is gone',
    'held',
    (h) => {
      awake(h).work().pass(6000).sleep()
      h.pods = { Running: 1 }
      h.publish(200)
      h.wake().pass(9000).work().pass(6000).sleep().pass(1500)
    },
  ],
  [
    'pods that have ended are gone',
    'held',
    (h) => {
      awake(h).work().pass(6000).sleep()
      h.pods = { Succeeded: 1, Failed: 2 }
      h.pass(20_000)
    },
  ],
  [
    'before the last effect',
    'premature-scale-in',
    (h) => void awake(h).pass(4000).sleep().pass(3000).work().pass(1000),
  ],
  ['before the last effect, as KEDA could not count what waits', 'held', (h) => cutOffUncounted(h)],
  [
    'before the last effect, and KEDA could count again',
    'premature-scale-in',
    (h) => {
      awake(h).pass(2000)
      h.metric = null
      h.pass(5000)
      h.metric = 0
      h.pass(2000).sleep().pass(3000).work().pass(9000)
    },
  ],
  [
    'before the last effect, and its manifest takes a failed count for no work',
    'premature-scale-in',
    (h) => {
      h.add({
        kind: 'lint',
        rule: 'fallback',
        severity: 'warning',
        file: 'scaled-object.yaml',
        line: 7,
        object: 'order-service/order-fulfillment',
        found: 'fallback.replicas is 0',
        fix: 'remove fallback',
      })
      cutOffUncounted(h)
    },
  ],
  [
    'offsets committed early, work killed, while KEDA could not count',
    'premature-scale-in',
    (h) => {
      awake(h).work(40).baseline()
      h.metric = null
      h.pass(6000).sleep().pass(3000)
    },
  ],
  [
    'offsets committed early, work killed',
    'premature-scale-in',
    (h) => void awake(h).work(40).baseline().pass(6000).sleep().pass(3000),
  ],
  [
    'what was published just then KEDA could not know',
    'held',
    (h) => {
      awake(h).work().pass(6000).publish(2)
      h.sleep().pass(3000)
    },
  ],
  [
    'what was skipped long ago is no work that was cut off',
    'held',
    (h) => {
      const skipped = awake(h).waiting.splice(0, 4)
      h.work()
        .pass(6000)
        .sleep()
        .pass(skipped.length * 500)
    },
  ],
  [
    'while a fault is in force nobody has to be in time',
    'held',
    (h) => void awake(h).work().fault('armed').pass(30_000),
  ],
  [
    'a fault starts the bound anew',
    'held',
    (h) =>
      void awake(h)
        .work()
        .fault('armed')
        .pass(30_000)
        .fault('tookEffect')
        .fault('cleared')
        .pass(6000)
        .sleep()
        .pass(1500),
  ],
])
