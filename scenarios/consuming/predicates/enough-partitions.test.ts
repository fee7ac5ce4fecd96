import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const declared = (workers: number) => ({ consumer: { workers } })

function topicOf(h: ConsumerHistory, partitions: number, subject = 'orders'): void {
  h.add({ kind: 'fact', name: 'topic.partitions', subject, value: partitions })
  h.handleAll('o-0', 'o-1')
}

table('CG3', [
  ['no workers are declared', 'held', (h) => topicOf(h, 2), declared(undefined as never)],
  ['as many as there are partitions', 'held', (h) => topicOf(h, 2), declared(2)],
  ['more than there are partitions', 'idle-workers', (h) => topicOf(h, 2), declared(3)],
  ['nobody told how many there are', 'unknown', (h) => topicOf(h, 2, 'payments'), declared(3)],
])
