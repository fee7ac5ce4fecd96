import { SpareTime } from '../core/spare-time.ts'

/** Resolves when the next scenario of a lane may begin, or when `over` says that there is none. */
export type Turn = (over: () => boolean) => Promise<void>

/** In which scenarios run side by side: some whatever else the machine does, more while it has time to spare. */
export class Lanes {
  readonly #jobs: number
  readonly #eager: number
  readonly #spare: Pick<SpareTime, 'enough'>

  constructor(
    { jobs, eager }: { readonly jobs: number; readonly eager: number },
    spare: Pick<SpareTime, 'enough'> = new SpareTime(),
  ) {
    this.#jobs = jobs
    this.#eager = eager
    this.#spare = spare
  }

  /** Whether nothing is to run beside anything else. */
  get single(): boolean {
    return this.#jobs === 1
  }

  /** Has this done once in each of them; a patient one waits for its turn. */
  async all(work: (turn: Turn, patient: boolean) => Promise<void>): Promise<void> {
    const waits: Turn = (over) => this.#spare.enough(over)
    const lanes = Array.from({ length: this.#jobs }, (_, n) => n >= this.#eager)
    await Promise.all(lanes.map((patient) => work(patient ? waits : async () => {}, patient)))
  }
}
