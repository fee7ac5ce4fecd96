import { requirePackage } from '../core/optional-package.ts'
import { declaredIn } from '../scenarios/config.ts'
import type { Selected } from './selection.ts'
import type { Subject } from './subject.ts'
import { twinNamed } from './twin-named.ts'

/**
 * Shipped services are written with clients that a user's own services have no need of, so npm does not install them
 * with us. Asked before anything is started.
 * @throws {PackageMissing} for one that the selected scenarios need
 */
export function requirePackages(
  twin: string | undefined,
  { config, shipped }: Pick<Subject, 'config' | 'shipped'>,
  selected: readonly Pick<Selected, 'subject'>[],
): void {
  if (!shipped) return
  const { publishers = {}, monitoring = {} } = declaredIn(config)
  const consumes = selected.some(({ subject }) => publishers[subject.name] === undefined)
  if (consumes) requirePackage('@platformatic/kafka', 'the consumers of the reference are written with it')
  if (selected.some(({ subject }) => monitoring[subject.name] !== undefined))
    requirePackage('prom-client', 'the lag exporter of the reference is written with it')
  const { packages = [] } = twin === undefined ? {} : twinNamed(twin)
  for (const name of packages) requirePackage(name, `the twin ${twin} is written with it`)
}
