import type { NewEvent } from '../../proof/history/event.ts'
import type { ArmedWireFault, WireBite, WireFault } from '../../proof/wire/fault.ts'
import type { RunningWireProxy } from '../../proof/wire/proxy.ts'
import type { Instruments } from './instruments.ts'

/** One fault at a time on the wire between clients and the broker; what it bites is written down as it happens. */
export class HurtWire {
  readonly #proxy: RunningWireProxy
  readonly #instruments: Instruments
  readonly #record: (event: NewEvent) => void
  #armed: ArmedWireFault | undefined
  #target: string | undefined

  constructor(proxy: RunningWireProxy, instruments: Instruments, record: (event: NewEvent) => void) {
    this.#proxy = proxy
    this.#instruments = instruments
    this.#record = record
  }

  async arm(fault: WireFault): Promise<void> {
    const target = fault.topic ?? fault.group ?? 'broker'
    this.#target = target
    const act = typeof fault.act === 'string' ? fault.act : JSON.stringify(fault.act)
    await this.#instruments.strike('wire', target, `${act} of ${fault.api}`, async () => {
      const armed = this.#proxy.arm(fault)
      this.#armed = armed
      void armed.bitten.then(({ api, clientId, connection, correlationId }) => {
        const evidence = `${api} ${correlationId} of ${clientId} on connection ${connection}`
        this.#record({ kind: 'fault.bitten', fault: 'wire', target, evidence })
      })
      return undefined
    })
  }

  get bites(): readonly WireBite[] {
    return this.#armed?.bites ?? []
  }

  async heal(): Promise<void> {
    const target = this.#target
    if (target === undefined) return
    this.#target = undefined
    await this.#instruments.clear('wire', target, async () => {
      this.#armed?.disarm()
      this.#armed = undefined
      return true
    })
  }
}
