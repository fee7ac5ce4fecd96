import { goodLife, keepsUp } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { LAG, quiet } from '../fixture/plan.ts'

table('LG3', [
  ['it comes in time', 'held', (h) => void goodLife(h)],
  ['it never comes', 'alert-missing', (h) => void keepsUp(h).die().publish(110).pass(8000)],
  [
    'another one comes',
    'alert-missing',
    (h) => {
      keepsUp(h).die().publish(110).pass(3000).alert('firing', {}, 'ConsumerLagUnknown').pass(5000)
    },
  ],
  [
    'it comes too late',
    'alert-missing',
    (h) => {
      keepsUp(h).die().publish(110).pass(8000).alert('firing').pass(1000)
    },
  ],
  [
    'it comes and goes again while all waits',
    'held',
    (h) => {
      keepsUp(h).die().publish(110).pass(3000).alert('firing').pass(500).alert('resolved').pass(5000)
    },
  ],
  ['as many wait as may', 'unknown', (h) => void keepsUp(h).die().publish(50).pass(8000)],
  [
    'too many wait, and not for long',
    'unknown',
    (h) => {
      keepsUp(h).die().publish(110).pass(3000).comeBack().consume().pass(8000)
    },
  ],
  [
    'no alert is put to the test',
    'held',
    (h) => void keepsUp(h).die().publish(110).pass(8000),
    { monitoring: { backlogs: [quiet(LAG)] } },
  ],
])
