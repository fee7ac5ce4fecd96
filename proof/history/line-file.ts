import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { RunNotWritten } from '../run-not-written.ts'

/** Milliseconds in which lines come together: what a run that is killed may lose of its history. */
const TOGETHER = 20

/**
 * Appends lines to a file in the order of the calls, never waiting for the disk. After a write error nothing
 * more is written: a line that was cut is taken back, so that a reader finds whole lines only.
 */
export class LineFile implements AsyncDisposable {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #onError: (error: RunNotWritten) => void
  #pending: string[] = []
  #writing: Promise<void> | undefined
  #size: number
  #wholeLines: number
  #error: RunNotWritten | undefined
  #closed = false

  private constructor(
    path: string,
    handle: FileHandle,
    size: number,
    onError: (error: RunNotWritten) => void,
  ) {
    this.#path = path
    this.#handle = handle
    this.#onError = onError
    this.#size = size
    this.#wholeLines = size
  }

  /** @throws {RunNotWritten} when the file can't be opened. */
  static async open(path: string, onError: (error: RunNotWritten) => void = () => {}): Promise<LineFile> {
    try {
      const handle = await open(path, 'a')
      const { size } = await handle.stat()
      return new LineFile(path, handle, size, onError)
    } catch (cause) {
      throw new RunNotWritten(path, cause)
    }
  }

  append(line: string): void {
    if (this.#error !== undefined || this.#closed) return
    this.#pending.push(line)
    this.#writing ??= this.#write()
  }

  /** Resolves when everything that was appended is with the operating system. @throws {RunNotWritten} */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
    if (this.#error !== undefined) throw this.#error
  }

  /** Flushes and closes. @throws {RunNotWritten} also when the error was told before. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    try {
      await this.flush()
    } finally {
      await this.#handle.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #write(): Promise<void> {
    await pause(TOGETHER)
    try {
      while (this.#pending.length > 0) {
        const chunk = Buffer.from(`${this.#pending.join('\n')}\n`)
        this.#pending = []
        await this.#append(chunk)
      }
    } catch (cause) {
      this.#pending = []
      this.#error = new RunNotWritten(this.#path, cause)
      await this.#handle.truncate(this.#wholeLines).catch(() => {})
      this.#onError(this.#error)
    } finally {
      this.#writing = undefined
    }
  }

  async #append(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length; ) {
      const { bytesWritten } = await this.#handle.write(chunk, from)
      const newline = chunk.subarray(from, from + bytesWritten).lastIndexOf(0x0a)
      if (newline >= 0) this.#wholeLines = this.#size + newline + 1
      this.#size += bytesWritten
      from += bytesWritten
    }
  }
}
