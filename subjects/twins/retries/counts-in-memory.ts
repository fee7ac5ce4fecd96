import { ATTEMPTS } from '../../reference/consumer/forwarded.ts'
import { type ConsumedRecord, place } from '../../reference/consumer/record.ts'
import { payPassingOn, sentBy } from '../failed-payment.ts'

// D13: counts the attempts at a record in memory, by its place; on a retry topic it has another one.
const attempts = new Map<string, number>()

payPassingOn((record, error, plan) => {
  const before = attempts.get(place(record)) ?? 0
  attempts.set(place(record), before + 1)
  return sentBy(plan, counted(record, before), error)
})

function counted(record: ConsumedRecord, before: number): ConsumedRecord {
  const others = record.headers.filter(([name]) => name !== ATTEMPTS)
  return { ...record, headers: [...others, [ATTEMPTS, Buffer.from(String(before))]] }
}
