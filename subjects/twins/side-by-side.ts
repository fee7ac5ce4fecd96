import { withFulfillment } from './fulfillment-twin.ts'
import type { TwinEntry } from './twin.ts'

/** Variants of the reference's consumers that work on several events of a partition at once: broken ones, and a correct one. */
export const SIDE_BY_SIDE: readonly TwinEntry[] = [
  {
    name: 'highest-offset',
    mutant: 'C15',
    control: 'C5',
    expected: 'commit-before-effect',
    says: 'works on many records at once and commits behind the highest that is done',
    windows: ['W15'],
    config: withFulfillment('highest-offset'),
  },
  {
    name: 'highest-offset-by-the-clock',
    mutant: 'C64',
    control: 'C1',
    expected: 'lost-effect',
    says: 'works on keys side by side and commits, now and then, behind the highest that is done',
    windows: ['W14'],
    config: withFulfillment('highest-offset-by-the-clock'),
  },
  {
    name: 'first-open-by-the-clock',
    mutant: 'B105',
    control: 'C1',
    expected: 'HELD',
    says: 'works on keys side by side and commits, now and then, up to the first record that is not done',
    windows: ['W14', 'W15'],
    config: withFulfillment('first-open-by-the-clock'),
  },
]
