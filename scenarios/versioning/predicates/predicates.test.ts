import { describe } from 'node:test'
import { goodSubject, table } from '../fixture/builder.ts'

describe('the level', () => {
  table('SC1', [
    ['the declared one', 'held', (h) => void h.level('BACKWARD')],
    ['one that nobody declared', 'held', (h) => void h.level('FULL'), { level: null }],
    ['nobody asked', 'unknown', () => {}],
    ['inherited', 'level-not-set', (h) => void h.level(null)],
    ['inherited, as Apicurio says it', 'level-not-set', (h) => void h.level('NONE')],
    ['another one', 'level-not-as-declared', (h) => void h.level('FORWARD')],
    ['set in the end', 'held', (h) => void h.level(null).level('BACKWARD')],
  ])
})

describe('changes', () => {
  const forward = [{ direction: 'forward', version: 2, says: 'gone' }] as const
  const older = [{ direction: 'backward', version: 1, says: 'no default' }] as const
  table('SC2', [
    ['refused, or promised to nobody', 'held', (h) => void goodSubject(h)],
    [
      'a breaking one is taken',
      'breaking-change-accepted',
      (h) => void goodSubject(h).change({ rule: 'type-changed', accepted: true }),
    ],
    [
      'the same at FULL, where older readers were promised it',
      'breaking-change-accepted',
      (h) => void goodSubject(h),
      { level: 'FULL' },
    ],
    [
      'a reader of before, at FORWARD',
      'breaking-change-accepted',
      (h) => void h.change({ rule: 'removed', accepted: true, breaks: forward }),
      { level: 'FORWARD' },
    ],
    [
      'what is two versions back is not promised',
      'held',
      (h) => void h.change({ rule: 'type-changed', accepted: true, breaks: older }),
    ],
    [
      'and is, where the level is transitive',
      'breaking-change-accepted',
      (h) => void h.change({ rule: 'type-changed', accepted: true, breaks: older }),
      { level: 'BACKWARD_TRANSITIVE' },
    ],
    [
      'without a level nothing is promised',
      'held',
      (h) => void h.level('NONE').change({ rule: 'renamed', accepted: true }),
      { level: null },
    ],
    [
      'the level of the registry counts where none is declared',
      'breaking-change-accepted',
      (h) => void h.level('FULL').change({ rule: 'renamed', accepted: true }),
      { level: null },
    ],
  ])
  table('SC4', [
    ['a field may go', 'rule-not-enforced', (h) => void goodSubject(h)],
    [
      'each is refused',
      'held',
      (h) =>
        void h
          .change({ rule: 'removed', breaks: forward })
          .change({ rule: 'allowed', accepted: true, breaks: [] }),
    ],
  ])
})

describe('versions', () => {
  table('SC3', [
    ['they read each other', 'held', (h) => void goodSubject(h)],
    [
      'the newer can not read the older',
      'version-breaks-older',
      (h) => void goodSubject(h).reading(1, 2, 'no default'),
    ],
    [
      'the older can not read the newer, as promised',
      'held',
      (h) => void goodSubject(h).reading(2, 1, 'gone'),
    ],
    [
      'the older can not read the newer',
      'version-breaks-older',
      (h) => void goodSubject(h).reading(2, 1, 'gone'),
      { level: 'FULL' },
    ],
    ['two apart', 'held', (h) => void goodSubject(h).version(3).reading(1, 3, 'no default')],
    [
      'two apart, transitively',
      'version-breaks-older',
      (h) => void goodSubject(h).version(3).reading(1, 3, 'no default'),
      { level: 'BACKWARD_TRANSITIVE' },
    ],
    [
      'the registry refuses a version',
      'version-breaks-older',
      (h) => void goodSubject(h).version(3, { accepted: false, answer: 'Incompatible' }),
    ],
  ])
})
