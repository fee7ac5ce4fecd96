import { table } from '../fixture/judged.ts'
import { ALERTS, others, raisedAndLowered } from '../fixture/others.ts'
import { OTHERS } from '../fixture/plan.ts'

table('LG1', [
  ['all as it is', 'held', (h) => raisedAndLowered(others(h)), OTHERS],
  [
    'an age in whole seconds',
    'held',
    (h) => {
      const one = others(h)
      one.say('outbox', Math.floor)
      raisedAndLowered(one)
    },
    OTHERS,
  ],
  [
    'the age of a row that was published long ago',
    'wrong-backlog',
    (h) => {
      const one = others(h)
      one.say('outbox', () => h.at / 1000)
      raisedAndLowered(one)
    },
    OTHERS,
  ],
  [
    'a relay that is stopped has nothing to do',
    'wrong-backlog',
    (h) => {
      const one = others(h)
      one.say('outbox', () => 0)
      raisedAndLowered(one)
    },
    OTHERS,
  ],
  [
    'letters that came, and never those that were taken up',
    'wrong-backlog',
    (h) => {
      const one = others(h)
      let most = 0
      one.say('letters', (waits) => {
        most = Math.max(most, waits)
        return most
      })
      raisedAndLowered(one)
    },
    OTHERS,
  ],
  [
    'another slot',
    'wrong-backlog',
    (h) => {
      const one = others(h)
      one.say('slot', () => 41)
      raisedAndLowered(one)
    },
    OTHERS,
  ],
  [
    'nothing of a slot that keeps something',
    'hidden-backlog',
    (h) => {
      const one = others(h)
      one.say('slot', () => undefined)
      raisedAndLowered(one)
    },
    OTHERS,
  ],
])

table('LG3', [
  ['each alert comes', 'held', (h) => raisedAndLowered(others(h)), OTHERS],
  ...ALERTS.map(
    (missing) =>
      [
        `${missing} never comes`,
        'alert-missing',
        (h: Parameters<typeof others>[0]) => {
          const one = others(h)
          h.phase('control-before').pass(2000)
          one.raise()
          h.pass(3000)
          for (const name of ALERTS) if (name !== missing) h.alert('firing', {}, name)
          h.pass(16_000)
        },
        OTHERS,
      ] as const,
  ),
])

table('LG4', [
  ['each ends', 'held', (h) => raisedAndLowered(others(h)), OTHERS],
  [
    'one stays',
    'alert-stays',
    (h) => {
      const one = others(h)
      raisedAndLowered(one)
      one.raise()
      h.pass(9000).alert('firing', {}, 'SlotKeepsWal').pass(1000)
      one.lower()
      h.pass(9000)
    },
    OTHERS,
  ],
])

table('LG5', [
  ['each comes with a cause', 'held', (h) => raisedAndLowered(others(h)), OTHERS],
  [
    'an outbox is not stuck',
    'false-alarm',
    (h) => {
      others(h)
      h.phase('control-before').pass(9000).alert('firing', {}, 'OutboxStuck').pass(500)
    },
    OTHERS,
  ],
])
