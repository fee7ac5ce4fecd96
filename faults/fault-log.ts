import { messageOf } from '../core/error.ts'
import type { NewEvent } from '../proof/history/event.ts'
import type { Database, Direction, Link, RunningService } from '../stacks/stack.ts'
import type { NamedFault } from './named-fault.ts'
import { serviceBack } from './subject-back.ts'
import { CRASHED_DATABASE } from './testbed-faults.ts'

export interface FaultLogOptions {
  readonly record: (event: NewEvent) => void
  readonly disarmed: readonly string[]
}

/**
 * Every fault goes through here: it is recorded when it is injected, when there is evidence that it took effect, and
 * when it is healed and that was verified. A disarmed one is recorded as injected and does nothing, so that the guards
 * must notice.
 */
export class FaultLog {
  readonly #record: (event: NewEvent) => void
  readonly #disarmed: readonly string[]
  readonly #targets = new Map<string, string>()

  constructor({ record, disarmed }: FaultLogOptions) {
    this.#record = record
    this.#disarmed = disarmed
  }

  disarmed(fault: string): boolean {
    return this.#disarmed.includes(fault)
  }

  /**
   * Injects a fault unless it is disarmed, and records the evidence that `act` returns; without evidence it took no effect.
   * A fault that throws is `fault.broken`: the scenario can't be HELD.
   */
  async inject(
    named: string | NamedFault,
    target: string,
    effect: string,
    act: () => Promise<string | undefined>,
  ): Promise<void> {
    const { name: fault, ...nature } = typeof named === 'string' ? { name: named } : named
    this.#targets.set(fault, target)
    this.#record({ kind: 'fault.injected', fault, target, effect, ...nature })
    if (this.disarmed(fault)) return
    try {
      const evidence = await act()
      if (evidence) this.#record({ kind: 'fault.took-effect', fault, target, evidence })
    } catch (error) {
      this.#record({ kind: 'fault.broken', fault, target, reason: messageOf(error) })
    }
  }

  /** Heals a fault; `undo` says whether the target is well again. */
  async heal(fault: string, target: string, undo: () => Promise<boolean>): Promise<void> {
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

  /** Heals the last fault of this name: what was hurt may be gone, and another one in its place. */
  healLast(fault: string, well: () => Promise<void>): Promise<void> {
    return this.heal(fault, this.#targets.get(fault) ?? '', async () => {
      await well()
      return true
    })
  }

  async kill(service: RunningService): Promise<void> {
    await this.inject('kill', nameOf(service), 'SIGKILL', async () => {
      const { id } = service
      await service.kill()
      return `${id} was ended with SIGKILL`
    })
  }

  async restart(service: RunningService): Promise<void> {
    await this.heal('kill', nameOf(service), async () => {
      await serviceBack(service, this.#record)
      return true
    })
  }

  /** SIGTERM, as a deployment does it; resolves when the instance is gone, its work done or given up. */
  async stop(service: RunningService): Promise<void> {
    await this.inject('stop', nameOf(service), 'SIGTERM', async () => {
      const { id } = service
      await service.stop()
      return `${id} was told to end and ended`
    })
  }

  /** Starts an instance that was told to end again; resolves when it is ready. */
  async startAgain(service: RunningService): Promise<void> {
    await this.heal('stop', nameOf(service), async () => {
      await serviceBack(service, this.#record)
      return true
    })
  }

  async cut(link: Link): Promise<void> {
    await this.inject(linkTo(link), link.name, 'cut: connections are refused and ended', async () => {
      await link.cut()
      return 'the link refuses connections'
    })
  }

  /** The bytes that go into the hole are the evidence: see {@link swallowed}. */
  async blackhole(link: Link, direction: Direction): Promise<void> {
    await this.inject(linkTo(link), link.name, `${direction} vanish`, async () => {
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
    await this.inject(CRASHED_DATABASE, database.name, 'SIGKILL of the database server', async () => {
      await database.server.kill()
      return 'the server was ended with SIGKILL, without a checkpoint'
    })
  }

  async healDatabase(database: Database): Promise<void> {
    await this.heal(CRASHED_DATABASE.name, database.name, async () => {
      await database.server.restart()
      return true
    })
  }
}

function linkTo({ to }: Link): NamedFault {
  return { name: 'link', unreachable: to }
}

export function nameOf({ name, instance }: RunningService): string {
  return `${name}#${instance}`
}
