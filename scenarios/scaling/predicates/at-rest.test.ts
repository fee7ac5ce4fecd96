import { atRest, goodLife } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

table('SZ1', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  ['at rest for good', 'held', (h) => void atRest(h)],
  [
    'a minimum of one replica',
    'never-zero',
    (h) =>
      void h
        .baseline()
        .scaledObject()
        .said('KEDAScalersStarted')
        .phase('control-before')
        .scale(1, 1)
        .pass(12_000),
  ],
  [
    'it goes to zero once the cooldown is over',
    'held',
    (h) => void h.baseline().phase('control-before').scale(1, 1).pass(6000).sleep().pass(9000),
  ],
  [
    'a rest too short to tell',
    'unknown',
    (h) => void h.baseline().phase('control-before').scale(1, 1).pass(3000),
  ],
  ['it wakes for nothing', 'spurious-activation', (h) => void atRest(h).wake().pass(2000)],
  [
    'it wakes at exactly the threshold',
    'spurious-activation',
    (h) => {
      atRest(h).publish(5)
      h.pass(1500).wake().work().pass(2000)
    },
  ],
  [
    'it wakes again for nothing new',
    'spurious-activation',
    (h) => void goodLife(h).pass(3000).wake().pass(2000),
  ],
  [
    'it wakes for nothing, twice',
    'flapping',
    (h) => void atRest(h).wake().pass(2000).sleep().pass(2000).wake().pass(2000),
  ],
  [
    'it comes and goes while the backlog stays',
    'flapping',
    (h) => {
      atRest(h).publish(200)
      h.pass(600).wake().pass(1000).sleep().pass(1500).wake().work().pass(6000).sleep()
    },
  ],
  [
    'one too many, seen before it was sampled',
    'held',
    (h) => {
      atRest(h).publish(6)
      h.wake().work().pass(6000).sleep()
    },
  ],
  [
    'one too many, and a look that began before it',
    'held',
    (h) => {
      atRest(h).publish(6)
      h.look({ lag: 0 }).wake().work().pass(6000).sleep()
    },
  ],
  [
    'it wakes, and what woke it is written down a little later',
    'held',
    (h) => {
      atRest(h).wake().publish(6)
      h.pass(1500).work().pass(6000).sleep()
    },
  ],
  [
    'it wakes once more, and what woke it is written down a little later',
    'held',
    (h) => {
      goodLife(h).pass(3000).wake().publish(6)
      h.pass(1500).work().pass(6000).sleep()
    },
  ],
  [
    'it wakes for nothing, and much later there is work',
    'spurious-activation',
    (h) => {
      atRest(h).wake().pass(2500).publish(6)
      h.pass(1500).work().pass(6000).sleep()
    },
  ],
  [
    'it wakes while a fault of ours is in force',
    'held',
    (h) => void atRest(h).fault('armed').pass(1000).wake().fault('tookEffect').fault('cleared').pass(2000),
  ],
  [
    'its schedule begins while no more waits than may wait',
    'held',
    (h) => {
      atRest(h).clock(4000).publish(5)
      h.pass(4500).wake().work().pass(6000).sleep().pass(2000)
    },
  ],
  [
    'it wakes before its schedule begins',
    'spurious-activation',
    (h) => {
      atRest(h).clock(4000).publish(5)
      h.pass(3500).wake().work().pass(6000).sleep().pass(2000)
    },
  ],
  [
    'it wakes a second time for a schedule that began once',
    'spurious-activation',
    (h) => {
      atRest(h).clock(1000).pass(1500).wake().pass(6000).sleep().publish(5)
      h.pass(3500).wake().pass(2000)
    },
  ],
  [
    'idleReplicaCount 0 with a minimum of two',
    'held',
    (h) => void goodLife(h),
    { scaling: { minReplicas: 2, idleReplicas: 0 } },
  ],
  [
    'paused at a replica by hand',
    'unknown',
    (h) =>
      void h
        .baseline()
        .scaledObject({ 'condition.Paused': 'True' })
        .phase('control-before')
        .scale(1, 1)
        .pass(12_000),
  ],
  [
    'fallback replicas',
    'held',
    (h) => void atRest(h).scaledObject({ 'condition.Fallback': 'True' }).scale(3, 3).pass(2000),
  ],
])
