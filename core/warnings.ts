/**
 * Leaves out Node's warning of timers that are due already, and shows all others as before. kafkajs 2.2.4 sets such
 * timers: a reader could do nothing about it.
 */
export function ignoreOverdueTimers(): void {
  const [shown] = process.listeners('warning')
  process.removeAllListeners('warning').on('warning', (warning) => {
    if (warning.name !== 'TimeoutNegativeWarning') shown?.call(process, warning)
  })
}
