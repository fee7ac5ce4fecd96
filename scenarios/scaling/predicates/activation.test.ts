import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { atRest, goodLife, ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { ScalingView } from '../view/scaling-view.ts'
import { activation } from './activation.ts'

function backlog(h: ScalingHistory): ScalingHistory {
  atRest(h).publish(60)
  return h
}

function begun(h: ScalingHistory): ScalingHistory {
  return backlog(h).said('KEDAScaleTargetActivated').scale(1)
}

table('SZ2', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  [
    'the threshold alone',
    'held',
    (h) => {
      atRest(h).publish(5)
      h.pass(20_000)
    },
  ],
  ['nothing wakes it', 'no-activation', (h) => void backlog(h).pass(6000)],
  [
    'nothing can wake what is paused',
    'unknown',
    (h) => void backlog(h).scaledObject({ 'condition.Paused': 'True' }).pass(60_000),
  ],
  ['the history ends too early to tell', 'unknown', (h) => void backlog(h).pass(1000)],
  [
    'nothing can wake it while the operator is cut off',
    'held',
    (h) => void backlog(h).fault('armed').pass(20_000),
  ],
  [
    'it is woken in time after the operator came back',
    'held',
    (h) =>
      void backlog(h)
        .fault('armed')
        .pass(20_000)
        .fault('tookEffect')
        .fault('cleared')
        .pass(1200)
        .wake()
        .work()
        .pass(2000),
  ],
  [
    'somebody else wakes it, and KEDA says long after that it did',
    'not-keda-activated',
    (h) => {
      backlog(h).scale(1, 1).pass(12_000)
      h.said('KEDAScaleTargetActivated').pass(5000)
    },
  ],
  [
    'KEDA gives up on the answer long after it woke it',
    'held',
    (h) => {
      backlog(h).scale(1, 1).work().pass(20_000)
      h.said('KEDAScaleTargetActivationFailed').pass(2000)
    },
  ],
  ['it is woken late', 'late-activation', (h) => void backlog(h).pass(5000).wake().work().pass(1000)],
  [
    'a slow start within its budget',
    'held',
    (h) => void begun(h).pass(2800).scale(1, 1).pass(200).work().pass(900),
  ],
  [
    'a slow start beyond its budget',
    'late-activation',
    (h) => void begun(h).pass(6000).scale(1, 1).work().pass(900),
  ],
  ['a pod that never gets ready', 'late-activation', (h) => void begun(h).pass(9000)],
  [
    'ready before it has subscribed',
    'late-activation',
    (h) => void backlog(h).wake().pass(7000).work().pass(1000),
  ],
  [
    'somebody scaled it by hand',
    'not-keda-activated',
    (h) => void backlog(h).pass(500).scale(1, 1).work().pass(2000),
  ],
  [
    "KEDA's word of an earlier time does not count",
    'not-keda-activated',
    (h) => {
      goodLife(h).publish(60)
      h.pass(600).scale(1, 1).work().pass(2000)
    },
  ],
  [
    "KEDA's word that comes after the change counts",
    'held',
    (h) => void backlog(h).pass(500).scale(1, 1).said('KEDAScaleTargetActivated').work().pass(2000),
  ],
  [
    'KEDA woke it and did not hear the answer',
    'held',
    (h) => void backlog(h).said('KEDAScaleTargetActivationFailed').scale(1, 1).work().pass(2000),
  ],
  [
    'no event of the cluster was seen at all',
    'unknown',
    (h) => {
      h.baseline().scale(0).pass(8000).publish(60)
      h.pass(500).scale(1, 1).work().pass(2000)
    },
  ],
  [
    'replicas of a pause are nobody’s activation',
    'unknown',
    (h) => void backlog(h).scaledObject({ 'condition.Paused': 'True' }).scale(2, 2).pass(2000),
  ],
])

test('what KEDA says is wrong is told, in its own words', () => {
  const h = backlog(new ScalingHistory())
  h.said('KEDAScalerFailed', 'error describing topics: unknown topic')
  h.add({
    kind: 'k8s.event',
    reason: 'FailedScheduling',
    object: 'Pod/a',
    message: 'less telling',
    source: '',
  })
  h.pass(6000).end()
  const finding = activation.check(fed(new ScalingView(h.plan), h.events))
  assert.ok(finding.kind === 'stalled')
  assert.match(finding.counterexample.says, /says: KEDAScalerFailed: error describing topics: unknown topic$/)
})

test('a pod that can not start says why', () => {
  const h = begun(new ScalingHistory())
  const fields = { phase: 'Pending', waiting: 'CrashLoopBackOff', ended: 'exit code 1: no broker' }
  h.pass(2000).add({ kind: 'k8s.object', resource: 'Pod', name: 'a', change: 'modified', fields })
  h.pass(6000).end()
  const finding = activation.check(fed(new ScalingView(h.plan), h.events))
  assert.ok(finding.kind === 'stalled')
  assert.match(finding.counterexample.says, /; Pod\/a says: CrashLoopBackOff: exit code 1: no broker$/)
})
