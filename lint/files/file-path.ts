/** Of `a/b.yaml` it is `a`; empty where there is none. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

export function joined(folder: string, path: string): string {
  return normal(path.startsWith('/') || folder === '' ? path : `${folder}/${path}`)
}

/** Without `.` and, as far as there is something to leave, without `..`. */
export function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue
    if (part === '..' && parts.length > 0 && !['..', ''].includes(parts.at(-1) ?? '')) parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
