/** kafkajs 2.2.4 sets timers that are due already; a config file need not stand in a package that says `module`. */
const HARMLESS = ['TimeoutNegativeWarning', 'MODULE_TYPELESS_PACKAGE_JSON']

/** Leaves out those warnings of Node about which a reader could or should do nothing, and shows all others as before. */
export function ignoreHarmlessWarnings(): void {
  const [shown] = process.listeners('warning')
  process.removeAllListeners('warning').on('warning', (warning: Error & { code?: string }) => {
    if (!HARMLESS.includes(warning.code ?? warning.name)) shown?.call(process, warning)
  })
}
