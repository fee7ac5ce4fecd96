import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { type EventproofError, messageOf } from '../../../core/error.ts'
import { installCommand, lackOf } from '../../../core/optional-package.ts'
import type { DiagnoseOptions, DoctorLine } from '../../driver.ts'
import { Engine } from './engine.ts'
import { ImageStore, STACK_IMAGES } from './images/image-store.ts'
import { PACKAGES } from './packages.ts'

/** What this machine has of an engine, of the packages and of the images. */
export async function diagnose({ cache, env }: DiagnoseOptions = {}): Promise<readonly DoctorLine[]> {
  const engine = await Engine.reach(env).catch((error: EventproofError) => error)
  const lines: DoctorLine[] = []
  if (!(engine instanceof Engine)) {
    lines.push({
      subject: 'docker',
      state: 'missing',
      found: `${engine.message}: ${messageOf(engine.cause ?? engine.detail?.what)}`,
      fix: 'docs/containers.md has the commands that start one',
    })
  } else {
    const { Version, ApiVersion } = await engine.version()
    lines.push({
      subject: 'docker',
      state: 'ok',
      found: `${Version}, API ${ApiVersion}, ${engine.address.url}`,
    })
  }
  for (const name of PACKAGES) {
    const lack = lackOf(name)
    lines.push({
      subject: name,
      state: lack === undefined ? 'ok' : 'missing',
      found: lack ?? 'installed',
      ...(lack === undefined ? {} : { fix: installCommand(name) }),
    })
  }
  if (engine instanceof Engine) {
    const store = new ImageStore(engine, new Cache(cache ?? cacheFolder()), () => {})
    for (const name of STACK_IMAGES) {
      const present = await store.present(name)
      lines.push({
        subject: `image ${name}`,
        state: present ? 'ok' : 'warn',
        found: present
          ? `${present.tag}${present.origin === 'built' ? ' (built here)' : ''}`
          : 'not there yet',
        ...(present ? {} : { fix: 'it is pulled when it is needed, or built: `eventproof images build`' }),
      })
    }
  }
  return lines
}
