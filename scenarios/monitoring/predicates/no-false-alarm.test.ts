import { goodLife, keepsUp } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

table('LG5', [
  ['it comes where too many wait', 'held', (h) => void goodLife(h)],
  ['it never comes', 'held', (h) => void keepsUp(h).pass(8000)],
  ['it comes at rest', 'false-alarm', (h) => void keepsUp(h).pass(8000).alert('firing').pass(500)],
  [
    'it comes where as many wait as may',
    'false-alarm',
    (h) => {
      keepsUp(h).die().publish(50).pass(8000).alert('firing').pass(500)
    },
  ],
  [
    'it comes when they have been consumed, a little late',
    'held',
    (h) => {
      keepsUp(h).die().publish(110).pass(3000).comeBack().consume().pass(1000).alert('firing').pass(500)
    },
  ],
  [
    'it comes long after they have been consumed',
    'false-alarm',
    (h) => {
      keepsUp(h).die().publish(110).pass(3000).comeBack().consume().pass(9000).alert('firing').pass(500)
    },
  ],
])
