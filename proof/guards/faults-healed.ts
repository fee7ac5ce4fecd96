import { type Guard, metUnless } from './guard.ts'

/** Guard 9: no instrument broke, and everything that was done was undone, verified. */
export const instruments: Guard = {
  id: 'instruments',
  title: 'every instrument worked and was cleared',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { faults, gates, broken } = view.disturbances
    const missing = [
      ...broken.map(({ fault, target, reason }) => `${fault} on ${target} broke: ${reason}`),
      ...faults
        .filter(({ cleared, lasting }) => !lasting && cleared?.verified !== true)
        .map(({ name, target }) => `${name} on ${target} was not cleared`),
      ...gates
        .filter(({ opened }) => opened === undefined)
        .map(({ gate, key }) => `the ${gate} gate of ${key} stayed closed`),
    ]
    return metUnless([...new Set(missing)], `${faults.length} faults and ${gates.length} gates cleared`)
  },
}
