/** Whether a range of Kafka's message definitions (`3`, `0-12`, `9+`, `none`) has a version. */
export function inVersions(range: string | undefined, version: number): boolean {
  if (range === undefined || range === 'none') return false
  const [, first = '', open, last] = /^(\d+)(\+)?(?:-(\d+))?$/.exec(range) ?? []
  return version >= Number(first) && (open !== undefined || version <= Number(last ?? first))
}
