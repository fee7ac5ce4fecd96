import { type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type EngineAddress, engineAddress } from './engine-address.ts'
import { json, labelled, messageIn, reported } from './engine-answer.ts'
import { EngineRefused, EngineUnavailable } from './engine-error.ts'
import { withoutFrames } from './frames.ts'

/** How a call ends where there is no engine, or none any more. */
const GONE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** The part of an inspected container that we read. */
export interface Inspected {
  readonly Id: string
  readonly State: {
    readonly Running: boolean
    readonly Paused: boolean
    readonly ExitCode: number
    readonly OOMKilled: boolean
    readonly Error: string
  }
}

export interface Listed {
  readonly Id: string
  readonly Labels: Readonly<Record<string, string>> | null
}

export interface EngineVersion {
  readonly Version: string
  readonly ApiVersion: string
  /** As images name it: `amd64`; not every engine tells. */
  readonly Arch?: string
}

/** Milliseconds for the engine to answer a question that takes it no time. */
const PATIENCE = 60_000

/**
 * A few calls to the API of a container engine. What asks whether there is one, what builds images and what removes
 * what a dead run left needs no more than these, and no package; Testcontainers starts what a stack consists of.
 */
export class Engine {
  readonly address: EngineAddress

  constructor(address: EngineAddress) {
    this.address = address
  }

  /** @throws {EngineUnavailable} where none answers within so many milliseconds */
  static async reach(env: NodeJS.ProcessEnv = process.env, deadline = 1000): Promise<Engine> {
    const address = engineAddress(env)
    if (address === undefined) throw new EngineUnavailable(undefined)
    const engine = new Engine(address)
    try {
      await engine.version(deadline)
      return engine
    } catch (cause) {
      throw cause instanceof EngineUnavailable ? cause : new EngineUnavailable(address.url, cause)
    }
  }

