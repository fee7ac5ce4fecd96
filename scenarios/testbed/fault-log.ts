import { messageOf } from '../../core/error.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { Database, Direction, Link, RunningService } from '../../stacks/stack.ts'

/** Names for `--disarm`: a gate or a fault that can be switched off alone. */
export const FAULT_NAMES = [
  'commit-gate',
  'mark-gate',
  'link',
  'kill',
  'end-session',
  'crash-database',
  'kill-connect',
  'restart-connector',
  'drop-slot',
  'poison',
  'other-writes',
  'effect-gate',
  'wire',
  'pause',
  'copies',
  'transaction',
  'failures',
  'stop',
  'load',
  'metrics-adapter',
  'expiry',
] as const

export type FaultName = (typeof FAULT_NAMES)[number]

export interface FaultLogOptions {
  readonly record: (event: NewEvent) => void
  readonly disarmed: readonly string[]
}

/**
 * Every fault goes through here: it is written down when it is armed, when there is evidence that it took effect, and when it
 * is cleared and that was verified. A disarmed one is written down as armed and does nothing, so that the guards
 * must notice.
 */
export class FaultLog {
  readonly #record: (event: NewEvent) => void
  readonly #disarmed: readonly string[]

  constructor({ record, disarmed }: FaultLogOptions) {
    this.#record = record
    this.#disarmed = disarmed
  }

  disarmed(fault: FaultName): boolean {
    return this.#disarmed.includes(fault)
  }

  /**
   * Arms a fault, runs it unless it is disarmed, and records the evidence that `act` returns; no evidence, no fault.
   * A fault that throws is `fault.broken`: the scenario can't be HELD.
   */
  async inject(
    fault: FaultName,
    target: string,
    effect: string,
    act: () => Promise<string | undefined>,
  ): Promise<void> {
    this.#record({ kind: 'fault.injected', fault, target, effect })
    if (this.disarmed(fault)) return
    try {
      const evidence = await act()
      if (evidence) this.#record({ kind: 'fault.took-effect', fault, target, evidence })
    } catch (error) {
      this.#record({ kind: 'fault.broken', fault, target, reason: messageOf(error) })
    }
  }

  /** Undoes a fault; `verify` says whether the target is well again. */
  async heal(fault: FaultName, target: string, undo: () => Promise<boolean>): Promise<void> {
    try {
      const verified = this.disarmed(fault) || (await undo())
      this.#record({ kind: 'fault.healed', fault, target, verified })
    } catch (error) {
      this.#record({
        kind: 'fault.broken',
        fault,
        target,
        reason: `it could not be healed: ${messageOf(error)}`,
      })
    }
  }

  async kill(service: RunningService): Promise<void> {
    const target = `${service.name}#${service.instance}`
    await this.inject('kill', target, 'SIGKILL', async () => {
      const { pid } = service
      await service.kill()
      return `process ${pid} was ended with SIGKILL`
    })
  }

  async restart(service: RunningService): Promise<void> {
    await this.heal('kill', `${service.name}#${service.instance}`, async () => {
      await service.restart()
      return service.running
    })
  }

  async cut(link: Link): Promise<void> {
    await this.inject('link', link.name, 'cut: connections are refused and ended', async () => {
      await link.cut()
      return 'the link refuses connections'
    })
  }

  /** The bytes that go into the hole are the evidence: see {@link swallowed}. */
  async blackhole(link: Link, direction: Direction): Promise<void> {
    await this.inject('link', link.name, `${direction} vanish`, async () => {
      await link.blackhole(direction)
      return undefined
    })
  }

  swallowed(link: Link, evidence: string): void {
    if (this.disarmed('link')) return
    this.#record({ kind: 'fault.took-effect', fault: 'link', target: link.name, evidence })
  }

  async healLink(link: Link): Promise<void> {
    await this.heal('link', link.name, async () => {
      await link.heal()
      return true
    })
  }

  async crash(database: Database): Promise<void> {
    await this.inject('crash-database', database.name, 'SIGKILL of the database server', async () => {
      await database.server.kill()
      return 'the server was ended with SIGKILL, without a checkpoint'
    })
  }

  async healDatabase(database: Database): Promise<void> {
    await this.heal('crash-database', database.name, async () => {
      await database.server.restart()
      return true
    })
  }
}
