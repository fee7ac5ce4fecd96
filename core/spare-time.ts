import { cpus, freemem, totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

/** What a machine has to spare, each a share of all that it has, 0 to 1. */
export interface Spare {
  /** Of its processors' time since the look before. */
  readonly processors: number
  readonly memory: number
}

/** Milliseconds between two looks: what begins, begins with its start's work. */
const LOOK = 1_000
/** Some of two processors is what one service takes to start within a second or two. */
const ENOUGH: Spare = { processors: 0.2, memory: 0.3 }

/** Lets one after the other begin, each when the machine had time and memory to spare for it. */
export class SpareTime {
  readonly #look: () => Spare
  readonly #every: number
  #turn: Promise<unknown> = Promise.resolve()

  constructor(look: () => Spare = machineLooks(), every = LOOK) {
    this.#look = look
    this.#every = every
  }

  /** Resolves when there was enough between two looks and nobody else began meanwhile, or when `over` says so. */
  enough(over: () => boolean): Promise<void> {
    const mine = this.#turn.then(async () => {
      this.#look()
      while (!over()) {
        await pause(this.#every)
        const { processors, memory } = this.#look()
        if (processors >= ENOUGH.processors && memory >= ENOUGH.memory) return
      }
    })
    this.#turn = mine
    return mine
  }
}

/** Looks at this machine; containers that share it count, for they take its time. */
function machineLooks(): () => Spare {
  let before = cpus()
  return () => {
    const now = cpus()
    const spent = (of: typeof now, idle: boolean) =>
      of.reduce((sum, { times: { user, nice, sys, irq, idle: none } }) => {
        return sum + none + (idle ? 0 : user + nice + sys + irq)
      }, 0)
    const all = spent(now, false) - spent(before, false)
    const idle = spent(now, true) - spent(before, true)
    before = now
    return { processors: all > 0 ? idle / all : 0, memory: freemem() / totalmem() }
  }
}
