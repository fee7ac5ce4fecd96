import { resolve } from 'node:path'
import type { ReportProgress } from '../../core/progress.ts'
import { UsageError } from '../../core/usage-error.ts'
import type { Images } from '../../stacks/driver.ts'
import { DRIVER_NAMES, driverNamed } from '../../stacks/open-stack.ts'
import type { ImageDeed } from '../image-deeds.ts'
import type { Output } from '../output.ts'
import { factOf } from '../progress/wording.ts'

export interface TypedImagesOptions {
  readonly cluster?: true
  readonly json?: true
}

export interface ImagesOptions {
  readonly deed: ImageDeed
  readonly file: string | undefined
  /** Also what takes half an hour. */
  readonly cluster: boolean
  readonly json: boolean
  readonly cwd: string
}

/** Builds, writes or reads the images of every driver that has some. @throws {UsageError} {EngineUnavailable} */
export async function imagesCommand(options: ImagesOptions, output: Output): Promise<number> {
  const { deed, cluster, json } = options
  const onProgress: ReportProgress = (event) => {
    if (json) return output.result(JSON.stringify(event))
    const fact = factOf(event)
    if (fact !== undefined) output.aside(`${fact}\n`)
  }
  const file = deed === 'build' ? '' : archive(options)
  for (const name of DRIVER_NAMES) {
    const images = await (await driverNamed(name)).images?.({ onProgress })
    if (images === undefined) continue
    const names = await done(images, deed, file, cluster)
    if (json) output.result(JSON.stringify({ type: 'result', images: names }))
    else for (const tag of names) output.result(tag)
  }
  return 0
}

async function done(
  images: Images,
  deed: ImageDeed,
  file: string,
  cluster: boolean,
): Promise<readonly string[]> {
  if (deed === 'build') return images.build({ cluster })
  if (deed === 'export') return images.export(file)
  await images.import(file)
  return []
}

function archive({ deed, file, cwd }: ImagesOptions): string {
  if (file !== undefined) return resolve(cwd, file)
  throw new UsageError('the archive is not named', {
    what: `images ${deed} needs a file`,
    hint: `eventproof images ${deed} images.tar`,
  })
}
