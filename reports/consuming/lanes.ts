import { type Lanes, laneOfService } from '../lanes.ts'

/** Records are on the topic; offsets and members are at the broker. */
export const lanes: Lanes = {
  names: ['client', 'topic', 'consumer', 'database', 'broker'],
  width: 70,
  of(event) {
    const { kind } = event
    if (kind === 'input' || kind.startsWith('op.')) return 'client'
    if (kind === 'pg.message') return 'consumer'
    if (kind.startsWith('pg.') || kind.startsWith('gate.')) return 'database'
    if (kind === 'k.record' || kind === 'k.end') return 'topic'
    if (kind === 'proc') return laneOfService(event.service, 'consumer')
    if (kind === 'k.commit' || kind === 'k.group' || kind === 'k.control') return 'broker'
    return 'consumer'
  },
}
