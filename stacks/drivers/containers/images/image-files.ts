import { readFileSync } from 'node:fs'
import type { ImageFile } from './image.ts'

/** A program of `files/`. */
export function script(name: string): ImageFile {
  return { text: read(`./files/${name}`), mode: 0o755 }
}

/** @param path from this folder */
export function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
