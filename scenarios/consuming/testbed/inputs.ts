import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../../../core/random.ts'
import type { EventOf, NewEvent } from '../../../proof/history/event.ts'
import type { RecordWriter } from '../../../stacks/stack.ts'
import { traceparent } from '../../testbed/command.ts'
import type { EventMark } from '../../testbed/event-marks.ts'
import type { ConsumerConfig } from '../config.ts'
import { type EventValues, inVersion, recordOf } from '../event-record.ts'
import { MOST_WEIGHTS, weightAt } from '../view/weights.ts'

/** An event that is not on the topic yet. */
export interface PreparedInput {
  readonly id: string
  /** Of the record. */
  readonly key: string
  /** The load's own key; the record's may be written otherwise. */
  readonly mark: string
  /** Unique in the scenario; what an effect without an event id is recognised by. */
  readonly amount: number
  /** Rises with each event of a key. */
  readonly version: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What the body says; undefined where it was read back from a topic. */
  readonly said?: EventValues
  readonly expect: Input['expect']
  readonly failures: number
  readonly retriable: boolean
  /** The trace context that it was given; absent where it was read back from a topic. */
  readonly traceparent?: string
}

export type Input = EventOf<'input'>

export interface Intent {
  readonly expect?: Input['expect']
  /** Attempts that the harness lets fail; −1: all. Default 0. */
  readonly failures?: number
  readonly retriable?: boolean
  /** In place of the declared body: for events that can not be read. */
  readonly body?: string
  /** By which its value is written, in place of the declared schema's. */
  readonly schemaId?: number
  /** In place of a new one: for another event under an id that is known already. */
  readonly id?: string
  /** Another event that says the very same: its body is taken, but for an id in it, its amount and its version. */
  readonly says?: PreparedInput
}

export interface InputsOptions {
  readonly event: ConsumerConfig['event']
  readonly topic: string
  readonly writer: RecordWriter
  readonly keys: readonly string[]
  readonly random: Random
  readonly record: (event: NewEvent) => Input
  /** Amounts are powers of four within a key, for consumers that add them up. */
  readonly weighted?: boolean
  /** How a body is written where it is not JSON: bytes, as a text that stands for them. */
  readonly encode?: (json: string, schemaId?: number) => string
  /** Told of each event before it is on the topic. */
  readonly made?: (mark: EventMark) => void
  /** Declared versions of the event in which some are written, beside the newest. */
  readonly versions?: readonly string[]
  /** Told of each event that is written in one of them, before it is on the topic. */
  readonly written?: (event: string, version: string) => void
}

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** An event was written in another declared version than the newest: in which. */
    'input.version': string
  }
}

/** One event in so many is of another version: what is read wrong is then seen beside more that is read right. */
const OTHERS = 3

/** Milliseconds between two events of a flow: a load, not a benchmark. */
const FLOW_PAUSE = 50

/** What the harness puts on a consumer's topic: every record is acknowledged by the broker and written down. */
export class Inputs {
  readonly #options: InputsOptions
  readonly #versions = new Map<string, number>()
  readonly #copies = new Map<string, number>()
  /** Events of each key that have a weight. */
  readonly #weighed = new Map<string, number>()
  #prepared = 0

  constructor(options: InputsOptions) {
    this.#options = options
  }

