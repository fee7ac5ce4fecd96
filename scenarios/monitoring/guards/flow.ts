import type { Flow, Life } from '../../../proof/guards/flow.ts'
import { type Backlog, isAnswer } from '../view/backlog.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { waitingInAll } from '../view/waiting.ts'

/**
 * What flows through what is watched: an event, from its record to the group's commit past it; a command, until a look at
 * the outbox sees nothing wait. Where nothing flows that we could place (letters, a slot), the monitor's own answers do.
 */
export const flow: Flow<MonitoringView> = {
  placed: 'placed',
  done: 'worked off',
  lives,
  open: (view) => lives(view).filter(({ done }) => done === undefined).length,
}

export function lives(view: MonitoringView): Life[] {
  const outbox = view.backlog('outbox')
  const { consumed } = view.plan.monitoring
  if (consumed === undefined && outbox === undefined) return answers(view)
  return [...(consumed ? events(view) : []), ...(outbox ? commands(view, outbox) : [])]
}

function events({ inputs, commits }: MonitoringView): Life[] {
  return inputs.map(({ seq, partition, offset }) => ({
    placed: seq,
    done: commits.find((commit) => commit.partition === partition && commit.offset > offset)?.seq,
  }))
}

function commands(view: MonitoringView, { looks }: Backlog): Life[] {
  const answered = new Map(
    view.events.flatMap((event) =>
      event.kind === 'op.ok' || event.kind === 'op.fail' || event.kind === 'op.info'
        ? [[event.op, event.seq] as const]
        : [],
    ),
  )
  const empty = looks.filter((look) => waitingInAll(look, look).most === 0).map(({ seq }) => seq)
  return view.commands.map(({ seq: placed, op }) => {
    const from = answered.get(op) ?? Number.POSITIVE_INFINITY
    return { placed, done: empty.find((seq) => seq > from) }
  })
}

function answers({ tolds }: MonitoringView): Life[] {
  return tolds.filter(isAnswer).map(({ seq }) => ({ placed: seq, done: seq }))
}
