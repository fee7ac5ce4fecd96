import { appended } from '../../../proof/history/appended.ts'
import type { EventOf, Fields, RowChange } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { bare } from '../../../proof/history/table-name.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import type { ConsumedEvent } from './consumed-event.ts'
import type { ConsumedEvents } from './consumed-events.ts'
import { effectsIn, isDone, isOfEffects } from './effect-name.ts'
import { OwnRows } from './own-rows.ts'
import { weightsIn } from './weights.ts'

/** A row was written over with an older version than it had. */
export interface Lowered {
  readonly tx: EventOf<'pg.tx'>
  /** The transaction that had written the newer one; undefined where only the old row tells of it. */
  readonly newer: EventOf<'pg.tx'> | undefined
  readonly key: string
  readonly from: number
  readonly to: number
}

/** A sum grew in the transaction that wrote down one event of its key. */
export interface Growth {
  readonly tx: EventOf<'pg.tx'>
  readonly event: ConsumedEvent
  readonly row: RowChange
  readonly growth: number
}

/**
 * Reads what a consumer left behind out of committed transactions, in commit order: which event each row of the
 * effect table stands for, and what the dedupe table remembers.
 *
 * With an id column a row names its event; written again with the same amount it is the same effect (a status that
 * is set twice), with another amount it was applied twice. Without, a row or the growth of a sum is recognised by
 * the amount that only one event has; where a sum is declared, by the weights that its growth is made of, so that one
 * write may hold several events.
 */
export class Effects {
  readonly #consumer: ConsumerDeclaration
  readonly #events: ConsumedEvents
  readonly #dedupe: string | undefined
  readonly #inbox: string | undefined
  /** The last amount of each row, where rows do not name their event. */
  readonly #amounts = new Map<string, string | undefined>()
  /** Rows of the effect table that no event explains, though amounts are all that could tell. */
  readonly unexplained: EventOf<'pg.tx'>[] = []
  readonly lowered: Lowered[] = []
  /** How often a sum was written with another number. */
  growths = 0
  /** Where it grew by something in which its event has no part. */
  readonly wrongGrowths: Growth[] = []
  /** One where it grew by its event and nothing else. */
  rightGrowth: Growth | undefined
  /** Rows that were written with a version. */
  versioned = 0
  readonly #versions = new Map<string, { readonly version: number; readonly tx: EventOf<'pg.tx'> }>()
  readonly #rows: OwnRows
  /** Rows are written over: the newest version stands for those before it. */
  overwrites = false

  constructor(consumer: ConsumerDeclaration, events: ConsumedEvents) {
    this.#consumer = consumer
    this.#events = events
    this.#dedupe = consumer.dedupe && bare(consumer.dedupe.table)
    this.#inbox = consumer.inbox && bare(consumer.inbox.table)
    this.#rows = new OwnRows(consumer.effects)
  }