  async version(deadline = PATIENCE): Promise<EngineVersion> {
    return json(await this.#call('GET', '/version', { deadline }))
  }

  /** The id of an image that the engine has. */
  async image(name: string): Promise<string | undefined> {
    return (await this.#found<{ Id: string }>(`/images/${encodeURIComponent(name)}/json`))?.Id
  }

  /** What an image is made for, where the engine is something else: `arm64`. It may be emulated, or not run at all. */
  async foreignArchitecture(name: string): Promise<string | undefined> {
    const path = `/images/${encodeURIComponent(name)}/json`
    const image = await this.#found<{ Architecture: string }>(path)
    const { Arch } = await this.version()
    return image === undefined || Arch === undefined || image.Architecture === Arch
      ? undefined
      : image.Architecture
  }

  async inspect(id: string): Promise<Inspected | undefined> {
    return this.#found(`/containers/${id}/json`)
  }

  async containers(label: string): Promise<readonly Listed[]> {
    return json(await this.#call('GET', `/containers/json?all=true&${labelled(label)}`))
  }

  async networks(label: string): Promise<readonly Listed[]> {
    return json(await this.#call('GET', `/networks?${labelled(label)}`))
  }

  async start(id: string): Promise<void> {
    await this.#post(`/containers/${id}/start`)
  }

  /** SIGKILL; one that does not run is no error. */
  async kill(id: string): Promise<void> {
    await this.#post(`/containers/${id}/kill`, [404, 409])
  }

  async pause(id: string): Promise<void> {
    await this.#post(`/containers/${id}/pause`)
  }

  async resume(id: string): Promise<void> {
    await this.#post(`/containers/${id}/unpause`, [409, 500])
  }

  async stop(id: string, grace: number): Promise<void> {
    await this.#post(`/containers/${id}/stop?t=${Math.ceil(grace / 1000)}`, [304, 404])
  }

  /** Resolves at the next end of a container that was created or runs, with its exit code. */
  async nextEnd(id: string, signal?: AbortSignal): Promise<number> {
    const path = `/containers/${id}/wait?condition=next-exit`
    const { StatusCode } = await json<{ StatusCode: number }>(
      await this.#call('POST', path, { deadline: 24 * 3_600_000, ...(signal ? { signal } : {}) }),
    )
    return StatusCode
  }

  /** Also while it runs, with its own volumes. */
  async remove(id: string): Promise<void> {
    await this.#quietly('DELETE', `/containers/${id}?force=true&v=true`, [404, 409])
  }

  /** What it wrote since then, in the engine's frames. */
  logs(id: string, since: number): Promise<Readable> {
    const path = `/containers/${id}/logs?stdout=true&stderr=true&follow=true&since=${since}`
    return this.#call('GET', path, { deadline: 24 * 3_600_000 })
  }

  /** Runs a command in a container that runs. @returns its exit code, and what it wrote */
  async run(
    id: string,
    command: readonly string[],
  ): Promise<{ readonly code: number; readonly said: string }> {
    const made = { Cmd: command, AttachStdout: true, AttachStderr: true }
    const { Id } = await json<{ Id: string }>(
      await this.#call('POST', `/containers/${id}/exec`, { body: made }),
    )
    const body = { Detach: false, Tty: false }
    const output = await this.#call('POST', `/exec/${Id}/start`, { body })
    const said = await text(output.pipe(withoutFrames()))
    const { ExitCode } = await json<{ ExitCode: number }>(await this.#call('GET', `/exec/${Id}/json`))
    return { code: ExitCode, said: said.trim() }
  }

  async createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<string> {
    const body = { Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: labels }
    const { Id } = await json<{ Id: string }>(await this.#call('POST', '/networks/create', { body }))
    return Id
  }

  /** The host's own address in a network. */
  async gateway(network: string): Promise<string | undefined> {
    type Answer = { IPAM?: { Config?: readonly { Gateway?: string }[] } }
    const { IPAM } = await json<Answer>(await this.#call('GET', `/networks/${network}`))
    return IPAM?.Config?.[0]?.Gateway
  }

  /** Ids of the containers that are in a network and run. */
  async attached(network: string): Promise<readonly string[]> {
    const found = await this.#found<{ Containers?: Readonly<Record<string, unknown>> }>(
      `/networks/${network}`,
    )
    return Object.keys(found?.Containers ?? {})
  }

  async attach(network: string, container: string): Promise<void> {
    const body = { Container: container }
    await text(await this.#call('POST', `/networks/${network}/connect`, { body }))
  }

  /** One that is not in it is no error. */
  async detach(network: string, container: string): Promise<void> {
    const body = { Container: container, Force: true }
    await this.#quietly('POST', `/networks/${network}/disconnect`, [403, 404, 500], body)
  }

  async removeNetwork(id: string): Promise<void> {
    await this.#quietly('DELETE', `/networks/${id}`, [404])
  }

  /** Builds from a tar archive; resolves with what the builder said last. @throws {EngineRefused} */
  async build(tag: string, context: Readable, labels: Readonly<Record<string, string>>): Promise<string> {
    const query = `t=${encodeURIComponent(tag)}&rm=true&forcerm=true&labels=${encodeURIComponent(JSON.stringify(labels))}`
    return this.#sent(`/build?${query}`, context)
  }

  /** An image of one layer, from a tar archive of its root. @throws {EngineRefused} */
  async importRoot(tag: string, root: Readable): Promise<string> {
    const [repo = '', version = ''] = tag.split(':')
    return this.#sent(`/images/create?fromSrc=-&repo=${encodeURIComponent(repo)}&tag=${version}`, root)
  }

  async removeImage(name: string): Promise<void> {
    await this.#quietly('DELETE', `/images/${encodeURIComponent(name)}`, [404])
  }

  /** @throws {EngineRefused} */
  async pull(name: string): Promise<string> {
    const path = `/images/create?fromImage=${encodeURIComponent(name)}`
    return reported('POST', path, await text(await this.#call('POST', path, { deadline: 30 * 60_000 })))
  }

  /** Asks the image's registry, without pulling. @throws {EngineRefused} where it is not reached or has none */
  async knows(name: string): Promise<void> {
    await text(await this.#call('GET', `/distribution/${encodeURIComponent(name)}/json`))
  }

  /** The images as one archive. */
  save(names: readonly string[]): Promise<Readable> {
    const query = names.map((name) => `names=${encodeURIComponent(name)}`).join('&')
    return this.#call('GET', `/images/get?${query}`, { deadline: 30 * 60_000 })
  }

  load(archive: Readable): Promise<string> {
    return this.#sent('/images/load?quiet=true', archive)
  }

  async #sent(path: string, content: Readable): Promise<string> {
    const answer = await this.#call('POST', path, { content, deadline: 30 * 60_000 })
    return reported('POST', path, await text(answer))
  }

  async #found<T>(path: string): Promise<T | undefined> {
    try {
      return await json<T>(await this.#call('GET', path))
    } catch (error) {
      if (error instanceof EngineRefused && error.status === 404) return undefined
      throw error
    }
  }

  #post(path: string, fine: readonly number[] = []): Promise<void> {
    return this.#quietly('POST', path, fine)
  }

  async #quietly(method: string, path: string, fine: readonly number[], body?: unknown): Promise<void> {
    try {
      await text(await this.#call(method, path, body === undefined ? {} : { body }))
    } catch (error) {
      if (!(error instanceof EngineRefused && fine.includes(error.status))) throw error
    }
  }

  /** @throws {EngineRefused} for any status but 2xx */
  #call(
    method: string,
    path: string,
    { body, content, deadline = PATIENCE, signal }: CallOptions = {},
  ): Promise<IncomingMessage> {
    const { socketPath, host, port } = this.address
    return new Promise((resolve, reject) => {
      const call = request({
        ...(socketPath === undefined ? { host, port } : { socketPath }),
        method,
        path,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(content === undefined ? {} : { 'content-type': 'application/x-tar' }),
        },
        signal: AbortSignal.any([AbortSignal.timeout(deadline), ...(signal ? [signal] : [])]),
      })
      call.on('error', (cause: NodeJS.ErrnoException) =>
        reject(GONE.has(cause.code ?? '') ? new EngineUnavailable(this.address.url, cause) : cause),
      )
      call.on('response', (answer) => {
        const status = answer.statusCode ?? 0
        if (status < 300) return resolve(answer)
        text(answer).then((said) => reject(new EngineRefused(method, path, status, messageIn(said))), reject)
      })
      if (content === undefined) call.end(body === undefined ? undefined : JSON.stringify(body))
      else pipeline(content, call).catch(reject)
    })
  }
}

interface CallOptions {
  readonly body?: unknown
  readonly content?: Readable
  /** Milliseconds. */
  readonly deadline?: number
  readonly signal?: AbortSignal
}
