/** Windows that restart the members of a group one after the other. */
export const ROLLING = /^rolling-restart$/

/** Windows that are about a rebalance: a zombie, a poll that comes too late, a copy after a rebalance, a rolling restart. */
export const REBALANCING = /^(W16|W17|W18-rebalance|rolling-restart)$/
