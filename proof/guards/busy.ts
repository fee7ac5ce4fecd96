/** What to do where it was for want of time that the harness has not seen enough: no setting of a config changes that. */
export const BUSY = 'run it with --jobs 1, and with nothing beside it'