  add(tx: EventOf<'pg.tx'>): void {
    for (const row of tx.rows) {
      const table = bare(row.table)
      if (isOfEffects(row, this.#consumer)) {
        if (row.op === 'delete') this.#withdraw(row, tx)
        else if (row.after !== undefined) this.#effect(row.after, row, tx)
      } else if (table === this.#dedupe) this.#remember(row, tx)
      if (table === this.#inbox) this.#store(row, tx)
      const { versions } = this.#consumer
      if (versions !== undefined && table === bare(versions.table) && row.after !== undefined)
        this.#version(row.after, row, tx, versions)
    }
  }

  #effect(after: Fields, row: RowChange, tx: EventOf<'pg.tx'>): void {
    const { eventId, sum } = this.#consumer.effects
    if (sum !== undefined) {
      this.#bySum(after, row, sum, tx)
      return
    }
    const owner = this.#rows.ownerOf(row)
    if (row.op === 'update' && owner === undefined) this.overwrites = true
    this.#version(after, row, tx, this.#consumer.effects, owner)
    if (!isDone(row, this.#consumer)) return
    if (eventId === undefined) {
      this.#byAmount(after, row, tx, owner)
      return
    }
    const [id] = effectsIn(row, this.#consumer)
    if (id === undefined) return
    const event = this.#events.named(id)
    wrote(event, tx)
    const amount = this.#amountIn(after)
    const known = event.amount
    const again = row.op === 'update' && event.effects.some(({ withdrawn }) => withdrawn === undefined)
    if (amount !== undefined || !again) event.amount = amount
    if (again && (known === undefined || amount === undefined || known === amount)) return
    this.#take(event, after, tx)
  }

  #byAmount(after: Fields, row: RowChange, tx: EventOf<'pg.tx'>, owner: string | undefined): void {
    const amount = this.#amountIn(after)
    if (amount === undefined) return
    const { key } = this.#consumer.effects
    const place = key === undefined ? '' : (after[key] ?? '')
    const before = row.before === undefined ? undefined : this.#amountIn(row.before)
    const known = before ?? (row.op === 'update' ? this.#amounts.get(place) : undefined)
    this.#amounts.set(place, amount)
    if (row.op === 'update' && (owner !== undefined || known === amount)) {
      const event = this.#events.ofAmount(amount)
      if (event === undefined) return
      // It was begun before, and is done now.
      if (this.#consumer.effects.done !== undefined && event.effects.length === 0)
        this.#take(event, after, tx)
      else wrote(event, tx)
      return
    }
    const growth = Number(amount) - Number(known ?? 0)
    const grown = this.#events.ofAmount(amountOf(growth))
    const set = grown ?? this.#events.ofAmount(amount)
    const several = set === undefined ? this.#events.inSum(growth) : [set]
    if (several === undefined) this.unexplained.push(tx)
    for (const event of several ?? []) this.#take(event, after, tx)
  }

  #bySum(after: Fields, row: RowChange, sum: string, tx: EventOf<'pg.tx'>): void {
    const { op, before } = row
    const key = after[this.#consumer.effects.key ?? ''] ?? ''
    const amount = amountOf(after[sum])
    if (amount === undefined) return
    const known = op === 'insert' ? undefined : (amountOf(before?.[sum]) ?? this.#amounts.get(key))
    this.#amounts.set(key, amount)
    const growth = Number(amount) - Number(known ?? 0)
    if (growth === 0) return
    this.growths++
    const event = this.#writtenDown(key, tx)
    const parts = weightsIn(growth)
    if (event !== undefined && !event.inputs.some((input) => parts?.has(input.amount))) {
      this.wrongGrowths.push({ tx, event, row, growth })
      this.#take(event, after, tx)
      return
    }
    // Of a growth by 1 there is no smaller one.
    if (event !== undefined && growth > 1 && parts?.get(growth) === 1)
      this.rightGrowth = { tx, event, row, growth }
    const told = this.#events.inGrowth(key, growth, (event) => this.#take(event, after, tx))
    if (!told) this.unexplained.push(tx)
  }

  /** The only event of this key that a transaction wrote into the dedupe table, where it wrote the sum once. */
  #writtenDown(key: string, { rows }: EventOf<'pg.tx'>): ConsumedEvent | undefined {
    const { effects, dedupe } = this.#consumer
    const sums = rows.filter(
      (row) => isOfEffects(row, this.#consumer) && row.after?.[effects.key ?? ''] === key,
    )
    if (sums.length > 1) return undefined
    const column = dedupe?.eventId ?? ''
    const written = rows
      .filter(({ table, op }) => bare(table) === this.#dedupe && op === 'insert')
      .flatMap(({ after }) => this.#events.get(after?.[column]) ?? [])
    const [event, ...more] = written.filter(({ inputs }) => inputs.some((input) => input.key === key))
    return more.length === 0 ? event : undefined
  }

  /** Only a row that is written over has a version to lose. */
  #version(
    after: Fields,
    { table, op, before }: RowChange,
    tx: EventOf<'pg.tx'>,
    { key, version }: Pick<ConsumerDeclaration['effects'], 'key' | 'version'>,
    owner?: string,
  ): void {
    const to = version === undefined ? undefined : numberOf(after[version])
    const name = key === undefined ? undefined : after[key]
    if (version === undefined || to === undefined || name === null || name === undefined) return
    this.versioned++
    const shared = `${bare(table)} ${name}`
    const place = owner === undefined ? shared : `${shared} of ${owner}`
    const known = this.#versions.get(place)
    const from = numberOf(before?.[version]) ?? known?.version
    if (op === 'update' && from !== undefined && to < from)
      this.lowered.push({ tx, newer: known?.tx, key: name, from, to })
    this.#versions.set(place, { version: to, tx })
    if (op === 'insert' || to > (this.#versions.get(shared)?.version ?? to))
      this.#versions.set(shared, { version: to, tx })
  }

  #take(event: ConsumedEvent, after: Fields, tx: EventOf<'pg.tx'>): void {
    wrote(event, tx)
    const { key, version } = this.#consumer.effects
    const named = key === undefined ? undefined : (after[key] ?? undefined)
    const numbered = version === undefined ? undefined : numberOf(after[version])
    const amount = this.#amountIn(after)
    const last = event.effects.at(-1)
    if (last?.tx === tx && last.withdrawn === undefined) {
      last.rows++
      last.key = named
      last.version = numbered
      last.amount = amount
    } else {
      const effect = { tx, rows: 1, key: named, version: numbered, amount, withdrawn: undefined }
      event.effects = appended(event.effects, effect)
    }
  }

  #withdraw({ before }: RowChange, tx: EventOf<'pg.tx'>): void {
    const { eventId } = this.#consumer.effects
    const event = eventId === undefined ? undefined : this.#events.get(before?.[eventId])
    const effect = event?.effects.findLast(({ withdrawn }) => withdrawn === undefined)
    if (effect !== undefined) effect.withdrawn = tx.seq
  }

  #remember({ op, before, after }: RowChange, tx: EventOf<'pg.tx'>): void {
    const name = this.#consumer.dedupe?.eventId ?? ''
    const id = op === 'delete' ? before?.[name] : after?.[name]
    if (id === null || id === undefined) return
    const event = this.#events.named(id)
    event.remembered = appended(event.remembered, { tx, how: op === 'delete' ? 'deleted' : 'written' })
  }

  #store({ op, after }: RowChange, tx: EventOf<'pg.tx'>): void {
    const id = after?.[this.#consumer.inbox?.eventId ?? '']
    if (op !== 'insert' || id === null || id === undefined) return
    const event = this.#events.named(id)
    event.stored ??= tx
  }

  #amountIn(fields: Fields): string | undefined {
    const { amount } = this.#consumer.effects
    return amount === undefined ? undefined : amountOf(fields[amount])
  }
}

function wrote(event: ConsumedEvent, tx: EventOf<'pg.tx'>): void {
  if (event.writes.at(-1) !== tx) event.writes = appended(event.writes, tx)
}

export function numberOf(value: string | null | undefined): number | undefined {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}
