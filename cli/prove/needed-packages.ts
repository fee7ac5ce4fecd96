import { requirePackage } from '../../core/optional-package.ts'
import { declaredIn } from '../../scenarios/config.ts'
import type { ProveOptions } from '../options.ts'
import { twinNamed } from '../twin-named.ts'
import type { Selected } from './selection.ts'
import type { Subject } from './subject.ts'

/**
 * Shipped services are written with clients that a user's own services have no need of, so npm does not install them
 * with us. Asked before anything is started.
 * @throws {PackageMissing} for one that the selected scenarios need
 */
export function requirePackages(
  options: Pick<ProveOptions, 'config' | 'twin'>,
  { config }: Pick<Subject, 'config'>,
  selected: readonly Pick<Selected, 'subject'>[],
): void {
  if (options.config !== undefined) return
  const { publishers = {} } = declaredIn(config)
  const consumes = selected.some(({ subject }) => publishers[subject.name] === undefined)
  if (consumes) requirePackage('@platformatic/kafka', 'the consumers of the reference are written with it')
  const { packages = [] } = options.twin === undefined ? {} : twinNamed(options.twin)
  for (const name of packages) requirePackage(name, `the twin ${options.twin} is written with it`)
}