  /** The next event of a key, so that a gate can be closed for it before it is there. */
  prepare(wanted: string, intent: Intent = {}): PreparedInput {
    const { random, event, encode = asItIs } = this.#options
    const number = ++this.#prepared
    const { key, weight } = this.#weigh(wanted)
    const version = intent.says?.version ?? (this.#versions.get(key) ?? 0) + 1
    this.#versions.set(key, version)
    const id = intent.id ?? uuid(random)
    // Spread out, so that no amount is found by accident in another event's numbers.
    const amount = intent.says?.amount ?? weight ?? 1_000_000 + number * 7
    const values = {
      key,
      eventId: id,
      amount,
      version,
      traceparent: traceparent(random),
      time: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    }
    const unique = weight === undefined ? { amount } : {}
    this.#options.made?.({ id, traceparent: values.traceparent, ...unique })
    const said = intent.says?.said ?? values
    const other = this.#otherVersion(number)
    if (other !== undefined) this.#options.written?.(id, other)
    const record = recordOf(other === undefined ? event : inVersion(event, other), values, said)
    return {
      id,
      key: record.key,
      mark: key,
      amount,
      version,
      headers: record.headers,
      body: intent.body ?? encode(record.value, intent.schemaId),
      said,
      expect: intent.expect ?? 'effect',
      failures: intent.failures ?? 0,
      retriable: intent.retriable ?? true,
      traceparent: values.traceparent,
    }
  }

  /** In which version the `number`th event is written, if not in the newest. */
  #otherVersion(number: number): string | undefined {
    const { versions = [] } = this.#options
    return number % OTHERS === 0 ? versions[(number / OTHERS) % versions.length] : undefined
  }

  /** A key has no more events than there are weights; what comes after that is of another key. */
  #weigh(wanted: string): { readonly key: string; readonly weight?: number } {
    if (this.#options.weighted !== true) return { key: wanted }
    const before = this.#weighed.get(wanted) ?? 0
    this.#weighed.set(wanted, before + 1)
    const round = Math.floor(before / MOST_WEIGHTS)
    return { key: round === 0 ? wanted : `${wanted}-${round + 1}`, weight: weightAt(before % MOST_WEIGHTS) }
  }

  /** Puts it on the topic, or puts a copy of it there: the same id, key and bytes at a new offset. */
  async put(input: PreparedInput, partition?: number): Promise<Input> {
    const { topic, writer } = this.#options
    const { key, body: value, headers } = input
    const chosen = partition === undefined ? {} : { partition }
    return this.#record(input, await writer.write(topic, { key, value, headers, ...chosen }))
  }

  /** Puts it on the topic in a Kafka transaction that stays open until it is aborted. */
  async putOpen(input: PreparedInput): Promise<{ readonly input: Input; abort(): Promise<void> }> {
    const { topic, writer } = this.#options
    const { key, body: value, headers } = input
    const { abort, ...place } = await writer.open(topic, { key, value, headers })
    return { input: this.#record(input, place), abort }
  }

  #record(input: PreparedInput, place: { readonly partition: number; readonly offset: number }): Input {
    const { topic, record } = this.#options
    const { id, key, mark, amount, version, expect, failures, retriable, traceparent } = input
    const copy = (this.#copies.get(id) ?? 0) + 1
    this.#copies.set(id, copy)
    const how = { expect, failures, retriable }
    const own = { ...(mark === key ? {} : { mark }), ...(traceparent === undefined ? {} : { traceparent }) }
    return record({ kind: 'input', event: id, key, ...own, amount, version, copy, topic, ...place, ...how })
  }

  /** Puts `count` events on the load's keys, several at a time, each key in its order. */
  async run(count: number): Promise<void> {
    const { keys, random } = this.#options
    const lanes = new Map<string, PreparedInput[]>()
    for (let n = 0; n < count; n++) {
      const key = keys[n < keys.length ? n : random.below(keys.length)] ?? 'key'
      lanes.set(key, [...(lanes.get(key) ?? []), this.prepare(key)])
    }
    const putLane = async (lane: readonly PreparedInput[]) => {
      for (const input of lane) await this.put(input)
    }
    await Promise.all([...lanes.values()].map(putLane))
  }

  /** Puts events until it is disposed of. */
  flow(): AsyncDisposable {
    const { keys, random } = this.#options
    let flowing = true
    const flow = async () => {
      while (flowing) {
        await this.put(this.prepare(keys[random.below(keys.length)] ?? 'key'))
        await pause(FLOW_PAUSE)
      }
    }
    const done = flow()
    done.catch(() => {})
    return {
      async [Symbol.asyncDispose]() {
        flowing = false
        await done
      },
    }
  }
}

function asItIs(json: string): string {
  return json
}

/** A version 4 UUID from the scenario's seed. */
function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16))
  hex[12] = '4'
  hex[16] = (8 + random.below(4)).toString(16)
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
