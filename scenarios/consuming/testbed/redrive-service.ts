import { endpointText } from '../../../core/endpoint.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { fill, fillJson } from '../../../subjects/contract/placeholders.ts'
import type { RedriveConfig } from '../config.ts'
import type { FailedStep } from '../runbook-facts.ts'
import type { Runbook } from './runbook.ts'

/** Milliseconds for one approval. */
const PATIENCE = 3_000

/** Milliseconds until a runbook is followed again that ended well, and too early for the service to know the letter. */
const AGAIN = 3_000

export interface RedriveOptions {
  readonly config: RedriveConfig
  readonly topicPrefix: string
  readonly service: RunningService
  /** What a person follows; undefined where the config names none. */
  readonly runbook: Runbook | undefined
  /** Of the placeholders in the runbook's environment, beside those that are known here. */
  readonly values: Readonly<Record<string, string>>
  readonly history: ScenarioHistory
}

/** The service that minds a consumer's dead letters, while it runs. */
export class RedriveService {
  /** Where it puts letters aside, with the name that the topic has in this scenario. */
  readonly parkingLot: string
  /** Redrives of a letter before it is put aside. */
  readonly after: number
  readonly #options: RedriveOptions
  #told = ''
  /** Events for which the runbook ended well, and when it last did. */
  readonly #followed = new Map<string, number>()

  constructor(options: RedriveOptions) {
    const { config, topicPrefix } = options
    this.parkingLot = topicPrefix + config.parkingLot
    this.after = config.after
    this.#options = options
  }

  /**
   * Approves an event by hand, as the runbook says where there is one.
   * @throws when the service refuses, or gives no answer; when a step of the runbook fails
   */
  async approve(eventId: string): Promise<void> {
    const { runbook } = this.#options
    if (runbook === undefined) return this.#request(eventId)
    const followed = this.#followed.get(eventId)
    if (followed !== undefined && performance.now() - followed < AGAIN) return
    const values = { ...this.#options.values, eventId, 'redrive.url': this.#origin }
    const failed = await runbook.follow(values)
    // What has been approved can't be approved again: that may be an error.
    if (failed !== undefined && followed !== undefined) return
    this.#tell(eventId, runbook, failed)
    if (failed === undefined) {
      this.#followed.set(eventId, performance.now())
      return
    }
    throw new Error(`step ${failed.step} of ${runbook.file} ended with ${failed.code}: ${failed.said}`)
  }

  get #origin(): string {
    return `http://${endpointText(this.#options.service.endpoint('host'))}`
  }

  async #request(eventId: string): Promise<void> {
    const { method, path, json } = this.#options.config.approve.http
    const response = await fetch(`${this.#origin}${fill(path, { eventId })}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: JSON.stringify(fillJson(json, { eventId })) }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    const answer = await response.text()
    if (!response.ok)
      throw new Error(`${method} ${path} was answered ${response.status}: ${answer.slice(0, 200)}`)
  }

  /** It is followed until it helps: only what comes of it anew is told. */
  #tell(event: string, { file, steps }: Runbook, failed: FailedStep | undefined): void {
    const value = { file, steps: steps.length, ...(failed ? { failed } : {}) }
    const told = JSON.stringify([event, value])
    if (told === this.#told) return
    this.#told = told
    this.#options.history.record({ kind: 'fact', name: 'runbook.followed', subject: event, value })
  }
}
