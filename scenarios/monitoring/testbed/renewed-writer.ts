import type { RecordPlace, RecordToWrite, RecordWriter } from '../../../stacks/stack.ts'

/** A client knows the partitions that there were when it came, for minutes: after one was added another takes its place. */
export class RenewedWriter implements RecordWriter {
  readonly #open: () => Promise<RecordWriter>
  readonly #all = new AsyncDisposableStack()
  #writer: RecordWriter

  private constructor(open: () => Promise<RecordWriter>, first: RecordWriter) {
    this.#open = open
    this.#writer = this.#all.use(first)
  }

  static async open(open: () => Promise<RecordWriter>): Promise<RenewedWriter> {
    return new RenewedWriter(open, await open())
  }

  /** The former one ends with the last: what it was given is on its way. */
  async renew(): Promise<void> {
    this.#writer = this.#all.use(await this.#open())
  }

  write(topic: string, record: RecordToWrite): Promise<RecordPlace> {
    return this.#writer.write(topic, record)
  }

  open(topic: string, record: RecordToWrite): ReturnType<RecordWriter['open']> {
    return this.#writer.open(topic, record)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#all.disposeAsync()
  }
}
