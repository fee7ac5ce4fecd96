import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RUN_FILES } from '../proof/run-files.ts'
import { writing } from '../proof/run-not-written.ts'

/** The folder of one run, as far as a session writes it. */
export class RunDirectory {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** A new folder; two runs of one minute and one seed get different ones. @throws {RunNotWritten} */
  static make(out: string, id: string): Promise<RunDirectory> {
    return writing(out, async () => {
      await mkdir(out, { recursive: true })
      for (let n = 1; ; n++) {
        const path = join(out, n === 1 ? id : `${id}-${n}`)
        try {
          await mkdir(path)
          return new RunDirectory(path)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        }
      }
    })
  }

  file(name: keyof typeof RUN_FILES): string {
    return join(this.path, RUN_FILES[name])
  }

  /** @throws {RunNotWritten} */
  async write(name: keyof typeof RUN_FILES, content: string | object): Promise<void> {
    const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`
    await writing(this.path, () => writeFile(this.file(name), text))
  }
}
