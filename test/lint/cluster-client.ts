import { Agent, request } from 'node:https'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { Credentials } from '../../stacks/clients/kubernetes-api.ts'

export interface Answer {
  readonly status: number
  /** The whole answer. */
  readonly text: string
}

interface Watched {
  readonly type: string
  readonly object: {
    readonly metadata: {
      readonly name: string
      readonly namespace: string
      readonly deletionTimestamp?: string
    }
    readonly status?: { readonly conditions?: readonly { type: string; status: string; message?: string }[] }
  }
}

/** What a test asks of an API server beyond what a stack does: texts as they are, and a watch. */
export class ClusterClient implements Disposable {
  readonly #url: string
  readonly #agent: Agent
  readonly #ended = new AbortController()

  constructor(url: string, { ca, certificate, key }: Credentials) {
    this.#url = url
    this.#agent = new Agent({ ca, cert: certificate, key, keepAlive: true, maxSockets: 64 })
  }

  /** The API server reads the YAML itself, and refuses fields that it does not know, as kubectl has it do. */
  create(path: string, yaml: string): Promise<Answer> {
    return this.#call('POST', `${path}?fieldValidation=Strict`, yaml)
  }

  delete(path: string): Promise<Answer> {
    return this.#call('DELETE', `${path}?gracePeriodSeconds=0`)
  }

  /**
   * Calls back with each state of each ScaledObject, until this client is disposed of. A watch that the API server ends,
   * as it does when it is busy, is begun again: it then gives all that there is.
   */
  watch(each: (watched: Watched['object']) => void): void {
    const path = '/apis/keda.sh/v1alpha1/scaledobjects?watch=true&timeoutSeconds=3600'
    const { signal } = this.#ended
    const again = () => {
      if (!signal.aborted) this.watch(each)
    }
    const call = request(`${this.#url}${path}`, { agent: this.#agent, signal }, (answer) => {
      const lines = createInterface({ input: answer }).on('error', () => {})
      lines.on('line', (line) => {
        const watched = whole(line)
        if (watched !== undefined && watched.type !== 'ERROR') each(watched.object)
      })
      answer.on('error', () => {}).on('close', again)
    })
    call.on('error', () => {})
    call.end()
  }

  [Symbol.dispose](): void {
    this.#ended.abort()
    this.#agent.destroy()
  }

  #call(method: string, path: string, yaml?: string): Promise<Answer> {
    const headers = yaml === undefined ? {} : { 'content-type': 'application/yaml' }
    return new Promise((resolve, reject) => {
      const call = request(`${this.#url}${path}`, { method, agent: this.#agent, headers }, async (answer) => {
        resolve({ status: answer.statusCode ?? 0, text: await text(answer) })
      })
      call.on('error', reject)
      call.end(yaml)
    })
  }
}

/** A watch may end within a line. */
function whole(line: string): Watched | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
