/** Windows that restart the members of a group one after the other. */
export const ROLLING = /^(W25|rolling-restart)$/

/** Windows that are about a rebalance: a zombie, a poll that comes too late, a rolling restart. */
export const REBALANCING = /^(W16|W17|W25|rolling-restart)$/
