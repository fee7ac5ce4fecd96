import { join } from 'node:path'

/** One message of Cucumber. */
export type Envelope = Readonly<Record<string, unknown>>

/** Of these one is enough: every scenario is a run of Cucumber of its own and says them again. */
const ONCE = [
  'meta',
  'testRunStarted',
  'stepDefinition',
  'hook',
  'parameterType',
  'source',
  'gherkinDocument',
]

/** `messages.ndjson`: what Cucumber says of all scenarios, joined into one run. */
export class Messages {
  readonly #lines: string[] = []
  readonly #said = new Set<string>()
  #success = true
  #finished: Envelope | undefined

  /** @param root the folder that its uris start in: features of several folders may have one uri */
  write(envelope: Envelope, root: string): void {
    const [kind = ''] = Object.keys(envelope)
    if (kind === 'testRunFinished') {
      this.#finished = envelope.testRunFinished as Envelope
      this.#success &&= this.#finished.success === true
      return
    }
    if (ONCE.includes(kind)) {
      const { uri, id } = envelope[kind] as { uri?: string; id?: string }
      const name = `${kind} ${uri === undefined ? (kind === 'testRunStarted' ? '' : (id ?? '')) : join(root, uri)}`
      if (this.#said.has(name)) return
      this.#said.add(name)
    }
    this.#lines.push(JSON.stringify(envelope))
  }

  /** NDJSON; the run ends once, with the success of all. */
  text(): string {
    const end = { testRunFinished: { ...this.#finished, success: this.#success } }
    return [...this.#lines, ...(this.#finished ? [JSON.stringify(end)] : []), ''].join('\n')
  }
}
