import { inVersion1, runReading } from '../order-reading.ts'

// B73: it was built when there was version 1 only, and passes over what was added since.
runReading((data) => inVersion1(data))
