import { goodLife, keepsUp, type MonitoringHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const alerted = (h: MonitoringHistory) =>
  keepsUp(h).die().publish(110).pass(3000).alert('firing').comeBack().pass(500).consume()

table('LG4', [
  ['it ends soon', 'held', (h) => void goodLife(h)],
  ['it never ends', 'alert-stays', (h) => void alerted(h).pass(6000)],
  ['it ends too late', 'alert-stays', (h) => void alerted(h).pass(6000).alert('resolved').pass(500)],
  [
    'one of two label sets never ends',
    'alert-stays',
    (h) => {
      alerted(h).alert('firing', { topic: 'a' }).pass(1000).alert('resolved').pass(6000)
    },
  ],
  [
    'something waits again before it could end',
    'unknown',
    (h) => {
      alerted(h).pass(2000).publish(3)
      h.pass(2000).consume().pass(2000).publish(3).pass(1000)
    },
  ],
  ['there was none', 'unknown', (h) => void keepsUp(h).pass(8000)],
])
