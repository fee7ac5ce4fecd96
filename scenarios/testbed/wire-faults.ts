import type { ArmedWireFault, WireBite, WireFault } from '../../kafka-wire/fault.ts'
import type { RunningWireProxy } from '../../kafka-wire/proxy.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { Instruments } from './fault-log.ts'

/** Bites of one fault that are written down, of each client: who is refused may ask again at once. */
const MOST_RECORDED = 100

/** Faults on the wire between clients and the broker, until all are healed; what they bite is written down as it happens. */
export class HurtWire {
  readonly #proxy: RunningWireProxy
  readonly #instruments: Instruments
  readonly #record: (event: NewEvent) => void
  readonly #armed: ArmedWireFault[] = []
  readonly #targets = new Set<string>()

  constructor(proxy: RunningWireProxy, instruments: Instruments, record: (event: NewEvent) => void) {
    this.#proxy = proxy
    this.#instruments = instruments
    this.#record = record
  }

  async arm(fault: WireFault): Promise<void> {
    const target = fault.topic ?? fault.group ?? 'broker'
    this.#targets.add(target)
    const act = typeof fault.act === 'string' ? fault.act : JSON.stringify(fault.act)
    await this.#instruments.strike('wire', target, `${act} of ${fault.api}`, async () => {
      const bites = new Map<string, number>()
      const onBite = ({ api, clientId: by, connection, correlationId }: WireBite) => {
        const count = (bites.get(by) ?? 0) + 1
        bites.set(by, count)
        if (count > MOST_RECORDED) return
        const evidence = `${api} ${correlationId} of ${by} on connection ${connection}`
        this.#record({ kind: 'fault.bitten', fault: 'wire', target, evidence, by })
      }
      this.#armed.push(this.#proxy.arm(fault, onBite))
      return undefined
    })
  }

  get bites(): readonly WireBite[] {
    return this.#armed.flatMap(({ bites }) => bites)
  }

  async heal(): Promise<void> {
    for (const armed of this.#armed.splice(0)) armed.disarm()
    for (const target of this.#targets) await this.#instruments.clear('wire', target, async () => true)
    this.#targets.clear()
  }
}
