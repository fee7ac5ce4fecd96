import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { RUN_FILES } from '../proof/run-files.ts'

/** The log of one process of a run: a component, a service, a container of a pod. */
export interface LogFile {
  readonly name: string
  readonly path: string
  readonly bytes: number
}

const END = '.log'

/** Of a run that has ended, or is under way; by name. */
export async function logsIn(directory: string): Promise<LogFile[]> {
  const folder = join(directory, RUN_FILES.logs)
  const files = await readdir(folder, { recursive: true }).catch(() => [])
  const names = files.filter((file) => file.endsWith(END)).map((file) => file.slice(0, -END.length))
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name + END)
      return { name, path, bytes: (await stat(path)).size }
    }),
  )
}

/** Its text, some lines at a time, without the line break at the end. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let some: string[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    some.push(line)
    if (some.length < 1000) continue
    yield some.join('\n')
    some = []
  }
  if (some.length > 0) yield some.join('\n')
}

export async function lastLines(path: string, count: number): Promise<string[]> {
  let last: string[] = []
  for await (const lines of linesOf(path)) last = [...last, ...lines.split('\n')].slice(-count)
  return last
}
