import { lostIn } from '../history/component-lost.ts'
import { type Guard, metUnless } from './guard.ts'

/** Nothing in a config brings this about: it is the environment, or a defect of ours. */
const AGAIN =
  'this judges the environment and not the service: run the scenario again, and where it comes back, look into logs/ of the run directory for what ended or refused'

/** Guard 9: no fault of ours broke, each was healed, verified, and no component was gone without one. */
export const faultsHealed: Guard = {
  id: 'faults',
  title: 'every fault worked and was healed',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { faults, gates, broken } = view.disturbances
    const lost = lostIn(view.events)
    const missing = [
      ...(lost === undefined ? [] : [lost]),
      ...broken.map(({ fault, target, reason }) => `${fault} on ${target} broke: ${reason}`),
      ...faults
        .filter(({ cleared, lasting }) => !lasting && cleared?.verified !== true)
        .map(({ name, target }) => `${name} on ${target} was not cleared`),
      ...gates
        .filter(({ opened }) => opened === undefined)
        .map(({ gate, key }) => `the ${gate} gate of ${key} stayed closed`),
    ]
    if (missing.length > 0) missing.push(AGAIN)
    return metUnless([...new Set(missing)], `${faults.length} faults and ${gates.length} gates cleared`)
  },
}
