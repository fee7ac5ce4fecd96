/** The list of everything of which there is nothing yet. */
export const NONE: readonly never[] = Object.freeze([])

/**
 * The list with one more item; the same list where it has some. Most lists of an event hold one item or none: `[item]`
 * takes room for one, while the first `push` to an empty array takes room for seventeen.
 */
export function appended<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item]
  ;(list as T[]).push(item)
  return list
}

/** The same for a list in order: the item comes before the first one that it is not behind of. */
export function inserted<T>(list: readonly T[], item: T, order: (a: T, b: T) => number): readonly T[] {
  let at = list.length
  while (at > 0 && order(list[at - 1] as T, item) > 0) at--
  if (at === list.length) return appended(list, item)
  ;(list as T[]).splice(at, 0, item)
  return list
}

/** The place of a number in a list that rises by it: of the first item that is not below. */
export function placeIn<T>(list: readonly T[], number: number, of: (item: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (of(list[middle] as T) < number) low = middle + 1
    else high = middle
  }
  return low
}
