import { inVersion1, inVersion2, runReading } from '../order-reading.ts'

// B72: it tells versions by the fields that are there, and looks at no header.
runReading((data) =>
  typeof data === 'object' && data !== null && 'total' in data ? inVersion2(data) : inVersion1(data),
)
