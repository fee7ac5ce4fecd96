import { EventproofError } from '../../core/error.ts'
import { DeadlinePassed, until } from '../../core/until.ts'
import { query } from '../../proof/witnesses/query.ts'
import type { RunningService } from '../../stacks/stack.ts'
import type { ConsumerLaboratory } from '../consumer-laboratory/consumer-laboratory.ts'
import type { Input } from '../consumer-laboratory/inputs.ts'

/** Nobody can tell which of several instances stands at a gate. */
export class HolderUnknown extends EventproofError {
  override readonly code = 'EVENTPROOF_HOLDER_UNKNOWN'
}

/** Milliseconds that the one who took over has to come to the same event. */
const BESIDE = 5_000

/**
 * The instance that stands at the effect gate, by the name that {postgres.url} gave to its sessions.
 * @throws {HolderUnknown} when its sessions have another name
 */
export function holderOf({ waiting, parts, consumer }: ConsumerLaboratory): RunningService {
  const name = waiting?.applicationName ?? ''
  const holder = parts.consumers.find((one) => name !== '' && `${one.name}-${one.instance}`.endsWith(name))
  if (holder) return holder
  throw new HolderUnknown(`nobody can tell which instance of ${consumer.name} is at work`, {
    what: `its session is called '${name}'; {postgres.url} asks for a name that ends with the instance's number`,
    hint: 'leave application_name as the url has it',
  })
}

/**
 * Waits until another backend has come to the event whose first one stands at the gate: it waits for what that one has
 * written, or has brought the effect already. A consumer that looks for another way round is not waited for long.
 */
export async function reachedBeside(lab: ConsumerLaboratory, input: Input): Promise<void> {
  const { url } = lab.parts.database
  const blocked = `SELECT application_name AS name FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`
  try {
    const value = await until(
      async () => {
        if (lab.outcomes.effectOf(input)) return 'another effect'
        const [row] = await query(url, blocked, [lab.waiting?.pid ?? 0])
        return row?.name ?? undefined
      },
      { what: 'somebody else to come to the same event', deadline: Math.min(BESIDE, lab.reach), every: 100 },
    )
    lab.history.record({ kind: 'fact', name: 'effect.reached', subject: input.event, value })
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) throw error
    lab.history.record({ kind: 'note', text: 'nobody else was seen to come to the same event' })
  }
}
