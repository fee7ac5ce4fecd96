import type { ComposeFile } from './compose-file.ts'
import { ComposeUnfit } from './compose-unfit.ts'
import type { Part } from './part.ts'
import { namedIn, type Provided } from './readdressed.ts'

/** Another service of the file; without a part where a run gives nothing in its place. */
export interface Other extends Omit<Provided, 'part'> {
  readonly part: Part | undefined
}

export interface Told {
  readonly texts: readonly (readonly [string, string])[]
  readonly others: readonly Other[]
  readonly depends: readonly string[]
  readonly described: readonly string[]
}

/** Nothing that the service would connect to may be left that nobody runs. @throws {ComposeUnfit} */
export function checkAddresses(at: string, file: ComposeFile, service: string, told: Told): void {
  for (const other of told.others) {
    const named = told.texts.find(([name, text]) => namedIn(name, text, other.hosts).length > 0)
    if (named !== undefined) {
      const [name, text] = named
      const what = name === '' ? `a word of its command, '${text}',` : `${name}, '${text}',`
      const why = other.part === undefined ? 'is not run here' : 'is read in another form'
      throw new ComposeUnfit(`${at}: ${service} needs ${other.service}, which ${why}`, {
        what: `${what} names ${other.service} of the compose file`,
        where: file.path,
        hint: hintFor(at, other, name),
      })
    }
    const waits =
      told.depends.includes(other.service) &&
      other.part === undefined &&
      !told.described.includes(other.service)
    if (waits)
      throw new ComposeUnfit(`${at}: ${service} depends on ${other.service}, which is not run here`, {
        what: 'a run gives it Kafka, Postgres, a schema registry, Connect and what takes spans, and nothing else of the file',
        where: file.path,
        hint: hintFor(at, other, ''),
      })
  }
}

function hintFor(at: string, { service, part }: Other, name: string): string {
  const env = name === '' ? '' : `say where it is in ${at}.env: { ${name}: '…' }; or `
  if (part !== undefined) return `${env}write its address as host:port there`
  return `${env}if it is one of our parts under a name of its own: compose.parts: { '${service}': 'postgres' }; if its service does without it: compose.without: ['${service}']`
}
