import { atRest, goodLife, type ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Woken for so many events, which nobody works on, with so many replicas. */
function waiting(h: ScalingHistory, events: number, replicas: number): ScalingHistory {
  atRest(h).publish(events)
  h.wake()
  return replicas > 1 ? h.scale(replicas, 1) : h
}

table('SZ8', [
  ['from zero to many and back', 'held', (h) => void goodLife(h)],
  ['one replica, however long so many wait', 'under-scaled', (h) => void waiting(h, 200, 1).pass(9000)],
  ['fewer than are asked for', 'under-scaled', (h) => void waiting(h, 200, 3).pass(9000)],
  ['as many as are asked for', 'held', (h) => void waiting(h, 200, 4).pass(60_000)],
  ['more come while the autoscaler has time', 'held', (h) => void waiting(h, 200, 1).pass(4000)],
  [
    'they come late, and stay away no longer than allowed',
    'held',
    (h) => void waiting(h, 200, 1).pass(4500).scale(4, 1).pass(60_000),
  ],
  ['as many as there are partitions', 'held', (h) => void waiting(h, 900, 4).pass(60_000)],
  [
    'as many as there are partitions, where more are wanted',
    'under-scaled',
    (h) => void waiting(h, 400, 4).pass(9000),
    { scaling: { allowIdleConsumers: true } },
  ],
  [
    'the declared maximum',
    'held',
    (h) => void waiting(h, 200, 2).pass(60_000),
    { scaling: { maxReplicas: 2 } },
  ],
  ['within the autoscaler’s tolerance', 'held', (h) => void waiting(h, 55, 1).pass(60_000)],
  ['beyond the autoscaler’s tolerance', 'under-scaled', (h) => void waiting(h, 56, 1).pass(9000)],
  [
    'work gets done: so many never wait for long',
    'held',
    (h) => {
      waiting(h, 120, 1)
      for (let n = 0; n < 9; n++) {
        h.pass(3000).work().pass(1000)
        h.publish(120)
      }
    },
  ],
  [
    'nobody can know how much waits',
    'held',
    (h) => {
      waiting(h, 200, 1)
      h.metric = null
      h.pass(60_000)
    },
  ],
  [
    'a fault is in force',
    'held',
    (h) => void waiting(h, 200, 1).fault('armed').fault('tookEffect').pass(60_000),
  ],
  [
    'a fault is over for less than is allowed',
    'held',
    (h) =>
      void waiting(h, 200, 1).fault('armed').fault('tookEffect').pass(60_000).fault('cleared').pass(4000),
  ],
  [
    'a fault is over for longer than is allowed',
    'under-scaled',
    (h) =>
      void waiting(h, 200, 1).fault('armed').fault('tookEffect').pass(60_000).fault('cleared').pass(9000),
  ],
  [
    'the scaler is paused',
    'held',
    (h) => void waiting(h, 200, 1).scaledObject({ 'condition.Paused': 'True' }).pass(60_000),
  ],
  [
    'the trigger counts a part of the lag',
    'held',
    (h) => void waiting(h, 200, 1).pass(60_000),
    { scaling: { partialLag: true } },
  ],
  ['a schedule scales', 'held', (h) => void waiting(h.clock(0), 200, 1).pass(60_000)],
  [
    'nothing runs: that is for others to say',
    'held',
    (h) => {
      atRest(h).publish(200)
      h.pass(60_000)
    },
  ],
  [
    'many are added in steps of the autoscaler',
    'held',
    (h) => {
      waiting(h, 1000, 5).pass(15_000).scale(10, 5).pass(15_000).scale(20, 10).pass(60_000)
    },
    { scaling: { partitions: 20 } },
  ],
  [
    'the steps end too soon',
    'under-scaled',
    (h) => void waiting(h, 1000, 5).pass(15_000).scale(10, 5).pass(60_000),
    { scaling: { partitions: 20 } },
  ],
])
