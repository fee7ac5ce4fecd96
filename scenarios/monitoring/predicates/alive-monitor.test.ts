import { goodLife, keepsUp, truthful } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

table('LG2', [
  ['it answers, whoever is dead', 'held', (h) => void goodLife(h)],
  [
    'it dies with the consumer',
    'silent-monitor',
    (h) => {
      keepsUp(h)
      h.monitor = () => undefined
      h.die().pass(4000)
      h.monitor = truthful
      h.comeBack().pass(1000)
    },
  ],
  [
    'it is silent while the consumer lives',
    'silent-monitor',
    (h) => {
      keepsUp(h)
      h.monitor = () => undefined
      h.pass(4000)
    },
  ],
  [
    'one question in between gets no answer',
    'held',
    (h) => {
      keepsUp(h).die().pass(1000)
      h.monitor = () => undefined
      h.ask()
      h.monitor = truthful
      h.pass(4000)
    },
  ],
  [
    'two questions, however far apart',
    'held',
    (h) => {
      keepsUp(h).die()
      h.monitor = () => undefined
      h.ask().at += 4000
      h.ask()
      h.monitor = truthful
      h.pass(1000)
    },
  ],
])
