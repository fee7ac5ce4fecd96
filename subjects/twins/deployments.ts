import { INBOX, withFulfillment } from './fulfillment-twin.ts'
import type { TwinEntry } from './twin.ts'

/** Consumers that end in a wrong way when they are told to. */
export const DEPLOYMENTS: readonly TwinEntry[] = [
  {
    name: 'takes-before-it-ships',
    mutant: 'C61',
    control: 'C1',
    expected: 'lost-effect',
    says: 'takes events out of its inbox before they take effect',
    windows: ['W14'],
    config: withFulfillment('takes-before-it-ships', INBOX),
  },
  {
    name: 'drops-rest-of-batch',
    mutant: 'C60',
    control: 'C1',
    expected: 'lost-effect',
    says: 'leaves a batch when it is told to end, and commits all of it',
    windows: ['stop'],
    config: withFulfillment('drops-rest-of-batch'),
  },
]
