import { withFulfillment } from './fulfillment-twin.ts'
import type { TwinEntry } from './twin.ts'

/** Broken variants of how the reference's fulfillment publishes what it has done. */
export const ANNOUNCING: readonly TwinEntry[] = [
  {
    name: 'answers-copies',
    mutant: 'C22',
    control: 'C1',
    expected: 'non-deterministic-id',
    says: 'answers an event that comes again by publishing once more, under a new id',
    windows: ['W13', 'W18-adjacent'],
    config: withFulfillment('answers-copies'),
  },
  {
    name: 'announces-last',
    mutant: 'C23',
    control: 'C1',
    expected: 'lost-output',
    says: 'publishes what it has shipped when its progress is stored',
    windows: ['W13'],
    config: withFulfillment('announces-last'),
  },
  {
    name: 'announces-first',
    mutant: 'C30',
    control: 'C1',
    expected: 'divergent-output',
    says: 'publishes what it ships before it commits it',
    windows: ['W15'],
    config: withFulfillment('announces-first'),
  },
  {
    name: 'announces-after-commit',
    mutant: 'C81',
    control: 'C1',
    expected: 'lost-output',
    says: 'publishes what it has shipped after the commit, and not again when it dies in between',
    windows: ['W30'],
    config: withFulfillment('announces-after-commit'),
  },
  {
    name: 'notes-after-commit',
    mutant: 'C83',
    control: 'C1',
    expected: 'lost-output',
    says: 'writes what it has shipped to its outbox after the commit, in a transaction of its own',
    windows: ['W30b'],
    config: withFulfillment('notes-after-commit'),
  },
  {
    name: 'names-when-sent',
    mutant: 'C82',
    control: 'C1',
    expected: 'non-deterministic-id',
    says: 'gives what it publishes an id when it is sent',
    windows: ['W30a'],
    config: withFulfillment('names-when-sent'),
  },
]
