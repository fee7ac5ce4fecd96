import type { FaultLog } from '../../faults/fault-log.ts'
import { WIRE } from '../../faults/testbed-faults.ts'
import type { InjectedWireFault, WireEffect, WireFault } from '../../kafka-wire/fault.ts'
import type { RunningWireProxy } from '../../kafka-wire/proxy.ts'
import type { NewEvent } from '../../proof/history/event.ts'

/** Effects of one fault that are recorded for each client: a refused client may ask again at once. */
const MOST_RECORDED = 100

/** Faults on the wire between clients and the broker, until all are healed; each effect is recorded as it happens. */
export class WireFaults {
  readonly #proxy: RunningWireProxy
  readonly #faults: FaultLog
  readonly #record: (event: NewEvent) => void
  readonly #armed: InjectedWireFault[] = []
  readonly #targets = new Set<string>()

  constructor(proxy: RunningWireProxy, faults: FaultLog, record: (event: NewEvent) => void) {
    this.#proxy = proxy
    this.#faults = faults
    this.#record = record
  }

  async inject(fault: WireFault): Promise<void> {
    const target = fault.topic ?? fault.group ?? 'broker'
    this.#targets.add(target)
    const act = typeof fault.act === 'string' ? fault.act : JSON.stringify(fault.act)
    await this.#faults.inject(WIRE, target, `${act} of ${fault.api}`, async () => {
      const effects = new Map<string, number>()
      const onEffect = ({ api, clientId: by, connection, correlationId }: WireEffect) => {
        const count = (effects.get(by) ?? 0) + 1
        effects.set(by, count)
        if (count > MOST_RECORDED) return
        const evidence = `${api} ${correlationId} of ${by} on connection ${connection}`
        this.#record({ kind: 'fault.took-effect', fault: WIRE.name, target, evidence, by })
      }
      this.#armed.push(this.#proxy.arm(fault, onEffect))
      return undefined
    })
  }

  get effects(): readonly WireEffect[] {
    return this.#armed.flatMap(({ effects }) => effects)
  }

  async heal(): Promise<void> {
    for (const armed of this.#armed.splice(0)) armed.disarm()
    for (const target of this.#targets) await this.#faults.heal(WIRE.name, target, async () => true)
    this.#targets.clear()
  }
}
