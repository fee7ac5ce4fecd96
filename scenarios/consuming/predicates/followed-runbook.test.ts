import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const FILE = 'docs/redrive.md'
const failed = { step: 2, line: 14, command: 'approve "$EVENT_ID"', code: 127, said: 'approve: not found' }

/** A runbook is followed for a dead letter. */
function follow(h: ConsumerHistory, event: string, value: object = {}): void {
  h.add({ kind: 'fact', name: 'runbook.followed', subject: event, value: { file: FILE, steps: 2, ...value } })
}

function deadLetter(h: ConsumerHistory) {
  const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
  h.refuse(event)
  return event
}

table('RD15', [
  ['no runbook was followed', 'held', (h) => void deadLetter(h)],
  [
    'followed, and it came again',
    'held',
    (h) => {
      const letter = deadLetter(h)
      follow(h, letter.id)
      h.apply(h.copy(letter))
    },
  ],
  [
    'a step failed at first, as nobody knew the letter yet',
    'held',
    (h) => {
      const letter = deadLetter(h)
      follow(h, letter.id, { failed })
      follow(h, letter.id)
      h.apply(h.copy(letter))
    },
  ],
  ['a step failed', 'runbook-step-failed', (h) => follow(h, deadLetter(h).id, { failed })],
  ['it ended well and did nothing', 'runbook-without-effect', (h) => follow(h, deadLetter(h).id)],
])
