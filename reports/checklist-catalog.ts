import { CONTROLS, type Control, STAGES } from './controls.ts'
import { nameUuid } from './name-uuid.ts'

export const OSCAL_VERSION = '1.1.2'

/** Tokens of OSCAL are names: `p1`. */
export function controlId({ id }: Pick<Control, 'id'>): string {
  return id.toLowerCase()
}

/** The checklist as an OSCAL catalog: `reports/checklist.oscal.json`, which the assessment results speak of. */
export function checklistCatalog(): object {
  return {
    catalog: {
      uuid: nameUuid('checklist'),
      metadata: {
        title: 'Checklist of event-driven architectures',
        'last-modified': '2026-11-30T00:00:00Z',
        version: '1',
        'oscal-version': OSCAL_VERSION,
      },
      groups: STAGES.map((stage) => ({
        id: stage.id,
        title: stage.title,
        controls: CONTROLS.filter((control) => control.stage === stage.id).map(controlOf),
      })),
    },
  }
}

function controlOf(control: Control) {
  const id = controlId(control)
  const { asks, title, judgedBy, limits } = control
  return {
    id,
    title,
    props: [{ name: 'label', value: control.id }],
    parts: [
      { id: `${id}_smt`, name: 'statement', prose: asks },
      { id: `${id}_obj`, name: 'assessment-objective', prose: judgedBy },
      ...(limits.length > 0
        ? [{ id: `${id}_gdn`, name: 'guidance', prose: `Not claimed: ${limits.join(' ')}` }]
        : []),
    ],
  }
}
