import { holdingPartitions } from '../held-partitions.ts'

// B14: retries in place: the partition of a record that failed is held until the record is due, heartbeats go on.
holdingPartitions()
