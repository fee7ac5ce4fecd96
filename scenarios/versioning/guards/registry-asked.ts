import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { VersioningView } from '../view/versioning-view.ts'

/** The registry answered all that it was asked, and told a good change from bad ones. */
export const registryAsked: Guard<VersioningView> = {
  id: 'registry',
  title: 'the registry was asked for level, versions and changes',
  otherwise: 'INCONCLUSIVE',
  look({ view: { level, versions, changes } }) {
    const missing = [
      ...(level === undefined ? ['its level was not asked for'] : []),
      ...(versions.length === 0 ? ['it has no version'] : []),
      ...(changes.length === 0 ? ['no change was tried'] : []),
    ]
    const refused = changes.filter(({ value }) => !value.accepted).length
    return metUnless(
      missing,
      `${versions.length} versions, ${changes.length} changes, ${refused} of them refused`,
    )
  },
}
