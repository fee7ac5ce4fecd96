import type { Flow, Life } from '../../../proof/guards/flow.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'

/** An event's life: from its record to the group's commit past it. */
export const flow: Flow<MonitoringView> = {
  placed: 'placed',
  done: 'committed past',
  lives,
  open: (view) => lives(view).filter(({ done }) => done === undefined).length,
}

export function lives({ inputs, commits }: MonitoringView): Life[] {
  return inputs.map(({ seq, partition, offset }) => ({
    placed: seq,
    done: commits.find((commit) => commit.partition === partition && commit.offset > offset)?.seq,
  }))
}
