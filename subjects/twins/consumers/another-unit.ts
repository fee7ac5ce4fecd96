import { inVersion1, inVersion2, runReading } from '../order-reading.ts'

// E35: it takes the amounts of version 1 for whole units, and makes cents of them.
runReading((data, version) => {
  if (version > 1) return inVersion2(data)
  const order = inVersion1(data)
  return { ...order, amount: order.amount * 100 }
})
